package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.implicitdl.train.state.NamedSettings;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Sweeps of block coordinate descent over all samples of a feedforward network, then steps of the polish.
 *
 * @param polishSteps how many at most
 */
record FullBatchMethod(BlockCoordinateDescent descent, LevenbergMarquardt polish, int polishSteps)
        implements TrainingMethod {

    @Override
    public boolean mergesBatches() {
        return true;
    }

    @Override
    public NamedSettings settings() {
        return descent.settings().with("polish", polish).with("number of polishing steps", polishSteps);
    }

    @Override
    public MethodRun start(MultiLayerNetwork net, DataSet all, int sweeps) {
        return new Run(this, net, all, sweeps);
    }

    @Override
    public String toString() {
        return descent + (polishSteps == 0 ? "" : ", then at most " + Count.of(polishSteps, "polishing step"));
    }

    private static final class Run implements MethodRun {
        private final FullBatchMethod method;
        private final MultiLayerNetwork net;
        private final TrainableNetwork trainable;
        private final TrainingSet set;
        private final BlockCoordinateDescent.Run descent;
        private final int sweeps;
        private LevenbergMarquardt.Run polishing;

        Run(FullBatchMethod method, MultiLayerNetwork net, DataSet all, int sweeps) {
            this.method = method;
            this.net = net;
            this.sweeps = sweeps;
            this.trainable = new TrainableNetwork(net);
            this.set = TrainingData.trainingSet(trainable.model(), all);
            this.descent = method.descent.start(trainable.model(), set);
        }

        @Override
        public boolean isFinished(int passes) {
            return passes >= (long) sweeps + method.polishSteps || polishing != null && polishing.isFinished();
        }

        @Override
        public void iterate(DataSet all, double progress) {
            trainable.assign(descent.sweeps() < sweeps ? descent.sweep() : polishStep());
            net.setScore(NetworkScore.of(net, all));
        }

        @Override
        public void save(StateWriter writer) {
            descent.save(writer);
            writer.count(polishing == null ? 0 : 1);
            if (polishing != null) {
                polishing.save(writer);
            }
        }

        @Override
        public void restore(StateReader reader) {
            descent.restore(reader);
            if (reader.count() == 1) {
                polishing = method.polish.start(descent.model(), set);
                polishing.restore(reader);
            }
        }

        private FeedforwardModel polishStep() {
            if (polishing == null) {
                polishing = method.polish.start(descent.model(), set);
            }
            polishing.step();
            return polishing.model();
        }
    }
}
