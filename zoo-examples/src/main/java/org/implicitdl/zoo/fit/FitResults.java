package org.implicitdl.zoo.fit;

import java.util.stream.IntStream;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A fit and what it says of the rows that were held out.
 *
 * @param settings that it was made with
 * @param data the whole table
 * @param split its rows for training and for the test
 * @param model the fitted model
 * @param predicted for the test rows: probabilities of the classes, or numbers
 * @param seconds that the training took
 */
public record FitResults(
        FitSettings settings, TableData data, Split split, FittedModel model, INDArray predicted, double seconds) {

    /** The right answers for the test rows, one-hot or as numbers. */
    public INDArray expected() {
        return data.labels(split.test());
    }

    /** How well classes are found in the test rows. */
    public Evaluation classification() {
        Evaluation evaluation = new Evaluation(data.outputs());
        evaluation.eval(expected(), predicted);
        return evaluation;
    }

    /** How well numbers are found in the test rows. */
    public RegressionEvaluation regression() {
        RegressionEvaluation evaluation = new RegressionEvaluation(1);
        evaluation.eval(expected(), predicted);
        return evaluation;
    }

    /** The class of each test row by its place, as predicted. */
    public int[] predictedClasses() {
        return predicted.argMax(1).toIntVector();
    }

    /** How often the class of the row was taken for that of the column. */
    public int[][] confusion() {
        int[][] counts = new int[data.outputs()][data.outputs()];
        int[] expected = expected().argMax(1).toIntVector();
        int[] found = predictedClasses();
        IntStream.range(0, found.length).forEach(i -> counts[expected[i]][found[i]]++);
        return counts;
    }
}
