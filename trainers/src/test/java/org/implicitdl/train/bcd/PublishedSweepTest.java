package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.feedforward.TrainingSet;
import org.junit.jupiter.api.Test;

/** The published method against a literal transcription with plain loops, for tanh, one hidden layer and no bias. */
class PublishedSweepTest {
    private static final Link SQUARED = new ComponentwiseLink(Activations.identity());
    private static final int P = 4;
    private static final int N = 3;
    private static final int Q = 2;
    private static final int M = 15;

    private double[][] u;
    private double[][] y;
    private double[][] w0;
    private double[][] w1;
    private double[][] x;

    @Test
    void twoSweepsAreThoseOfTheTranscription() {
        for (double epsilon : new double[] {1e-3, 1e-1}) {
            Random random = new Random(1);
            FeedforwardModel model = Randoms.model(Activations.tanh(), SQUARED, false, 0.7, random, P, N, Q);
            TrainingSet data = new TrainingSet(Randoms.gaussian(P, M, 1, random), Randoms.gaussian(Q, M, 0.5, random));
            u = rows(data.u());
            y = rows(data.y());
            w0 = rows(model.layer(0).weights());
            w1 = rows(model.layer(1).weights());
            x = apply(product(w0, u));

            BlockCoordinateDescent.Run run = BlockCoordinateDescent.published()
                    .withEpsilon(EpsilonSchedule.constant(epsilon))
                    .start(model, data);
            for (int sweep = 0; sweep < 2; sweep++) {
                run.sweep();
                transcribedSweep(epsilon);
                requireSame(run.model().layer(1).weights(), w1);
                requireSame(run.model().layer(0).weights(), w0);
            }
        }
    }

    @Test
    void activationsThatAreNotStrictlyIncreasingAndOtherLossesAreRefused() {
        Random random = new Random(2);
        for (FenchelActivation phi : List.of(Activations.relu(), Activations.hardTanh())) {
            FeedforwardModel model = Randoms.model(phi, SQUARED, true, 1, random, P, N, Q);
            TrainingSet data = Randoms.data(model, M, random);
            assertThatThrownBy(() -> BlockCoordinateDescent.published().start(model, data))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("layer 0")
                    .hasMessageContaining(phi.toString())
                    .hasMessageContaining("exact()");
        }
        FeedforwardModel entropy = Randoms.model(Activations.tanh(), new SoftmaxLink(), true, 1, random, P, N, Q);
        TrainingSet data = Randoms.data(entropy, M, random);
        assertThatThrownBy(() -> BlockCoordinateDescent.published().start(entropy, data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("softmax")
                .hasMessageContaining("squared loss");
    }

    private void transcribedSweep(double epsilon) {
        w1 = regularizedLeastSquares();
        newtonOnStates(epsilon);
        gradientOnWeights();
    }

    /** (YXᵀ)(XXᵀ + 1e-6 I)⁻¹. */
    private double[][] regularizedLeastSquares() {
        Matrix gram = Matrix.zeros(N, N);
        Matrix cross = Matrix.zeros(N, Q);
        for (int j = 0; j < M; j++) {
            for (int a = 0; a < N; a++) {
                for (int b = 0; b < N; b++) {
                    gram.set(a, b, gram.get(a, b) + x[a][j] * x[b][j]);
                }
                for (int i = 0; i < Q; i++) {
                    cross.set(a, i, cross.get(a, i) + x[a][j] * y[i][j]);
                }
            }
        }
        for (int a = 0; a < N; a++) {
            gram.set(a, a, gram.get(a, a) + 1e-6);
        }
        return rows(Lapack.leastSquares(gram, cross).transpose());
    }

    private void newtonOnStates(double epsilon) {
        double[][] z = product(w0, u);
        x = apply(z);
        for (int round = 0; round < 99; round++) {
            double largest = 0;
            for (int j = 0; j < M; j++) {
                double[] error = new double[Q];
                for (int i = 0; i < Q; i++) {
                    error[i] = -y[i][j];
                    for (int a = 0; a < N; a++) {
                        error[i] += w1[i][a] * x[a][j];
                    }
                }
                Matrix gradient = Matrix.zeros(N, 1);
                Matrix hessian = Matrix.zeros(N, N);
                double norm = 0;
                for (int a = 0; a < N; a++) {
                    double g = epsilon * (0.5 * Math.log((1 + x[a][j]) / (1 - x[a][j])) - z[a][j]);
                    for (int i = 0; i < Q; i++) {
                        g += w1[i][a] * error[i];
                    }
                    gradient.set(a, 0, g);
                    norm += g * g;
                    for (int b = 0; b < N; b++) {
                        double h = a == b ? epsilon / (1 - x[a][j] * x[a][j]) : 0;
                        for (int i = 0; i < Q; i++) {
                            h += w1[i][a] * w1[i][b];
                        }
                        hessian.set(a, b, h);
                    }
                }
                Matrix step = Lapack.leastSquares(hessian, gradient);
                for (int a = 0; a < N; a++) {
                    x[a][j] = Math.max(-1 + 1e-9, Math.min(1 - 1e-9, x[a][j] - 0.3 * step.get(a, 0)));
                }
                largest = Math.max(largest, Math.sqrt(norm));
            }
            if (largest <= 1e-5) {
                return;
            }
        }
    }

    private void gradientOnWeights() {
        double norm = 0;
        for (double[] row : u) {
            for (double value : row) {
                norm += value * value;
            }
        }
        double value = 0;
        double before = 1;
        for (int step = 0; step < 1000 && Math.abs(value - before) > 1e-5; step++) {
            double[][] z = product(w0, u);
            double[][] moved = new double[N][P];
            for (int a = 0; a < N; a++) {
                for (int b = 0; b < P; b++) {
                    double g = 0;
                    for (int j = 0; j < M; j++) {
                        g += (Math.tanh(z[a][j]) - x[a][j]) * u[b][j];
                    }
                    moved[a][b] = w0[a][b] - g / norm;
                }
            }
            w0 = moved;
            z = product(w0, u);
            before = value;
            value = 0;
            for (int a = 0; a < N; a++) {
                for (int j = 0; j < M; j++) {
                    double state = x[a][j];
                    value += ((1 + state) * Math.log(1 + state) + (1 - state) * Math.log(1 - state)) / 2
                            + Math.log(Math.cosh(z[a][j]))
                            - state * z[a][j];
                }
            }
            value /= M;
        }
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int l = 0; l < b.length; l++) {
                    c[i][j] += a[i][l] * b[l][j];
                }
            }
        }
        return c;
    }

    private static double[][] apply(double[][] z) {
        double[][] result = new double[z.length][z[0].length];
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < z[0].length; j++) {
                result[i][j] = Math.tanh(z[i][j]);
            }
        }
        return result;
    }

    private static double[][] rows(Matrix matrix) {
        double[][] rows = new double[matrix.rows()][matrix.cols()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                rows[i][j] = matrix.get(i, j);
            }
        }
        return rows;
    }

    private static void requireSame(Matrix found, double[][] expected) {
        for (int i = 0; i < found.rows(); i++) {
            for (int j = 0; j < found.cols(); j++) {
                assertThat(found.get(i, j)).isCloseTo(expected[i][j], within(1e-10));
            }
        }
    }
}
