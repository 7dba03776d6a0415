package org.implicitdl.zoo.fit;

import java.util.Comparator;
import java.util.List;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How good predictions are. */
public sealed interface Score permits ClassificationScore, RegressionScore {
    /** The larger value first, and of equal ones, which few rows often have, the smaller loss. */
    Comparator<Score> BEST_FIRST =
            Comparator.comparingDouble(Score::value).reversed().thenComparingDouble(Score::loss);

    /**
     * The score of predictions.
     *
     * @param expected one-hot classes [rows, classes], or numbers [rows, 1]; at least one row
     * @param predicted probabilities, or numbers, of the same shape
     */
    static Score of(Label label, INDArray expected, INDArray predicted) {
        return label.task() == Task.CLASSIFICATION
                ? ClassificationScore.of(expected, predicted)
                : RegressionScore.of(expected, predicted);
    }

    /** The number of rows. */
    int rows();

    /** The one figure to compare by, the larger the better: accuracy, or R². */
    double value();

    /** The mean of what training minimizes, the smaller the better: cross-entropy, or the squared error. */
    double loss();

    /** The names of all figures. */
    List<String> names();

    /** All figures, in the order of their names. */
    List<Double> values();

    /** All figures as text, in the order of their names. */
    List<String> texts();

    /** The figure to compare by, in a few words. */
    String headline();
}
