package org.implicitdl.zoo.fit;

import java.util.List;
import java.util.Locale;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.report.Percent;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How good predicted classes are.
 *
 * @param accuracy the part of rows whose most probable class is right
 * @param balancedAccuracy the mean over the classes that occur of the part of their rows that is recognized
 * @param crossEntropy the mean of −log p over the rows, p the probability of the right class, at least 1e-15
 */
public record ClassificationScore(int rows, double accuracy, double balancedAccuracy, double crossEntropy)
        implements Score {
    private static final double LEAST_PROBABILITY = 1e-15;

    static ClassificationScore of(INDArray expected, INDArray predicted) {
        int[] right = expected.argMax(1).toIntVector();
        int[] found = predicted.argMax(1).toIntVector();
        int classes = expected.columns();
        int[] recognized = new int[classes];
        int[] present = new int[classes];
        double entropy = 0;
        int hits = 0;
        for (int i = 0; i < right.length; i++) {
            int hit = right[i] == found[i] ? 1 : 0;
            hits += hit;
            recognized[right[i]] += hit;
            present[right[i]]++;
            entropy -= Math.log(Math.max(LEAST_PROBABILITY, predicted.getDouble(i, right[i])));
        }
        return new ClassificationScore(
                right.length, (double) hits / right.length, meanRatio(recognized, present), entropy / right.length);
    }

    private static double meanRatio(int[] parts, int[] wholes) {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < wholes.length; k++) {
            if (wholes[k] > 0) {
                sum += (double) parts[k] / wholes[k];
                count++;
            }
        }
        return sum / count;
    }

    @Override
    public double value() {
        return accuracy;
    }

    @Override
    public double loss() {
        return crossEntropy;
    }

    @Override
    public List<String> names() {
        return List.of("accuracy", "balanced accuracy", "cross-entropy");
    }

    @Override
    public List<Double> values() {
        return List.of(accuracy, balancedAccuracy, crossEntropy);
    }

    @Override
    public List<String> texts() {
        return List.of(
                Percent.of(accuracy), Percent.of(balancedAccuracy), String.format(Locale.ROOT, "%.4f", crossEntropy));
    }

    @Override
    public String headline() {
        return Percent.of(accuracy) + " of " + Count.of(rows, "row") + " right";
    }
}
