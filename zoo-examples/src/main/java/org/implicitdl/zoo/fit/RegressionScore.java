package org.implicitdl.zoo.fit;

import java.util.List;
import java.util.Locale;
import org.implicitdl.text.Count;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How good predicted numbers ŷ are.
 *
 * @param rSquared R² = 1 − ∑(y − ŷ)² / ∑(y − ȳ)², with ȳ the mean of the rows; NaN if all y are equal
 * @param rootMeanSquaredError in the unit of the label, as the next
 * @param meanAbsoluteError the mean of |y − ŷ|
 */
public record RegressionScore(int rows, double rSquared, double rootMeanSquaredError, double meanAbsoluteError)
        implements Score {

    static RegressionScore of(INDArray expected, INDArray predicted) {
        int rows = expected.rows();
        double mean = expected.meanNumber().doubleValue();
        double squares = 0;
        double absolute = 0;
        double variation = 0;
        for (int i = 0; i < rows; i++) {
            double y = expected.getDouble(i, 0);
            double error = y - predicted.getDouble(i, 0);
            squares += error * error;
            absolute += Math.abs(error);
            variation += (y - mean) * (y - mean);
        }
        return new RegressionScore(
                rows,
                variation == 0 ? Double.NaN : 1 - squares / variation,
                Math.sqrt(squares / rows),
                absolute / rows);
    }

    @Override
    public double value() {
        return rSquared;
    }

    @Override
    public double loss() {
        return rootMeanSquaredError * rootMeanSquaredError;
    }

    @Override
    public List<String> names() {
        return List.of("R²", "RMSE", "MAE");
    }

    @Override
    public List<Double> values() {
        return List.of(rSquared, rootMeanSquaredError, meanAbsoluteError);
    }

    @Override
    public List<String> texts() {
        return List.of(
                rSquaredText(),
                String.format(Locale.ROOT, "%.5g", rootMeanSquaredError),
                String.format(Locale.ROOT, "%.5g", meanAbsoluteError));
    }

    @Override
    public String headline() {
        return "R² " + rSquaredText() + " on " + Count.of(rows, "row");
    }

    private String rSquaredText() {
        return Double.isNaN(rSquared) ? "undefined" : String.format(Locale.ROOT, "%.4f", rSquared);
    }
}
