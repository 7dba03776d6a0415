package org.implicitdl.train.implicit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers what a sweep did for those who want to know; the log does so at its debug level. */
final class SweepRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(ImplicitRun.class);

    private final List<SweepListener> listeners;
    private List<SweepReport.BlockReport> blocks = new ArrayList<>();

    SweepRecorder(List<SweepListener> listeners) {
        this.listeners = listeners;
    }

    /** A sweep begins. */
    void begin() {
        blocks = new ArrayList<>();
    }

    boolean isListening() {
        return !listeners.isEmpty() || LOG.isDebugEnabled();
    }

    /** The objective after a block's step, computed only if somebody listens. */
    void record(String block, Supplier<ObjectiveValue> value) {
        if (isListening()) {
            blocks.add(new SweepReport.BlockReport(block, value.get()));
        }
    }

    /** Tells of the blocks that were recorded since the sweep began. */
    void tell(ImplicitState after, Relaxation used, double divergence, boolean grows, double loss) {
        SweepReport report = new SweepReport(after.sweeps(), used, blocks, divergence, grows, loss);
        LOG.debug("{}", report);
        listeners.forEach(listener -> listener.sweepDone(report));
    }
}
