package org.implicitdl.train;

import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.solvers.BaseOptimizer;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * One training of one network, driven iteration by iteration; it belongs to one thread. Who leaves it before it is finished
 * closes it, so that no other thread goes on to read its iterator.
 */
public final class BcdTraining implements AutoCloseable {
    private final MultiLayerNetwork net;
    private final DataSetIterator data;
    private final MethodRun run;
    private final int sweeps;
    private final Optional<Checkpoint> checkpoint;
    private int passes;
    private int batches;
    private int batchesPerPass;

    /**
     * @param file where checkpoints are written
     * @param resume whether the training goes on from the one that is there
     */
    BcdTraining(
            TrainingMethod method,
            int sweeps,
            MultiLayerNetwork net,
            DataSetIterator data,
            Optional<CheckpointFile> file,
            boolean resume) {
        this.net = net;
        this.sweeps = sweeps;
        TrainableNetwork.requireReady(net);
        file.ifPresent(CheckpointFile::requirePlace);
        DataSet first = TrainingData.first(data);
        TrainingData.requireComplete(first);
        this.checkpoint =
                file.map(place -> new Checkpoint(place, method, TrainingIdentity.of(method, sweeps, net, first)));
        Optional<Checkpoint.Restored> restored = resume ? checkpoint.map(kept -> kept.restore(net)) : Optional.empty();
        this.run = method.start(net, first, sweeps);
        restored.ifPresent(state -> restore(state, data));
        this.data = data.asyncSupported() ? ReadAhead.of(data) : data;
    }

    private void restore(Checkpoint.Restored restored, DataSetIterator data) {
        passes = restored.passes();
        batchesPerPass = restored.state().count();
        run.restore(restored.state());
        // An iterator that shuffles at every reset comes to the order that it would have come to.
        for (int pass = 0; pass < passes; pass++) {
            data.reset();
        }
    }

    private void save(StateWriter state) {
        state.count(batchesPerPass);
        run.save(state);
    }

    /** Whether all sweeps and all steps of the polish are done, or nothing more is gained. */
    public boolean isFinished() {
        return run.isFinished(passes);
    }

    /**
     * One iteration: a minibatch, or with all samples at once a sweep or, once the sweeps are done, one step of the polish.
     * The network then has the new weights, its score and its iteration count; its listeners have been told, and of the
     * begin and the end of an epoch with its first and last batch.
     *
     * @throws IllegalStateException if the training is finished
     */
    public void iterate() {
        requireUnfinished();
        if (batches == 0) {
            data.reset();
            for (TrainingListener listener : net.getListeners()) {
                listener.onEpochStart(net);
            }
        }
        iterate(next());
        if (!data.hasNext()) {
            endPass();
            for (TrainingListener listener : net.getListeners()) {
                listener.onEpochEnd(net);
            }
            net.incrementEpochCount();
            checkpoint
                    .filter(kept -> kept.isDue(passes, isFinished()))
                    .ifPresent(kept -> kept.write(net, passes, this::save));
            if (isFinished()) {
                close();
            }
        }
    }

    /** Ends the reading of batches ahead and lets go of the last one; the network keeps the weights of the last iteration. */
    @Override
    public void close() {
        if (data instanceof ReadAhead ahead) {
            ahead.close();
        }
        net.setInput(null);
        net.setLabels(null);
    }

    /** The batches, for a loop that counts epochs itself. */
    DataSetIterator batches() {
        return data;
    }

    private DataSet next() {
        if (!data.hasNext()) {
            throw new IllegalStateException("The iterator gave batches in an earlier pass, but has none now;"
                    + " do not read it elsewhere during the training, nor go on with one that was closed.");
        }
        return TrainingData.next(data);
    }

    /** One iteration on a batch of such a loop. */
    void iterate(DataSet batch) {
        requireUnfinished();
        run.iterate(batch, progress());
        batches++;
        int iteration = net.getIterationCount();
        for (TrainingListener listener : net.getListeners()) {
            listener.iterationDone(net, iteration, net.getEpochCount());
        }
        // But not net.clear(), which would take the input from the listeners of the epoch, and from updaters what they
        // keep.
        net.clearLayersStates();
        BaseOptimizer.incrementIterationCount(net, 1);
    }

    /** To be told by such a loop after the last batch of an epoch. */
    void endPass() {
        batchesPerPass = batches;
        batches = 0;
        passes++;
    }

    /**
     * How many batches there are is known after the first pass only, as iterators do not tell; until then nothing counts as
     * done, so that steps are not shortened in a training of one pass.
     */
    private double progress() {
        double pass = batchesPerPass == 0 ? 0 : Math.min(1, (double) batches / batchesPerPass);
        return sweeps == 0 ? 1 : Math.min(1, (passes + pass) / sweeps);
    }

    private void requireUnfinished() {
        if (isFinished()) {
            throw new IllegalStateException("The training is finished; start another one.");
        }
    }
}
