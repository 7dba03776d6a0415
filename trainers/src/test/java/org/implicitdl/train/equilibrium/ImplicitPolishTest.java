package org.implicitdl.train.equilibrium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.L1Ball;
import org.junit.jupiter.api.Test;

class ImplicitPolishTest {
    private static final double[] WEIGHTS = {0.1, 0.1, 0.1, 0.3, 0.4, 0.5, 0.6};

    /** (JᵀJ + diag(w) + μI)⁻¹g through J itself, column by column. */
    @Test
    void stepsByAllWaysSolveTheDenseSystem() {
        ImplicitLossTest.Problem problem = ImplicitLossTest.Problem.random(Activations.tanh(), 4, 0.6, 4);
        ImplicitLoss.LossPoint point = problem.loss().at(problem.weights().m());
        PredictionJacobian jacobian = point.byAdjoints(new BitSet());
        int rows = point.w().rows();
        int size = point.w().values().length;
        Matrix hessian = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            Matrix unit = Matrix.zeros(rows, point.w().cols());
            unit.values()[i] = 1;
            double[] column = jacobian.transposeTimes(jacobian.times(unit)).values();
            System.arraycopy(column, 0, hessian.values(), i * size, size);
            hessian.set(i, i, hessian.get(i, i) + WEIGHTS[i / rows] + 0.02);
        }
        Matrix right = new Matrix(size, 1, point.gradient().values());
        double[] expected = Lapack.cholesky(hessian).orElseThrow().solve(right).values();
        double[] direct = new ImplicitSystem(jacobian, WEIGHTS, point.gradient(), 1000)
                .step(0.02)
                .orElseThrow();
        double[] iterative = new ImplicitSystem(jacobian, WEIGHTS, point.gradient(), 0)
                .step(0.02)
                .orElseThrow();
        double[] linearized = new ImplicitSystem(point.linearized(new BitSet()), WEIGHTS, point.gradient(), 1000)
                .step(0.02)
                .orElseThrow();
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(direct).containsExactly(expected, within(1e-10 * largest));
        assertThat(iterative).containsExactly(expected, within(1e-2 * largest));
        assertThat(linearized).containsExactly(expected, within(1e-2 * largest));
    }

    @Test
    void weightsThatMadeTheDataAreFoundAgainFromNearBy() {
        for (int direct : new int[] {ImplicitSystem.DIRECT, 0}) {
            ModelMatrix truth = truth(3);
            TrainingSet data = data(truth, 60, 3);
            Matrix near = truth.m().copy();
            Random random = new Random(8);
            Arrays.setAll(near.values(), i -> near.values()[i] + 0.05 * random.nextGaussian());
            ImplicitLoss loss = new ImplicitLoss(3, Activations.tanh(), data);
            ModelMatrix found =
                    new ImplicitPolish(0.9, 0, direct).fit(loss, new ModelMatrix(3, near), new double[7], 200);
            assertThat(loss.at(near).value()).isGreaterThan(1e-2);
            assertThat(loss.at(found.m()).value()).as("direct %d", direct).isLessThan(1e-12);
        }
    }

    /** The adjoints of 300 outputs for 400 samples would take more memory than they may. */
    @Test
    void modelsOfManyOutputsArePolishedInTheMemoryOfTheStates() {
        Random random = new Random(5);
        Matrix a = L1Ball.ofRows(0.5).prox(Randoms.gaussian(2, 2, 1, random), 1);
        ModelMatrix truth = ModelMatrix.of(
                a,
                Randoms.gaussian(2, 4, 0.5, random),
                Randoms.gaussian(300, 2, 1, random),
                Randoms.gaussian(300, 4, 1, random));
        ImplicitLoss loss = new ImplicitLoss(2, Activations.tanh(), data(truth, 400, 5));
        Matrix near = truth.m().plus(0.05, Randoms.gaussian(302, 6, 1, random));
        assertThat(loss.at(near).jacobian(new BitSet())).isInstanceOf(LinearizedJacobian.class);
        ModelMatrix found = ImplicitPolish.withRadius(0.9).fit(loss, new ModelMatrix(2, near), new double[6], 8);
        assertThat(loss.at(found.m()).value()).isLessThan(1e-6 * loss.at(near).value());
    }

    @Test
    void theConstraintHoldsAndTheObjectiveNeverRises() {
        for (int seed = 0; seed < 5; seed++) {
            ImplicitLossTest.Problem problem = ImplicitLossTest.Problem.random(Activations.relu(), 4, 0.5, seed);
            double before = objective(problem, problem.weights());
            for (int steps : new int[] {1, 5, 30}) {
                ModelMatrix polished =
                        ImplicitPolish.withRadius(0.5).fit(problem.loss(), problem.weights(), WEIGHTS, steps);
                double after = objective(problem, polished);
                assertThat(after).as("seed %d", seed).isLessThanOrEqualTo(before);
                assertThat(L1Ball.ofRows(0.5).value(polished.a())).isZero();
                before = after;
            }
        }
    }

    @Test
    void badArgumentsAreRefused() {
        ImplicitLossTest.Problem problem = ImplicitLossTest.Problem.random(Activations.relu(), 4, 0.5, 1);
        assertThatThrownBy(() -> ImplicitPolish.withRadius(0)).hasMessageContaining("radius κ must be positive");
        assertThatThrownBy(
                        () -> ImplicitPolish.withRadius(0.5).fit(problem.loss(), problem.weights(), new double[3], 5))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("there are 3");
    }

    private static double objective(ImplicitLossTest.Problem problem, ModelMatrix weights) {
        double value = problem.loss().at(weights.m()).value();
        for (int i = 0; i < weights.m().values().length; i++) {
            double entry = weights.m().values()[i];
            value += 0.5 * WEIGHTS[i / weights.m().rows()] * entry * entry;
        }
        return value;
    }

    private static ModelMatrix truth(int n) {
        Random random = new Random(7);
        Matrix a = L1Ball.ofRows(0.5).prox(Randoms.gaussian(n, n, 1, random), 1);
        return ModelMatrix.of(
                a,
                Randoms.gaussian(n, 4, 0.5, random),
                Randoms.gaussian(2, n, 1, random),
                Randoms.gaussian(2, 4, 1, random));
    }

    private static TrainingSet data(ModelMatrix truth, int samples, long seed) {
        Matrix u = Randoms.gaussian(truth.inputs(), samples, 1, new Random(seed + 100));
        return new TrainingSet(
                u, ImplicitLoss.predict(truth, Activations.tanh(), u).orElseThrow());
    }
}
