package org.implicitdl.zoo.race;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A trainer that does in every part of its training what the test says: each batch takes a time by the clock of the test,
 * and in the end it recognizes of made-up images those of some classes. It trains networks whose seeds are written down.
 *
 * @param secondsPerBatch of the next batch; there are {@value #BATCHES} of them in an epoch
 * @param recognized the classes that are recognized for a value of the hyperparameter
 * @param started the ids, seeds and values of all trainings, in their order
 */
record Scripted(
        String id,
        Grid grid,
        HandClock clock,
        DoubleSupplier secondsPerBatch,
        DoubleFunction<List<Integer>> recognized,
        List<String> started)
        implements Trainer {
    /** Of five of the made-up images each. */
    static final int BATCHES = 18;

    /** One that recognizes the first classes, as many as the value says. */
    static Scripted counting(String id, HandClock clock, double secondsPerEpoch) {
        return new Scripted(
                id,
                Grid.of(2.0, 4.0, 7.0),
                clock,
                () -> secondsPerEpoch / BATCHES,
                value ->
                        java.util.stream.IntStream.range(0, (int) value).boxed().toList(),
                new ArrayList<>());
    }

    Entrant entrant() {
        return new Entrant(new Pixelwise(), this);
    }

    @Override
    public String description() {
        return "as the test says";
    }

    @Override
    public String hyperparameter() {
        return "number";
    }

    @Override
    public int largestBatch() {
        return 10;
    }

    @Override
    public IUpdater updater() {
        return new NoOp();
    }

    @Override
    public Runnable start(MultiLayerNetwork net, DataSetIterator batches, double value, Course course) {
        started.add(id + " " + net.getDefaultConfiguration().getSeed() + " " + value);
        return () -> {
            batches.reset();
            while (batches.hasNext()) {
                batches.next();
                clock.advance(secondsPerBatch.getAsDouble());
            }
            INDArray weights = Nd4j.zeros(10, 10);
            recognized.apply(value).forEach(label -> weights.putScalar(label, label, 9));
            net.setParam("0_W", weights);
            net.setScore(1);
        };
    }

    /** A weight for each pair of pixel and class. */
    record Pixelwise() implements Architecture {
        @Override
        public String id() {
            return "pixelwise";
        }

        @Override
        public String description() {
            return "no hidden layer";
        }

        @Override
        public MultiLayerNetwork create(ImageSet images, IUpdater updater, long seed) {
            MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                    .seed(seed)
                    .updater(updater)
                    .list(new OutputLayer.Builder(LossFunction.MCXENT)
                            .nIn(images.pixels())
                            .nOut(images.classes())
                            .activation(Activation.SOFTMAX)
                            .build())
                    .build());
            net.init();
            return net;
        }
    }
}
