package org.implicitdl.train.equilibrium;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;

/**
 * The Jacobian by the adjoints of all outputs, which are found once: with s = [x; u] and, for output k, e = [v; e_k] with the
 * adjoint v for Cᵀe_k, its row for a sample is e ⊗ s. Products are matrix products then, and the memory is q times that of
 * the states.
 */
final class OutputJacobian implements PredictionJacobian {
    private final Matrix x;
    private final Matrix u;
    private final List<Matrix> sensitivities;
    private final List<Matrix> stateSensitivities;

    private OutputJacobian(Matrix x, Matrix u, List<Matrix> sensitivities, List<Matrix> stateSensitivities) {
        this.x = x;
        this.u = u;
        this.sensitivities = sensitivities;
        this.stateSensitivities = stateSensitivities;
    }

    /** @param frozen rows of A that are not to move, for which the derivatives are left out */
    static OutputJacobian of(ImplicitLoss.State state, Matrix u, BitSet frozen) {
        Equilibrium equilibrium = state.equilibrium();
        Matrix c = state.weights().c();
        List<Matrix> sensitivities = IntStream.range(0, c.rows())
                .mapToObj(k -> sensitivity(equilibrium, c, k, u.cols()))
                .toList();
        List<Matrix> moving = frozen.isEmpty()
                ? sensitivities
                : sensitivities.stream().map(e -> withoutRows(e, frozen)).toList();
        return new OutputJacobian(equilibrium.states(), u, sensitivities, moving);
    }

    private static Matrix sensitivity(Equilibrium equilibrium, Matrix c, int output, int samples) {
        Matrix forcing = Matrix.zeros(c.cols(), samples);
        Matrix unit = Matrix.zeros(c.rows(), samples);
        for (int j = 0; j < samples; j++) {
            unit.set(output, j, 1);
            for (int i = 0; i < c.cols(); i++) {
                forcing.set(i, j, c.get(output, i));
            }
        }
        return Matrix.above(equilibrium.adjoints(forcing), unit);
    }

    /** A copy of a matrix with zeros in some rows. */
    static Matrix withoutRows(Matrix e, BitSet rows) {
        Matrix rest = e.copy();
        for (int i = 0; i < rest.values().length; i++) {
            rest.values()[i] = rows.get(i % rest.rows()) ? 0 : rest.values()[i];
        }
        return rest;
    }

    @Override
    public int samples() {
        return u.cols();
    }

    @Override
    public int outputs() {
        return sensitivities.size();
    }

    @Override
    public Matrix times(Matrix v) {
        int split = x.rows() * v.rows();
        Matrix left = new Matrix(v.rows(), x.rows(), Arrays.copyOfRange(v.values(), 0, split));
        Matrix right = new Matrix(v.rows(), u.rows(), Arrays.copyOfRange(v.values(), split, v.values().length));
        Matrix byStates = Lapack.times(left, x);
        Matrix byInputs = Lapack.times(right, u);
        Matrix product = Matrix.zeros(outputs(), samples());
        for (int k = 0; k < outputs(); k++) {
            double[] moving = stateSensitivities.get(k).values();
            double[] e = sensitivities.get(k).values();
            for (int j = 0; j < samples(); j++) {
                double sum = 0;
                for (int i = j * v.rows(); i < (j + 1) * v.rows(); i++) {
                    sum += moving[i] * byStates.values()[i] + e[i] * byInputs.values()[i];
                }
                product.set(k, j, sum);
            }
        }
        return product;
    }

    @Override
    public Matrix transposeTimes(Matrix r) {
        Matrix left = Lapack.timesTranspose(weighted(stateSensitivities, r), x);
        Matrix right = Lapack.timesTranspose(weighted(sensitivities, r), u);
        return Matrix.beside(left, right);
    }

    private static Matrix weighted(List<Matrix> sensitivities, Matrix r) {
        Matrix sum = Matrix.zeros(sensitivities.get(0).rows(), r.cols());
        for (int k = 0; k < r.rows(); k++) {
            double[] e = sensitivities.get(k).values();
            for (int i = 0; i < e.length; i++) {
                sum.values()[i] += e[i] * r.get(k, i / sum.rows());
            }
        }
        return sum;
    }

    /**
     * J diag(w)⁻¹Jᵀ for weights w of the columns of M: the entries are ∑e e' · ∑s s'/w. Ordered as
     * the entries of [q, m]; the upper triangle is filled.
     */
    Matrix gram(double[] columnWeights) {
        Matrix byStates = weightedGram(x, columnWeights, 0);
        Matrix byInputs = weightedGram(u, columnWeights, x.rows());
        int q = outputs();
        Matrix gram = Matrix.zeros(q * samples(), q * samples());
        for (int k = 0; k < q; k++) {
            for (int l = 0; l < q; l++) {
                Matrix moving = Lapack.transposeTimes(stateSensitivities.get(k), stateSensitivities.get(l));
                Matrix e = Lapack.transposeTimes(sensitivities.get(k), sensitivities.get(l));
                writeBlock(gram, k, l, moving.values(), byStates.values(), e.values(), byInputs.values());
            }
        }
        return gram;
    }

    /** Entry by entry the block of outputs k and l, a·b + c·d, for samples in the upper triangle. */
    private void writeBlock(Matrix gram, int k, int l, double[] a, double[] b, double[] c, double[] d) {
        int q = outputs();
        for (int j = 0; j < samples(); j++) {
            int at = j * samples();
            int to = k + (l + j * q) * gram.rows();
            for (int i = 0; i <= j; i++, at++, to += q) {
                gram.values()[to] = a[at] * b[at] + c[at] * d[at];
            }
        }
    }

    private static Matrix weightedGram(Matrix signals, double[] columnWeights, int first) {
        Matrix scaled = signals.copy();
        double[] factors = new double[signals.rows()];
        Arrays.setAll(factors, i -> 1 / Math.sqrt(columnWeights[first + i]));
        for (int j = 0; j < scaled.cols(); j++) {
            for (int i = 0; i < scaled.rows(); i++) {
                scaled.values()[j * scaled.rows() + i] *= factors[i];
            }
        }
        return Lapack.transposeTimes(scaled, scaled);
    }

    @Override
    public Matrix squares() {
        Matrix left = Matrix.zeros(sensitivities.get(0).rows(), x.rows());
        Matrix right = Matrix.zeros(sensitivities.get(0).rows(), u.rows());
        for (int k = 0; k < outputs(); k++) {
            Lapack.addTimesTranspose(stateSensitivities.get(k).squared(), x.squared(), samples(), left);
            Lapack.addTimesTranspose(sensitivities.get(k).squared(), u.squared(), samples(), right);
        }
        return Matrix.beside(left, right);
    }
}
