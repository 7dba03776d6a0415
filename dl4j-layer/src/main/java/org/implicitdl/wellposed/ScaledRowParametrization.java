package org.implicitdl.wellposed;

import java.util.Arrays;
import java.util.List;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Lines;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A = diag(s)⁻¹ Â diag(s), where row i of Â is Vᵢ min(1, κ/‖Vᵢ‖₁), for V [n, n] and s = exp(t) (§3.2, the scaling of
 * ‖A‖∞). In the norm maxᵢ sᵢ|xᵢ| the map contracts by Lκ whatever V and t are, for a componentwise φ.
 *
 * <p>What is taken for t is T tanh(t/T) with T = 6: it is t for small ones, and sⱼ/sᵢ stays within e¹² = 1.6e5, so that
 * nothing overflows and FLOAT keeps two digits of the smallest entry beside the largest.
 *
 * @param kappa κ; below 1/L for well-posedness
 */
public record ScaledRowParametrization(double kappa) implements Parametrization {
    private static final double RANGE = 6;

    /** @throws IllegalArgumentException if κ is not positive and finite */
    public ScaledRowParametrization {
        SetArguments.radius(kappa);
    }

    @Override
    public List<Parameter> parameters(int n) {
        return List.of(new Parameter("V", n, n), new Parameter("t", n, 1));
    }

    @Override
    public INDArray matrix(List<INDArray> parameters) {
        int n = ParameterArguments.finiteOrder(this, parameters);
        INDArray a = parameters.get(0).dup('f');
        Lines columns = Lines.of(a);
        double[] s = scaling(parameters.get(1));
        double[] factors = factors(columns.absoluteRowSums());
        for (int i = 0; i < n; i++) {
            factors[i] /= s[i];
        }
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            columns.read(j, 0, n, column, 0);
            for (int i = 0; i < n; i++) {
                column[i] *= factors[i] * s[j];
            }
            columns.write(j, 0, n, column, 0);
        }
        return a;
    }

    /**
     * With fᵢ = min(1, κ/‖Vᵢ‖₁) and the sums rᵢ = ∑ⱼĀᵢⱼAᵢⱼ and cⱼ = ∑ᵢĀᵢⱼAᵢⱼ: V̄ᵢⱼ = fᵢĀᵢⱼsⱼ/sᵢ, less rᵢ sign(Vᵢⱼ)/‖Vᵢ‖₁ in
     * rows with fᵢ < 1, and the gradient in log sᵢ is cᵢ − rᵢ.
     */
    @Override
    public List<INDArray> pullback(List<INDArray> parameters, INDArray gradient) {
        int n = ParameterArguments.order(this, parameters);
        ParameterArguments.gradient(n, gradient);
        INDArray vBar = gradient.dup('f');
        Lines given = columns(parameters.get(0));
        Lines result = Lines.of(vBar);
        double[] s = scaling(parameters.get(1));
        double[] norms = given.absoluteRowSums();
        double[] factors = factors(norms);
        double[] rowSums = new double[n];
        double[] logS = new double[n];
        double[] v = new double[n];
        double[] bar = new double[n];
        for (int j = 0; j < n; j++) {
            given.read(j, 0, n, v, 0);
            result.read(j, 0, n, bar, 0);
            for (int i = 0; i < n; i++) {
                bar[i] *= factors[i] * s[j] / s[i];
                double product = bar[i] * v[i];
                rowSums[i] += product;
                logS[j] += product;
            }
            result.write(j, 0, n, bar, 0);
        }
        removeRadialPart(given, result, norms, rowSums);
        double[] tBar = derivatives(parameters.get(1));
        for (int i = 0; i < n; i++) {
            tBar[i] *= logS[i] - rowSums[i];
        }
        INDArray t = Nd4j.createFromArray(tBar).reshape('f', n, 1).castTo(gradient.dataType());
        return List.of(vBar, t);
    }

    /** Along itself, a row that is cut to the length κ does not move. */
    private void removeRadialPart(Lines given, Lines result, double[] norms, double[] rowSums) {
        int n = norms.length;
        double[] share = new double[n];
        boolean none = true;
        for (int i = 0; i < n; i++) {
            share[i] = norms[i] > kappa ? rowSums[i] / norms[i] : 0;
            none &= share[i] == 0;
        }
        double[] v = new double[n];
        double[] bar = new double[n];
        for (int j = 0; j < n && !none; j++) {
            given.read(j, 0, n, v, 0);
            result.read(j, 0, n, bar, 0);
            for (int i = 0; i < n; i++) {
                bar[i] -= share[i] * Math.signum(v[i]);
            }
            result.write(j, 0, n, bar, 0);
        }
    }

    /** By the sums of A itself in the scaled norm. */
    @Override
    public Finding test(List<INDArray> parameters, LinearOperator a, Activation phi) {
        ParameterArguments.order(this, parameters);
        if (!phi.isComponentwise()) {
            return Finding.none(Condition.PERRON_FROBENIUS, Reasons.NOT_COMPONENTWISE);
        }
        double[] inverse = scaling(parameters.get(1));
        Arrays.setAll(inverse, i -> 1 / inverse[i]);
        return new ScaledRowSums(a)
                .certify(
                        Condition.PERRON_FROBENIUS,
                        inverse,
                        phi.lipschitz(),
                        "the norm in the scaling of the parameters, about " + kappa + ", is not below 1/L = "
                                + 1 / phi.lipschitz());
    }

    private double[] factors(double[] norms) {
        double[] factors = new double[norms.length];
        Arrays.setAll(factors, i -> norms[i] > kappa ? kappa / norms[i] : 1);
        return factors;
    }

    private static double[] scaling(INDArray t) {
        double[] s = t.reshape(t.length()).toDoubleVector();
        Arrays.setAll(s, i -> Math.exp(RANGE * Math.tanh(s[i] / RANGE)));
        return s;
    }

    private static double[] derivatives(INDArray t) {
        double[] derivatives = t.reshape(t.length()).toDoubleVector();
        for (int i = 0; i < derivatives.length; i++) {
            double tanh = Math.tanh(derivatives[i] / RANGE);
            derivatives[i] = 1 - tanh * tanh;
        }
        return derivatives;
    }

    private static Lines columns(INDArray x) {
        Lines lines = Lines.of(x);
        return lines.areColumns() ? lines : Lines.of(x.dup('f'));
    }
}
