package org.implicitdl.zoo.classify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.report.ClassTable;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What a network says about images.
 *
 * @param images that it was asked about
 * @param evaluation accuracy, confusion matrix, precision and recall, as Deeplearning4j counts them
 * @param predicted the class that it gives to each image
 * @param probability that it gives to this class
 */
public record Predictions(ImageSet images, Evaluation evaluation, List<Integer> predicted, List<Float> probability) {
    private static final int BATCH = 500;

    static Predictions of(MultiLayerNetwork network, ImageSet images) {
        Evaluation evaluation = new Evaluation(images.classes());
        List<Integer> predicted = new ArrayList<>();
        List<Float> probability = new ArrayList<>();
        for (int from = 0; from < images.size(); from += BATCH) {
            DataSet batch = images.batch(from, Math.min(from + BATCH, images.size()));
            INDArray output = network.output(batch.getFeatures(), false);
            evaluation.eval(batch.getLabels(), output);
            for (float[] probabilities : output.toFloatMatrix()) {
                int best = largest(probabilities);
                predicted.add(best);
                probability.add(probabilities[best]);
            }
        }
        return new Predictions(images, evaluation, List.copyOf(predicted), List.copyOf(probability));
    }

    private static int largest(float[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    /** The part of images whose class is found. */
    public double accuracy() {
        return evaluation.accuracy();
    }

    /** The positions of images whose class is not found, the surest mistakes first. */
    public List<Integer> mistakes() {
        return IntStream.range(0, images.size())
                .filter(i -> predicted.get(i) != images.label(i))
                .boxed()
                .sorted(java.util.Comparator.comparing(probability::get, java.util.Comparator.reverseOrder()))
                .toList();
    }

    /** How often the class of the row was taken for that of the column. */
    public int[][] confusion() {
        return ClassTable.counts(
                images.classes(),
                IntStream.range(0, images.size()).map(images::label).toArray(),
                predicted.stream().mapToInt(Integer::intValue).toArray());
    }
}
