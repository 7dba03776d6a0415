package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Steps of block coordinate descent on one batch after the other of a feedforward network, or of one with an implicit layer. */
record MinibatchMethod(MinibatchDescent descent) implements TrainingMethod {

    @Override
    public boolean mergesBatches() {
        return false;
    }

    @Override
    public String identity() {
        return descent.toString();
    }

    @Override
    public MethodRun start(MultiLayerNetwork net, DataSet first, int sweeps) {
        BatchwiseNetwork trainable =
                TrainableImplicitNetwork.isOne(net) ? new TrainableImplicitNetwork(net) : new TrainableNetwork(net);
        trainable.requireFit(first);
        return new Run(net, trainable, descent, sweeps);
    }

    @Override
    public String toString() {
        return descent.toString();
    }

    private static final class Run implements MethodRun {
        private final MultiLayerNetwork net;
        private final BatchwiseNetwork trainable;
        private final MinibatchRun descent;
        private final DataType type;
        private final int sweeps;

        Run(MultiLayerNetwork net, BatchwiseNetwork trainable, MinibatchDescent method, int sweeps) {
            this.net = net;
            this.trainable = trainable;
            this.type = net.params().dataType();
            this.descent = trainable.start(method, type);
            this.sweeps = sweeps;
        }

        @Override
        public boolean isFinished(int passes) {
            return passes >= sweeps;
        }

        @Override
        public void save(StateWriter writer) {
            descent.save(writer);
        }

        @Override
        public void restore(StateReader reader) {
            descent.restore(reader);
        }

        @Override
        public void iterate(DataSet batch, double progress) {
            INDArray features = trainable.features(batch).castTo(type);
            INDArray labels = batch.getLabels().castTo(type);
            INDArray output = descent.step(features, labels, progress);
            trainable.assign(descent);
            if (net.getListeners().isEmpty()) {
                // Of the weights before the step, as net.fit has it; another forward pass would cost a fourth of the
                // step.
                NetworkScore.set(net, labels, output);
            } else {
                NetworkScore.update(net, batch);
            }
        }
    }
}
