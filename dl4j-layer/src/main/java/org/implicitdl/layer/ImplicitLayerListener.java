package org.implicitdl.layer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what the solvers of a network's implicit layers do: iterations, residual, wall time, margin of the certificate.
 *
 * <p>Every few iterations it writes a line to the log (INFO; a failure to converge is a WARN, at every iteration), keeps
 * the latest points as a series, and hands each to a consumer, such as that of the training UI.
 */
public final class ImplicitLayerListener extends BaseTrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(ImplicitLayerListener.class);
    private static final int DEFAULT_FREQUENCY = 10;
    private static final int KEPT = 100_000;

    private final int frequency;
    private final Consumer<SolveStatistics> consumer;
    private final Deque<SolveStatistics> series = new ArrayDeque<>();

    /** A listener that reports every tenth iteration. */
    public ImplicitLayerListener() {
        this(DEFAULT_FREQUENCY);
    }

    /**
     * A listener that reports every few iterations.
     *
     * @throws IllegalArgumentException if the frequency is not positive
     */
    public ImplicitLayerListener(int frequency) {
        this(frequency, point -> {});
    }

    /**
     * A listener that also hands what it reports to a consumer, on the thread that trains.
     *
     * @throws IllegalArgumentException if the frequency is not positive
     */
    public ImplicitLayerListener(int frequency, Consumer<SolveStatistics> consumer) {
        if (frequency < 1) {
            throw new IllegalArgumentException(
                    "The frequency must be at least 1, every iteration, but is " + frequency + ".");
        }
        this.frequency = frequency;
        this.consumer = consumer;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        ImplicitLayers.of(model)
                .forEach((name, layer) -> layer.lastReport().ifPresent(report -> {
                    if (report.failures() > 0) {
                        LOG.warn("{}, iteration {}: {}", name, iteration, report);
                    }
                    if (iteration % frequency == 0) {
                        add(new SolveStatistics(name, iteration, epoch, report));
                    }
                }));
    }

    private void add(SolveStatistics point) {
        LOG.info("{}, iteration {}: {}", point.layer(), point.iteration(), point.report());
        synchronized (series) {
            if (series.size() == KEPT) {
                series.removeFirst();
            }
            series.addLast(point);
        }
        consumer.accept(point);
    }

    /** The latest points of all layers, at most 100,000, from the oldest. */
    public List<SolveStatistics> series() {
        synchronized (series) {
            return List.copyOf(series);
        }
    }
}
