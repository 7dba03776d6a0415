package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreconditionedDescentTest {

    static List<Link> links() {
        return Randoms.links();
    }

    @ParameterizedTest
    @MethodSource("links")
    void objectiveNeverRisesFromStepToStep(Link link) {
        WeightsFixture problem = WeightsFixture.random(link, 3, 6, 50, 1e-6, new Random(1));
        double last = problem.objective(problem.layer().weights());
        double first = last;
        for (int steps = 1; steps <= 40; steps++) {
            double next = problem.objective(descend(problem, steps));
            assertThat(next).as("after %s steps", steps).isLessThanOrEqualTo(last + 1e-12 * Math.abs(last));
            last = next;
        }
        assertThat(last).isLessThan(first);
    }

    @ParameterizedTest
    @MethodSource("links")
    void minimizerIsThatOfNewtonsMethod(Link link) {
        WeightsFixture problem = WeightsFixture.random(link, 3, 4, 40, 0.1, new Random(2));
        Matrix expected = link instanceof ComponentwiseLink componentwise
                ? new RowNewton(componentwise.activation(), 0.1, 1e-11)
                        .minimize(problem.layer().weights(), problem.s(), problem.target())
                : new SoftmaxNewton(0.1, 1e-11).minimize(problem.layer(), problem.s(), problem.target());
        Matrix found = descend(problem, 3000);
        for (int i = 0; i < found.values().length; i++) {
            assertThat(found.values()[i]).isCloseTo(expected.values()[i], within(1e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("links")
    void fewerSamplesThanColumnsAreNoObstacle(Link link) {
        WeightsFixture problem = WeightsFixture.random(link, 2, 9, 4, 0, new Random(3));
        double before = problem.objective(problem.layer().weights());
        assertThat(problem.objective(descend(problem, 20))).isLessThan(before);
    }

    private static Matrix descend(WeightsFixture problem, int steps) {
        return new PreconditionedDescent(problem.ridge(), 1e-10, steps)
                .minimize(problem.layer(), problem.s(), problem.target());
    }
}
