package org.implicitdl.zoo.fit;

import java.util.List;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A fit and what it predicts.
 *
 * @param settings that it was made with
 * @param data the whole table
 * @param split its rows for training and those that were held out
 * @param model the fitted model
 * @param trained its predictions for the training rows: probabilities of the classes, or numbers
 * @param predicted its predictions for the rows that were held out
 * @param trainingCurve the training's own score after every epoch, the smaller the better
 * @param seconds that the training took
 */
public record FitResults(
        FitSettings settings,
        TableData data,
        Split split,
        FittedModel model,
        INDArray trained,
        INDArray predicted,
        List<Double> trainingCurve,
        double seconds) {

    /** A copy that nobody else can change. */
    public FitResults {
        trainingCurve = List.copyOf(trainingCurve);
    }

    /** The column that is predicted. */
    public Label label() {
        return model.label();
    }

    /** What is right for the rows that were held out, one-hot or as numbers. */
    public INDArray expected() {
        return data.labels(split.heldOut());
    }

    /** On the rows that the network was trained on. */
    public Score trainingScore() {
        return Score.of(label(), data.labels(split.train()), trained);
    }

    /** On the rows that were held out. */
    public Score heldOutScore() {
        return Score.of(label(), expected(), predicted);
    }

    /** What the rows that were held out give without any feature: the most frequent class, or the mean. */
    public Score baselineScore() {
        return baseline().score(expected());
    }

    /** The name of this baseline, with the class. */
    public String baselineDescription() {
        return baseline().description();
    }

    /** Whether the held-out rows are predicted better than by the baseline, by more than chance often gives. */
    public boolean isClearlyAboveBaseline() {
        return Advantage.of(label(), expected(), predicted, baseline().answers(predicted.rows()))
                .isClear();
    }

    private Baseline baseline() {
        return Baseline.of(label(), data.labels(split.train()));
    }
}
