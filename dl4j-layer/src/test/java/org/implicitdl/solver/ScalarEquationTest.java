package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.wellposed.Phi;
import org.junit.jupiter.api.Test;

class ScalarEquationTest {

    @Test
    void theRootIsExactToRounding() {
        Random random = new Random(31);
        List<FenchelActivation> maps =
                List.of(Phi.relu(), Phi.leakyRelu(0.1), Phi.identity(), Phi.tanh(), Phi.sigmoid(), Phi.steepTanh());
        for (int trial = 0; trial < 5000; trial++) {
            FenchelActivation phi = maps.get(trial % maps.size());
            double a = trial % 2 == 0
                    ? -Math.exp(5 * random.nextGaussian())
                    : 0.999 * random.nextDouble() / phi.lipschitz();
            double c = random.nextGaussian() * Math.exp(5 * random.nextGaussian());
            double z = new ScalarEquation(phi, a).solve(c);
            double residual = z - a * phi.value(z) - c;
            double size = Math.abs(z) + Math.abs(a * phi.value(z)) + Math.abs(c);
            // The slope of z − aφ(z) times the spacing of z adds to the rounding of the terms.
            double slope = 1 + Math.abs(a) * phi.lipschitz();
            assertThat(Math.abs(residual))
                    .as("%s, a = %s, c = %s", phi, a, c)
                    .isLessThanOrEqualTo(8 * 0x1p-53 * (size + slope * Math.abs(z)) + 0x1p-1000);
        }
    }

    @Test
    void theClosedFormOfThePaperHoldsForRelu() {
        FenchelActivation relu = Phi.relu();
        for (double a : new double[] {-5, -0.5, 0, 0.5, 0.99}) {
            for (double b : new double[] {-3, 0, 2}) {
                double x = relu.value(new ScalarEquation(relu, a).solve(b));
                assertThat(x).isEqualTo(Math.max(b, 0) / (1 - a));
            }
        }
    }
}
