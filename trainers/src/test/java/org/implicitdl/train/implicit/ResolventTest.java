package org.implicitdl.train.implicit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResolventTest {
    private static final double[][] LAMBDA_AND_MU = {
        {0.05, 5}, {0.1, 0.1}, {1, 1}, {0.001, 0.01}, {0.01, 1}, {0.001, 1}, {1, 100}, {100, 0.01}, {1e-6, 1e3}
    };

    static Stream<FenchelActivation> activations() {
        return Activations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyPullIsSolvedForFromAnyGuess(FenchelActivation phi) {
        Random random = new Random(1);
        for (double[] pair : LAMBDA_AND_MU) {
            Resolvent resolvent = new Resolvent(phi, Relaxation.of(pair[0], pair[1]));
            for (int draw = 0; draw < 3000; draw++) {
                double pull = 2 * pair[1] * random.nextGaussian() + 3 * pair[0] * random.nextGaussian();
                double guess = random.nextGaussian() * Math.pow(10, random.nextInt(7) - 1);

                double v = resolvent.solve(0, pull, guess);

                double size = pair[0] * Math.abs(v) + pair[1] * Math.abs(phi.value(v)) + Math.abs(pull);
                assertThat(Math.abs(pair[0] * v + pair[1] * phi.value(v) - pull))
                        .as("λ = %s, μ = %s, pull %s, guess %s, v %s", pair[0], pair[1], pull, guess, v)
                        .isLessThanOrEqualTo(1e-14 * size);
            }
        }
    }

    /** At such states Newton's steps lead from one saturated side to the other and back. */
    @Test
    void newtonsStepsBetweenSaturatedStatesDoNotCycle() {
        FenchelActivation tanh = Activations.tanh();

        double v = new Resolvent(tanh, Relaxation.of(0.05, 5)).solve(0, 4.93296433238586, -41.646332854924914);

        // 4.93296433238586 is between 0.05 · 2 + 5 tanh 2 = 4.920… and 0.05 · 2.1 + 5 tanh 2.1 = 4.957….
        assertThat(v).isBetween(2.0, 2.1);
    }

    @Test
    void aPullThatIsNoNumberHasNoSolution() {
        Resolvent resolvent = new Resolvent(Activations.tanh(), Relaxation.of(1, 1));

        assertThat(resolvent.solve(0, Double.NaN, 0)).isNaN();
        assertThat(resolvent.solve(0, Double.POSITIVE_INFINITY, 0)).isNaN();
    }
}
