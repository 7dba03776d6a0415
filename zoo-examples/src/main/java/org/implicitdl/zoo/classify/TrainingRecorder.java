package org.implicitdl.zoo.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.layer.ImplicitLayers;
import org.implicitdl.layer.LayerReport;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.report.Progress;

/** Listens to a network's training: records every update, tells the progress, and keeps the time. For one thread. */
final class TrainingRecorder extends BaseTrainingListener {
    private static final double NANO = 1e-9;

    private final Progress progress;
    private final List<EpochPoint> epochs = new ArrayList<>();
    private List<UpdatePoint> updates = new ArrayList<>();
    private long elapsed;
    private long resumed = System.nanoTime();
    private int count;

    TrainingRecorder(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        elapsed += System.nanoTime() - resumed;
        // Of the forward pass, with A as the last iteration left it: DL4J restores its constraints after this call.
        LayerReport report =
                ImplicitLayers.of(model).values().iterator().next().lastReport().orElseThrow();
        UpdatePoint point = new UpdatePoint(
                ++count,
                epochs.size() + 1,
                elapsed * NANO,
                model.score(),
                report.meanIterations(),
                report.worstResidual(),
                report.margin());
        updates.add(point);
        progress.doing(message(point));
        progress.step();
        resumed = System.nanoTime();
    }

    /** Ends an epoch; what was done since its last update is not counted as training. */
    void endEpoch(double validationAccuracy) {
        epochs.add(new EpochPoint(epochs.size() + 1, updates, validationAccuracy));
        updates = new ArrayList<>();
        resumed = System.nanoTime();
    }

    List<EpochPoint> epochs() {
        return List.copyOf(epochs);
    }

    private String message(UpdatePoint point) {
        String accuracy = epochs.isEmpty()
                ? ""
                : ", accuracy " + Percent.of(epochs.get(epochs.size() - 1).validationAccuracy());
        return String.format(
                Locale.ROOT, "score %.4f%s, %.1f iterations", point.score(), accuracy, point.solverIterations());
    }
}
