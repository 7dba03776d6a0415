package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Below the squared loss the state step of ReLU is a nonnegative least squares problem, that of hard tanh one on a box:
 * min ½k‖x − z‖² + ½‖Wx + b − y‖². The reference tries all sets of components at their bounds.
 */
class BoxConstrainedStateTest {
    private static final int SAMPLES = 10;

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-1, 1e-2, 1e-3})
    void reluStateIsTheNonnegativeLeastSquaresSolution(double ratio) {
        requireAgreement(Activations.relu(), 8, 8, ratio);
        requireAgreement(Activations.relu(), 8, 3, ratio);
        requireAgreement(Activations.relu(), 4, 9, ratio);
        requireAgreement(Activations.relu(), 1, 2, ratio);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-1, 1e-2, 1e-3})
    void hardTanhStateIsTheLeastSquaresSolutionInTheBox(double ratio) {
        requireAgreement(Activations.hardTanh(), 5, 5, ratio);
        requireAgreement(Activations.hardTanh(), 6, 2, ratio);
        requireAgreement(Activations.hardTanh(), 3, 7, ratio);
        requireAgreement(Activations.hardTanh(), 1, 1, ratio);
    }

    private static void requireAgreement(FenchelActivation phi, int n, int q, double ratio) {
        StateProblem problem = StateProblem.random(
                phi, new ComponentwiseLink(Activations.identity()), n, q, 2, ratio, SAMPLES, new Random(3L * n + q));
        Matrix v = problem.step(1e-13).solve(problem.z(), problem.target());
        for (int j = 0; j < SAMPLES; j++) {
            double[] expected = reference(problem, j);
            for (int i = 0; i < n; i++) {
                assertThat(v.get(i, j))
                        .as("sizes %s, %s, sample %s, component %s", n, q, j, i)
                        .isCloseTo(expected[i], within(1e-10 * Math.max(1, Math.abs(expected[i]))));
            }
        }
    }

    /** The feasible minimizer of least objective over all faces of the box. */
    private static double[] reference(StateProblem problem, int sample) {
        double[] best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double[] face : faces(problem.phi(), problem.states())) {
            double[] x = minimizerOn(face, problem, sample);
            boolean feasible = true;
            for (double value : x) {
                feasible &= value == problem.phi().projectToRange(value);
            }
            Matrix column = Matrix.zeros(x.length, sample + 1);
            System.arraycopy(x, 0, column.values(), sample * x.length, x.length);
            if (feasible && problem.objective(column, sample) < least) {
                least = problem.objective(column, sample);
                best = x;
            }
        }
        return best;
    }

    /** Each component at one of its finite bounds, or free (NaN). */
    private static List<double[]> faces(FenchelActivation phi, int n) {
        List<double[]> faces = new ArrayList<>();
        faces.add(new double[0]);
        for (int i = 0; i < n; i++) {
            List<double[]> longer = new ArrayList<>();
            for (double[] face : faces) {
                for (double choice : new double[] {Double.NaN, phi.lowerBound(), phi.upperBound()}) {
                    if (!Double.isInfinite(choice)) {
                        double[] extended = Arrays.copyOf(face, i + 1);
                        extended[i] = choice;
                        longer.add(extended);
                    }
                }
            }
            faces = longer;
        }
        return faces;
    }

    /** The stationary point of the free components: (kI + W_FᵀW_F)x_F = kz_F + W_Fᵀ(y − b − W_B x_B). */
    private static double[] minimizerOn(double[] face, StateProblem problem, int sample) {
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < face.length; i++) {
            if (Double.isNaN(face[i])) {
                free.add(i);
            }
        }
        if (free.isEmpty()) {
            return face;
        }
        Matrix w = problem.next().weights();
        int q = w.rows();
        double[] rest = problem.next().bias();
        for (int a = 0; a < q; a++) {
            rest[a] = problem.target().get(a, sample) - rest[a];
            for (int i = 0; i < face.length; i++) {
                rest[a] -= Double.isNaN(face[i]) ? 0 : w.get(a, i) * face[i];
            }
        }
        Matrix columns = Matrix.zeros(q, free.size());
        for (int f = 0; f < free.size(); f++) {
            for (int a = 0; a < q; a++) {
                columns.set(a, f, w.get(a, free.get(f)));
            }
        }
        Matrix normal = Lapack.transposeTimes(columns, columns).addToDiagonal(problem.ratio());
        Matrix right = Lapack.transposeTimes(columns, new Matrix(q, 1, rest));
        for (int f = 0; f < free.size(); f++) {
            right.values()[f] += problem.ratio() * problem.z().get(free.get(f), sample);
        }
        double[] solution = Lapack.cholesky(normal).orElseThrow().solve(right).values();
        double[] x = face.clone();
        for (int f = 0; f < free.size(); f++) {
            x[free.get(f)] = solution[f];
        }
        return x;
    }
}
