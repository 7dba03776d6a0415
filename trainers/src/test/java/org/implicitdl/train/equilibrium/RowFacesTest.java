package org.implicitdl.train.equilibrium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.penalty.L1Ball;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class RowFacesTest {
    private static final int N = 5;
    private static final double KAPPA = 0.7;

    /** Rows on the border, with zeros as the projection leaves them, and the last one inside. */
    private static Matrix onTheBorder(Random random) {
        Matrix a = L1Ball.ofRows(KAPPA).prox(Randoms.gaussian(N, N, 1, random), 1);
        for (int j = 0; j < N; j++) {
            a.set(N - 1, j, 0.5 * a.get(N - 1, j));
        }
        return a;
    }

    /** What the projection of a gradient step does per length, for a length that changes no sign. */
    @RepeatedTest(50)
    void theProjectedGradientIsTheLimitOfProjectedSteps(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Matrix a = onTheBorder(random);
        Matrix gradient = Randoms.gaussian(N + 2, N + 3, 1, random);
        double length = 1e-7;

        Matrix projected = RowFaces.of(a, gradient, KAPPA).projection(gradient);

        Matrix step = L1Ball.ofRows(KAPPA).prox(a.plus(-length, gradient.part(0, N, 0, N)), 1);
        double[] expected = a.plus(-1, step).values();
        for (int i = 0; i < expected.length; i++) {
            expected[i] /= length;
        }
        assertThat(projected.part(0, N, 0, N).values()).containsExactly(expected, within(1e-6));
        assertThat(projected.part(N, N + 2, 0, N + 3)).isEqualTo(gradient.part(N, N + 2, 0, N + 3));
        assertThat(projected.part(0, N, N, N + 3)).isEqualTo(gradient.part(0, N, N, N + 3));
    }

    /** ⟨V, M − DNM⟩ = 0 for all V of the directions, to which NM belongs; and what is lost to it is the rest of ⟨M, D⁻¹M⟩. */
    @RepeatedTest(20)
    void theInverseIsThatOverTheDirections(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Matrix a = onTheBorder(random);
        Matrix gradient = Randoms.gaussian(N, N, 1, random);
        RowFaces faces = RowFaces.of(a, gradient, KAPPA);
        double[] d = random.doubles(N, 0.5, 2).toArray();
        Matrix diagonal = DampedSystem.ofColumns(d, N);
        Matrix m = Randoms.gaussian(N, N, 1, random);

        Matrix inverse = faces.inverse(m, diagonal);

        Matrix rest = m.copy();
        for (int i = 0; i < rest.values().length; i++) {
            rest.values()[i] -= diagonal.values()[i] * inverse.values()[i];
        }
        assertThat(faces.projection(rest).maxAbs()).isLessThan(1e-12);
        assertThat(faces.projection(inverse).plus(-1, inverse).maxAbs()).isLessThan(1e-12);
        for (int i : faces.rows()) {
            double[] row = m.part(i, i + 1, 0, N).values();
            Matrix scaled = Matrix.zeros(N, 1);
            Arrays.setAll(scaled.values(), j -> row[j] / Math.sqrt(d[j]));
            Matrix lost = Lapack.times(faces.lost(i, d), scaled);
            double expected = m.part(i, i + 1, 0, N).dot(inverse.part(i, i + 1, 0, N));
            assertThat(scaled.dot(scaled) - lost.dot(lost)).isCloseTo(expected, within(1e-12));
        }
    }
}
