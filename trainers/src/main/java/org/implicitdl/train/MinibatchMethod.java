package org.implicitdl.train;

import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Steps of block coordinate descent on one batch after the other of a feedforward network. */
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
        TrainableNetwork trainable = new TrainableNetwork(net);
        TrainingData.trainingSet(trainable.model(), first);
        return new Run(net, trainable, descent, sweeps);
    }

    @Override
    public String toString() {
        return descent.toString();
    }

    private static final class Run implements MethodRun {
        private final MultiLayerNetwork net;
        private final TrainableNetwork trainable;
        private final FeedforwardModel model;
        private final MinibatchRun descent;
        private final DataType type;
        private final BaseOutputLayer loss;
        private final int sweeps;

        Run(MultiLayerNetwork net, TrainableNetwork trainable, MinibatchDescent method, int sweeps) {
            this.net = net;
            this.trainable = trainable;
            this.model = trainable.model();
            this.type = net.params().dataType();
            this.descent = method.start(model, type);
            this.sweeps = sweeps;
            this.loss =
                    (BaseOutputLayer) net.getLayer(net.getnLayers() - 1).conf().getLayer();
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
            TrainingData.requireShapes(model, batch);
            INDArray features = batch.getFeatures().castTo(type);
            INDArray labels = batch.getLabels().castTo(type);
            INDArray output = descent.step(features, labels, progress);
            for (int l = 0; l < model.depth(); l++) {
                trainable.assign(l, descent.weights(l));
            }
            if (net.getListeners().isEmpty()) {
                // Of the weights before the step, as net.fit has it; another forward pass would cost a fourth of the
                // step.
                net.setScore(loss.getLossFn().computeScore(labels, output, loss.getActivationFn(), null, true));
            } else {
                NetworkScore.update(net, batch);
            }
        }
    }
}
