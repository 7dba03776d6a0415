package org.implicitdl.train;

import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.implicitdl.train.state.NamedSettings;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Steps of block coordinate descent on one batch after the other of a feedforward network, or of one with an implicit layer.
 *
 * @param others what becomes of layers that these steps do not train
 */
record MinibatchMethod(MinibatchDescent descent, OtherLayers others) implements TrainingMethod {

    @Override
    public boolean mergesBatches() {
        return false;
    }

    @Override
    public NamedSettings settings() {
        return descent.settings().with("other layers", others);
    }

    @Override
    public Optional<String> whySweepsMatter(int passes, int planned) {
        return Optional.of("the length of its steps depends on how many are planned");
    }

    @Override
    public MethodRun start(MultiLayerNetwork net, DataSet first, int sweeps) {
        BatchwiseNetwork trainable = BatchwiseNetwork.of(net);
        trainable.features(first);
        Optional<GradientStep> gradientStep = others == OtherLayers.FIXED
                ? Optional.empty()
                : Optional.of(new GradientStep(net, l -> !trainable.trains(l)));
        return new Run(net, trainable, gradientStep, trainable.start(descent, type(net)), sweeps);
    }

    private static DataType type(MultiLayerNetwork net) {
        return net.params().dataType();
    }

    @Override
    public String toString() {
        return descent + (others == OtherLayers.FIXED ? "" : ", other layers trained in turn");
    }

    private record Run(
            MultiLayerNetwork net,
            BatchwiseNetwork trainable,
            Optional<GradientStep> gradientStep,
            MinibatchRun descent,
            int sweeps)
            implements MethodRun {

        @Override
        public boolean isFinished(int passes) {
            return passes >= sweeps;
        }

        @Override
        public void save(StateWriter writer) {
            descent.save(writer);
            gradientStep.ifPresent(step -> step.save(writer));
        }

        @Override
        public void restore(StateReader reader) {
            descent.restore(reader);
            gradientStep.ifPresent(step -> step.restore(reader));
        }

        @Override
        public void iterate(DataSet batch, double progress) {
            INDArray features = trainable.features(batch).castTo(type(net));
            INDArray labels = batch.getLabels().castTo(type(net));
            if (gradientStep.isPresent()) {
                descent.step(features, labels, progress);
                trainable.assign(descent);
                gradientStep.get().take(batch);
            } else {
                net.setScore(step(batch, features, labels, progress));
            }
        }

        /** A step, and the score of the weights before it, as net.fit has it. */
        private double step(DataSet batch, INDArray features, INDArray labels, double progress) {
            if (trainable.putsOutWhatTheLossMeets()) {
                // Another forward pass for the score would cost a fourth of the step.
                NetworkScore.show(net, batch);
                double score = NetworkScore.of(net, labels, descent.step(features, labels, progress));
                trainable.assign(descent);
                return score;
            }
            double score = NetworkScore.of(net, batch);
            descent.step(features, labels, progress);
            trainable.assign(descent);
            return score;
        }
    }
}
