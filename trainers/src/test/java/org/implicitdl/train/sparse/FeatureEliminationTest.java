package org.implicitdl.train.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.equilibrium.ImplicitLoss;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.L1Ball;
import org.junit.jupiter.api.Test;

class FeatureEliminationTest {

    /** Two of twenty inputs act, through two states. */
    @Test
    void eliminationKeepsTheInputsThatMadeTheData() {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            Matrix b = Randoms.gaussian(3, 20, 1, random);
            for (int j = 0; j < 20; j++) {
                for (int i = 0; i < 3; i++) {
                    b.set(i, j, j == 4 || j == 11 ? b.get(i, j) : 0);
                }
            }
            Matrix a = L1Ball.ofRows(0.5).prox(Randoms.gaussian(3, 3, 1, random), 1);
            ModelMatrix truth = ModelMatrix.of(a, b, Randoms.gaussian(1, 3, 1, random), Matrix.zeros(1, 20));
            Matrix u = Randoms.gaussian(20, 120, 1, new Random(seed + 100));
            TrainingSet data = new TrainingSet(
                    u, ImplicitLoss.predict(truth, Activations.tanh(), u).orElseThrow());
            FeatureElimination.Stage stage =
                    FeatureElimination.withRadius(0.5).withPenalty(20).select(2, Activations.tanh(), data, seed);
            assertThat(stage.inputs()).as("seed %d", seed).isEqualTo(List.of(4, 11));
            ModelMatrix all = stage.over(20);
            assertThat(all.inputs()).isEqualTo(20);
            assertThat(Arrays.stream(all.inputNorms()).filter(norm -> norm > 0)).hasSize(2);
            assertThat(L1Ball.ofRows(0.5).value(all.a())).isZero();
        }
    }

    @Test
    void badSettingsOfTheEliminationAreRefused() {
        assertThatThrownBy(() -> new FeatureElimination(0.5, 0, 1, 1, 0)).hasMessageContaining("must be positive");
    }
}
