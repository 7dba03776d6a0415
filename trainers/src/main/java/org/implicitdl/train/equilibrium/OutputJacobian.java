package org.implicitdl.train.equilibrium;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Curvature;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.ModelMatrix;

/**
 * The Jacobian by the adjoints of all outputs, which are found once: with the column e = Re_k of output k and the adjoint w
 * for Cᵀe, its row for a sample is [wxᵀ wuᵀ; exᵀ evᵀ]. Products are matrix products then, and the memory is q times that of
 * the states.
 */
final class OutputJacobian implements PredictionJacobian {
    private final Signals signals;
    private final Matrix x;
    private final Matrix u;
    private final Matrix v;
    private final List<Matrix> adjoints;
    private final List<Matrix> errors;

    private OutputJacobian(Signals signals, List<Matrix> adjoints, List<Matrix> errors) {
        this.signals = signals;
        this.x = signals.x();
        this.u = signals.u();
        this.v = signals.v();
        this.adjoints = adjoints;
        this.errors = errors;
    }

    static OutputJacobian of(ImplicitLoss.State state, Signals signals, Curvature curvature) {
        Matrix c = state.weights().c();
        List<Matrix> errors = IntStream.range(0, c.rows())
                .mapToObj(
                        k -> curvature.factorTimes(unit(c.rows(), k, signals.x().cols())))
                .toList();
        List<Matrix> adjoints = errors.stream()
                .map(e -> state.equilibrium().adjoints(Lapack.transposeTimes(c, e)))
                .toList();
        return new OutputJacobian(signals, adjoints, errors);
    }

    private static Matrix unit(int outputs, int k, int samples) {
        Matrix unit = Matrix.zeros(outputs, samples);
        for (int j = 0; j < samples; j++) {
            unit.set(k, j, 1);
        }
        return unit;
    }

    int samples() {
        return x.cols();
    }

    int outputs() {
        return errors.size();
    }

    @Override
    public Matrix times(Matrix m) {
        ImplicitWeights change = new ModelMatrix(x.rows(), m).weights(v.rows());
        Matrix inStates = change.weighted(x, u);
        Matrix inOutputs = change.output(x, v);
        Matrix product = Matrix.zeros(outputs(), samples());
        for (int k = 0; k < outputs(); k++) {
            for (int j = 0; j < samples(); j++) {
                product.set(k, j, dot(adjoints.get(k), inStates, j) + dot(errors.get(k), inOutputs, j));
            }
        }
        return product;
    }

    private static double dot(Matrix a, Matrix b, int column) {
        double sum = 0;
        for (int i = column * a.rows(); i < (column + 1) * a.rows(); i++) {
            sum += a.values()[i] * b.values()[i];
        }
        return sum;
    }

    @Override
    public Matrix transposeTimes(Matrix t) {
        return signals.outer(weighted(adjoints, t), weighted(errors, t));
    }

    private static Matrix weighted(List<Matrix> sensitivities, Matrix t) {
        Matrix sum = Matrix.zeros(sensitivities.get(0).rows(), t.cols());
        for (int k = 0; k < t.rows(); k++) {
            double[] values = sensitivities.get(k).values();
            for (int i = 0; i < values.length; i++) {
                sum.values()[i] += values[i] * t.get(k, i / sum.rows());
            }
        }
        return sum;
    }

    @Override
    public Matrix squares() {
        return signals.squared().outer(sumOfSquares(adjoints), sumOfSquares(errors));
    }

    private static Matrix sumOfSquares(List<Matrix> sensitivities) {
        return sensitivities.stream()
                .map(Matrix::squared)
                .reduce((a, b) -> a.plus(1, b))
                .orElseThrow();
    }

    /** JᵀR of some samples, column by column in the order of the entries of M, output after output: [entries, q(to − from)]. */
    Matrix transposed(int from, int to) {
        int q = outputs();
        int rows = x.rows() + q;
        int size = rows * (x.rows() + u.rows());
        Matrix columns = Matrix.zeros(size, q * (to - from));
        int direct = x.rows() + u.rows() - v.rows();
        for (int j = from; j < to; j++) {
            for (int k = 0; k < q; k++) {
                int at = ((j - from) * q + k) * size;
                writeOuter(adjoints.get(k), x, j, columns.values(), at, rows);
                writeOuter(adjoints.get(k), u, j, columns.values(), at + x.rows() * rows, rows);
                writeOuter(errors.get(k), x, j, columns.values(), at + x.rows(), rows);
                writeOuter(errors.get(k), v, j, columns.values(), at + x.rows() + direct * rows, rows);
            }
        }
        return columns;
    }

    private static void writeOuter(Matrix a, Matrix b, int sample, double[] to, int at, int stride) {
        for (int j = 0; j < b.rows(); j++) {
            for (int i = 0; i < a.rows(); i++) {
                to[at + j * stride + i] = a.get(i, sample) * b.get(j, sample);
            }
        }
    }

    /**
     * RᵀJD⁻¹JᵀR for D = diag(d): of samples s, t and outputs k, l it is w_kᵀw_l(xᵀD⁻¹x + uᵀD⁻¹u) + e_kᵀe_l(xᵀD⁻¹x + vᵀD⁻¹v).
     * Ordered as the entries of [q, m]; the upper triangle is filled.
     *
     * @param d of the columns of M
     */
    Matrix gram(double[] d) {
        Matrix ofStates = gramOf(scaled(x, d, 0));
        Matrix ofInputs = gramOf(scaled(u, d, x.rows())).add(1, ofStates);
        Matrix ofDirect = gramOf(scaled(v, d, d.length - v.rows())).add(1, ofStates);
        Matrix gram = Matrix.zeros(outputs() * samples(), outputs() * samples());
        addProducts(gram, adjoints, ofInputs);
        addProducts(gram, errors, ofDirect);
        return gram;
    }

    private static Matrix gramOf(Matrix signals) {
        return Lapack.transposeTimes(signals, signals);
    }

    /**
     * F for which RᵀJNJᵀR = RᵀJD⁻¹JᵀR − FFᵀ, with the inverse N of D over the directions that some faces leave: for every
     * direction z that a row i loses a column of the entries w_i zᵀD^−½x.
     *
     * @param d of the columns of M
     */
    Matrix lost(RowFaces faces, double[] d) {
        Matrix scaled = scaled(x, d, 0);
        List<Matrix> columns = new ArrayList<>();
        for (int i : faces.rows()) {
            Matrix along = Lapack.times(faces.lost(i, d), scaled);
            for (int r = 0; r < along.rows(); r++) {
                columns.add(weightedBy(along.part(r, r + 1, 0, samples()), i));
            }
        }
        Matrix lost = Matrix.zeros(outputs() * samples(), columns.size());
        for (int j = 0; j < columns.size(); j++) {
            lost.write(columns.get(j), 0, j);
        }
        return lost;
    }

    private Matrix weightedBy(Matrix signal, int state) {
        Matrix column = Matrix.zeros(outputs() * samples(), 1);
        for (int j = 0; j < samples(); j++) {
            for (int k = 0; k < outputs(); k++) {
                column.set(j * outputs() + k, 0, adjoints.get(k).get(state, j) * signal.get(0, j));
            }
        }
        return column;
    }

    /** Adds a_kᵀa_l · g for each two outputs, and for samples in the upper triangle. */
    private void addProducts(Matrix gram, List<Matrix> a, Matrix g) {
        int q = outputs();
        for (int k = 0; k < q; k++) {
            for (int l = 0; l < q; l++) {
                double[] products = Lapack.transposeTimes(a.get(k), a.get(l)).values();
                for (int j = 0; j < samples(); j++) {
                    int at = j * samples();
                    int to = k + (l + j * q) * gram.rows();
                    for (int i = 0; i <= j; i++, at++, to += q) {
                        gram.values()[to] += products[at] * g.values()[at];
                    }
                }
            }
        }
    }

    private static Matrix scaled(Matrix signals, double[] d, int first) {
        Matrix scaled = signals.copy();
        for (int i = 0; i < scaled.values().length; i++) {
            scaled.values()[i] /= Math.sqrt(d[first + i % scaled.rows()]);
        }
        return scaled;
    }
}
