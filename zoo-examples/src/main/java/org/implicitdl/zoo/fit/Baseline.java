package org.implicitdl.zoo.fit;

import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What can be predicted without any feature: the frequencies of the classes among the training rows, so that the most
 * frequent one is always chosen, or the mean of their numbers.
 */
record Baseline(Label label, INDArray answer) {

    static Baseline of(Label label, INDArray trainingLabels) {
        return new Baseline(label, trainingLabels.mean(true, 0));
    }

    Score score(INDArray expected) {
        return Score.of(label, expected, answers(expected.rows()));
    }

    /** The same answer for so many rows. */
    INDArray answers(int rows) {
        return answer.repeat(0, rows);
    }

    String description() {
        return label.task() == Task.REGRESSION
                ? "always the training mean"
                : "always '" + label.classes().get(answer.argMax(1).getInt(0)) + "'";
    }
}
