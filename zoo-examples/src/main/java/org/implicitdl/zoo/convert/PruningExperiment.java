package org.implicitdl.zoo.convert;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.compress.IterativePruning;
import org.implicitdl.convert.compress.PruningPath;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.reduce.Reduction;
import org.implicitdl.convert.structure.ModelStructure;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Prunes a network in rounds with training on images, and converts and reduces what each round leaves.
 *
 * @param pruning how
 * @param epochs how often each round trains on all images
 * @param seed of the order of the images
 */
public record PruningExperiment(IterativePruning pruning, int epochs, long seed) {
    private static final int TRAINING_BATCH = 32;
    private static final int BATCH = 250;

    /**
     * Runs it, and trains the network as long without pruning, so that pruning gets no credit for what training does. The
     * stage to choose is decided by the validation images, and judged by the test images.
     *
     * @param loss how much larger the error of the chosen network may be than the less of the original's and of that
     *     which was trained as long
     * @throws ShapeException if the network has other inputs or outputs than the images
     * @throws IllegalArgumentException if it has no loss
     */
    public PruningResults run(SourceNetwork source, ImageSplit images, double loss) {
        ImplicitNetwork original = source.convert();
        check(source, original.model(), images.train());
        DataSetIterator batches = images.train().shuffledIterator(TRAINING_BATCH, seed);
        batches.setPreProcessor(batch -> batch.setFeatures(original.features(batch.getFeatures())[0]));
        Consumer<Model> training =
                network -> IntStream.range(0, epochs).forEach(epoch -> ((NeuralNetwork) network).fit(batches));
        ToDoubleFunction<Model> error = network -> error(converted(source, network), images.validation());
        PruningPath<Model> path = pruning.prune(source.model(), training, error);
        List<PruningPath.Stage<Model>> unpruned = IterativePruning.keeping(1)
                .withRounds(pruning.rounds())
                .prune(source.model(), training, error)
                .stages();
        PruningPath.Stage<Model> trainedOn = unpruned.get(unpruned.size() - 1);
        PruningPath.Stage<Model> chosen =
                path.smallestWithin(loss + Math.min(path.original().error(), trainedOn.error()));
        return new PruningResults(
                path.stages().stream()
                        .map(stage -> row(source, stage, images.test()))
                        .toList(),
                row(source, trainedOn, images.test()),
                path.stages().indexOf(chosen),
                chosen.network());
    }

    private static PruningResults.Row row(SourceNetwork source, PruningPath.Stage<Model> stage, ImageSet test) {
        Reduction reduction = Reducer.standard().reduce(converted(source, stage.network()));
        return new PruningResults.Row(
                stage.weights(),
                reduction.after().states(),
                ModelStructure.of(reduction.after()).nonzerosOfA(),
                reduction.after().connections(),
                reduction.model().parameterCount(),
                stage.error(),
                error(reduction.model(), test));
    }

    private static ImplicitModel converted(SourceNetwork source, Model network) {
        return new SourceNetwork(network, source.inputs()).convert().model();
    }

    /** The share of images whose class is not that of the largest output. */
    private static double error(ImplicitModel model, ImageSet images) {
        int wrong = 0;
        for (int from = 0; from < images.size(); from += BATCH) {
            INDArray u = images.batch(from, Math.min(from + BATCH, images.size()))
                    .getFeatures()
                    .transpose();
            int[] predicted = Nd4j.argMax(model.output(u), 0).toIntVector();
            for (int i = 0; i < predicted.length; i++) {
                wrong += predicted[i] == images.label(from + i) ? 0 : 1;
            }
        }
        return (double) wrong / images.size();
    }

    private static void check(SourceNetwork source, ImplicitModel model, ImageSet images) {
        if (model.inputs() != images.pixels() || model.outputs() != images.classes()) {
            throw new ShapeException("The images have " + images.pixels() + " pixels and " + images.classes()
                    + " classes, but the network takes " + model.inputs() + " numbers and puts out " + model.outputs()
                    + "; choose other data with --data.");
        }
        Object last = source.model() instanceof MultiLayerNetwork layers
                ? layers.getOutputLayer()
                : ((ComputationGraph) source.model()).getOutputLayer(0);
        if (!(last instanceof IOutputLayer)) {
            throw new IllegalArgumentException(
                    "The network cannot be trained between the rounds of pruning, because its"
                            + " last layer has no loss; end it with an OutputLayer or a LossLayer.");
        }
    }
}
