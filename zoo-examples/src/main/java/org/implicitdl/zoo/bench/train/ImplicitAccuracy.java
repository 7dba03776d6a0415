package org.implicitdl.zoo.bench.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.classify.ClassifierLoss;
import org.implicitdl.zoo.classify.ClassifierNetwork;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageSplit;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** Minibatch block coordinate descent on an implicit model: how well it recognizes the test images, and how long it takes. */
final class ImplicitAccuracy implements Measurement {
    private static final double KAPPA = 0.95;
    private static final ClassifierSettings MODEL = ClassifierSettings.mnist().withKappa(KAPPA);
    private static final int BATCH = 250;
    private static final int EPOCHS = 10;
    /** None of these was used to choose a setting. */
    private static final long FIRST_SEED = 101;

    private final ImageSplit images;

    ImplicitAccuracy(ImageSplit images) {
        this.images = images;
    }

    @Override
    public String name() {
        return "implicit";
    }

    @Override
    public String description() {
        return "784 pixels, " + MODEL.stateSize()
                + " implicit states, 10 outputs, minibatch block coordinate descent in batches of " + BATCH
                + ": accuracy on the test images, and the time of the training";
    }

    @Override
    public List<Row> measure(Effort effort) {
        int seeds = effort.size(3, 1);
        int epochs = effort.size(EPOCHS, 1);
        MinibatchDescent descent = MinibatchDescent.withDefaults();
        List<Row> rows = new ArrayList<>(rows(
                "cross-entropy",
                outcomes(ClassifierLoss.CROSS_ENTROPY, descent.withWeightDecay(0.002), seeds, epochs),
                epochs));
        rows.addAll(rows(
                "squared loss",
                outcomes(ClassifierLoss.SQUARED, descent.withWeightDecay(0.01).withDamping(4), seeds, epochs),
                epochs));
        return rows;
    }

    private static List<Row> rows(String loss, List<Outcome> outcomes, int epochs) {
        return List.of(
                Row.asked(
                        "accuracy after " + Count.of(epochs, "epoch") + ", " + loss + ", mean of the seeds",
                        Bound.atLeast(97),
                        Outcome.statistics(outcomes, Outcome::percent).mean(),
                        "%"),
                Row.told(
                        "the lowest of them, " + loss,
                        Outcome.statistics(outcomes, Outcome::percent).quantile(0),
                        "%"),
                Row.told(
                        "wall time of a training, " + loss,
                        Outcome.statistics(outcomes, Outcome::seconds).mean(),
                        "s"),
                Row.told(
                        "processor time of all threads in it, " + loss,
                        Outcome.statistics(outcomes, Outcome::processorSeconds).mean(),
                        "s"),
                Row.asked(
                        "norm of A in the end, " + loss + ", the largest of the seeds",
                        Bound.atMost(KAPPA),
                        Outcome.statistics(outcomes, outcome -> norm(outcome.network()))
                                .quantile(1),
                        ""));
    }

    private List<Outcome> outcomes(ClassifierLoss loss, MinibatchDescent descent, int seeds, int epochs) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + seeds)
                .mapToObj(seed -> outcome(loss, descent, epochs, seed))
                .toList();
    }

    private Outcome outcome(ClassifierLoss loss, MinibatchDescent descent, int epochs, long seed) {
        MultiLayerNetwork net = ClassifierNetwork.create(MODEL.withSeed(seed), images.train(), loss, new NoOp());
        BcdTrainer trainer =
                new BcdTrainer.Builder().method(descent).sweeps(epochs).build();
        return Outcome.of(net, () -> trainer.fit(net, images.train().shuffledIterator(BATCH, seed)), images.test());
    }

    /** ‖A‖∞, summed in double precision. */
    private static double norm(MultiLayerNetwork net) {
        INDArray a = net.getParam("0_A").castTo(DataType.DOUBLE);
        return a.norm1(1).maxNumber().doubleValue();
    }
}
