package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxNewtonTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 1e-3, 1})
    void gradientVanishesAndObjectiveFalls(double ridge) {
        for (int seed = 0; seed < 10; seed++) {
            requireMinimum(WeightsFixture.random(new SoftmaxLink(), 3, 4, 50, ridge, new Random(seed)));
        }
    }

    @Test
    void gradientVanishesFromStartsFarAway() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            WeightsFixture near = WeightsFixture.random(new SoftmaxLink(), 3, 4, 50, 1e-6, random);
            FeedforwardLayer far = near.layer().withWeights(Randoms.gaussian(3, 4, 100, random));
            requireMinimum(new WeightsFixture(far, near.s(), near.target(), 1e-6));
        }
    }

    @Test
    void withoutRidgeTheSingularHessianIsNoObstacle() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Matrix s = Randoms.gaussian(3, 60, 1, random);
            Matrix target = Matrix.zeros(3, 60);
            SoftmaxLink link = new SoftmaxLink();
            Matrix logits = Randoms.gaussian(3, 60, 1, random);
            for (int j = 0; j < 60; j++) {
                link.values(logits.values(), target.values(), j * 3, 3);
            }
            FeedforwardLayer layer = Randoms.layer(3, 3, false, link, 1, random);
            requireMinimum(new WeightsFixture(layer, s, target, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 1e-6, 1e-3})
    void separableClassesGetFiniteWeightsByTheRidge(double ridge) {
        Random random = new Random(6);
        Matrix s = Randoms.gaussian(3, 60, 1, random);
        Matrix target = Matrix.zeros(2, 60);
        for (int j = 0; j < 60; j++) {
            s.set(2, j, 1);
            target.set(s.get(0, j) > 0 ? 0 : 1, j, 1);
        }
        WeightsFixture problem =
                new WeightsFixture(Randoms.layer(3, 2, false, new SoftmaxLink(), 1, random), s, target, ridge);
        Matrix found = requireMinimum(problem);
        for (int j = 0; j < 60; j++) {
            double margin = 0;
            for (int i = 0; i < 3; i++) {
                margin += (found.get(0, i) - found.get(1, i)) * s.get(i, j);
            }
            assertThat(margin * s.get(0, j)).isPositive();
        }
    }

    private static Matrix requireMinimum(WeightsFixture problem) {
        Matrix found =
                new SoftmaxNewton(problem.ridge(), 1e-10).minimize(problem.layer(), problem.s(), problem.target());
        assertThat(problem.violation(found)).isLessThanOrEqualTo(1e-9);
        assertThat(problem.objective(found))
                .isLessThanOrEqualTo(problem.objective(problem.layer().weights()));
        return found;
    }
}
