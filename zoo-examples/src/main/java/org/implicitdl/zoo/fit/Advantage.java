package org.implicitdl.zoo.fit;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * By how much predictions are better than others of the same rows, in pairs: the mean m over the n rows of the difference
 * dᵢ of hits (classes), or of squared errors (numbers), and its standard error √(∑(dᵢ − m)² / (n(n − 1))).
 *
 * @param mean m, positive if the predictions are better
 * @param standardError of m; 0 for a single row
 */
record Advantage(double mean, double standardError) {
    private static final double CLEAR = 2;

    static Advantage of(Label label, INDArray expected, INDArray predicted, INDArray others) {
        double[] differences = label.task() == Task.CLASSIFICATION
                ? hits(expected, predicted, others)
                : squaredErrors(expected, predicted, others);
        int n = differences.length;
        double mean = Arrays.stream(differences).average().orElseThrow();
        double squares =
                Arrays.stream(differences).map(d -> (d - mean) * (d - mean)).sum();
        return new Advantage(mean, Math.sqrt(squares / (n * Math.max(1.0, n - 1))));
    }

    private static double[] hits(INDArray expected, INDArray predicted, INDArray others) {
        int[] right = expected.argMax(1).toIntVector();
        int[] ours = predicted.argMax(1).toIntVector();
        int[] theirs = others.argMax(1).toIntVector();
        return IntStream.range(0, right.length)
                .mapToDouble(i -> (ours[i] == right[i] ? 1 : 0) - (theirs[i] == right[i] ? 1 : 0))
                .toArray();
    }

    private static double[] squaredErrors(INDArray expected, INDArray predicted, INDArray others) {
        INDArray ours = expected.sub(predicted);
        INDArray theirs = expected.sub(others);
        return theirs.muli(theirs).subi(ours.muli(ours)).ravel().toDoubleVector();
    }

    /** Whether it is more than two standard errors, beyond what chance often gives. */
    boolean isClear() {
        return mean > CLEAR * standardError;
    }
}
