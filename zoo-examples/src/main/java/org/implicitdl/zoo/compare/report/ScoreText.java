package org.implicitdl.zoo.compare.report;

import java.util.Locale;
import org.implicitdl.zoo.compare.CrossValidatedScore;
import org.implicitdl.zoo.report.Percent;
import org.implicitdl.zoo.table.Task;

/** Scores as text: accuracies in per cent, R² as they are. */
record ScoreText(Task task) {

    String of(double score) {
        return task == Task.CLASSIFICATION ? Percent.of(score) : String.format(Locale.ROOT, "%.4f", score);
    }

    String of(CrossValidatedScore score) {
        return of(score.mean()) + " ± " + of(score.standardError());
    }

    /** With its sign; of accuracies in percentage points. */
    String ofDifference(double difference) {
        return task == Task.CLASSIFICATION
                ? String.format(Locale.ROOT, "%+.2f pp", 100 * difference)
                : String.format(Locale.ROOT, "%+.4f", difference);
    }

    /** As a figure draws it, such as 97.3 for an accuracy of 97.3 %. */
    double drawn(double score) {
        return task == Task.CLASSIFICATION ? 100 * score : score;
    }

    /** The title of an axis of scores. */
    String axis(String figure) {
        return task == Task.CLASSIFICATION ? figure + ", %" : figure;
    }
}
