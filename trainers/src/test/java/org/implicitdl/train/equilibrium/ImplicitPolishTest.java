package org.implicitdl.train.equilibrium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.equilibrium.RandomModel.Kind;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImplicitPolishTest {
    private static final double DAMPING = 0.02;
    private static final double[] WEIGHTS = {0.1, 0.1, 0.1, 0.3, 0.4, 0.5, 0.6};

    /** At the minimum of the quadratic over the directions of the faces its gradient is orthogonal to them. */
    @ParameterizedTest
    @EnumSource
    void stepsByAllWaysSolveTheDenseSystem(Kind kind) {
        RandomModel model = RandomModel.of(kind, Activations.tanh(), 4, 0.6, 4);
        ImplicitLoss.LossPoint point = model.point();
        RowFaces along = RowFaces.of(model.weights().a(), point.gradient(), 0.6);
        RowFaces free = RowFaces.of(model.weights().a(), point.gradient(), 10);
        assertThat(along.isEmpty()).isFalse();
        assertThat(free.isEmpty()).isTrue();
        OutputJacobian kept = point.byAdjoints();
        Matrix weights = DampedSystem.ofColumns(WEIGHTS, point.w().rows());
        for (RowFaces faces : List.of(along, free)) {
            assertSolves(model, faces, 1e-10, new ParameterSystem(kept, weights));
            assertSolves(model, faces, 1e-10, new PredictionSystem(kept, WEIGHTS));
            for (PredictionJacobian jacobian : List.of(kept, point.linearized())) {
                IterativeSystem system = new IterativeSystem(jacobian, weights, jacobian.squares());
                assertSolves(model, faces, 2 * system.accuracy(DAMPING), system);
            }
        }
    }

    private static void assertSolves(RandomModel model, RowFaces faces, double accuracy, DampedSystem system) {
        ImplicitLoss.LossPoint point = model.point();
        Matrix dense = RandomModel.dense(point.byAdjoints(), point.w(), RandomModel.SAMPLES);
        Matrix step = system.solve(faces, point.gradient(), DAMPING).orElseThrow();
        Matrix column = new Matrix(dense.cols(), 1, step.values());
        Matrix image = new Matrix(
                step.rows(),
                step.cols(),
                Lapack.transposeTimes(dense, Lapack.times(dense, column)).values());
        for (int i = 0; i < image.values().length; i++) {
            image.values()[i] += (WEIGHTS[i / step.rows()] + DAMPING) * step.values()[i];
        }
        Matrix rest = faces.projection(image.add(-1, point.gradient()));
        assertThat(rest.frobeniusNorm()).isLessThan(accuracy * point.gradient().frobeniusNorm());
        assertThat(faces.projection(step).plus(-1, step).maxAbs()).isLessThan(1e-12 * step.maxAbs());
        assertThat(step.maxAbs()).isPositive();
    }

    @Test
    void weightsThatMadeTheDataAreFoundAgainFromNearBy() {
        for (int direct : new int[] {ImplicitPolish.DIRECT, 0}) {
            ModelMatrix truth = truth(3);
            TrainingSet data = data(truth, 60, 3);
            Matrix near = truth.m().copy();
            Random random = new Random(8);
            Arrays.setAll(near.values(), i -> near.values()[i] + 0.05 * random.nextGaussian());
            ImplicitLoss loss = ImplicitLoss.squared(3, Activations.tanh(), data);
            ModelMatrix found = new ImplicitPolish(0.9, new LevenbergMarquardt(direct, 0), 0)
                    .fit(loss, new ModelMatrix(3, near), new double[7], 200);
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
        ImplicitLoss loss = ImplicitLoss.squared(2, Activations.tanh(), data(truth, 400, 5));
        Matrix near = truth.m().plus(0.05, Randoms.gaussian(302, 6, 1, random));
        assertThat(loss.at(near).jacobian()).isInstanceOf(LinearizedJacobian.class);
        ModelMatrix found = ImplicitPolish.withRadius(0.9).fit(loss, new ModelMatrix(2, near), new double[6], 8);
        assertThat(loss.at(found.m()).value()).isLessThan(1e-6 * loss.at(near).value());
    }

    @ParameterizedTest
    @EnumSource
    void theConstraintHoldsAndTheObjectiveNeverRises(Kind kind) {
        for (int seed = 0; seed < 3; seed++) {
            RandomModel model = RandomModel.of(kind, Activations.relu(), 4, 0.5, 20, seed);
            for (int direct : new int[] {ImplicitPolish.DIRECT, 0}) {
                ImplicitPolish.Run run = new ImplicitPolish(0.5, new LevenbergMarquardt(direct, 0), 0)
                        .start(model.loss(), model.weights(), WEIGHTS);
                double first = run.objective();
                for (int step = 0; step < 20; step++) {
                    double before = run.objective();
                    run.step();
                    assertThat(run.objective()).isLessThanOrEqualTo(before);
                    assertThat(L1Ball.ofRows(0.5).value(run.weights().a())).isZero();
                }
                assertThat(run.objective())
                        .as("seed %d", seed)
                        .isCloseTo(objective(model, run.weights()), within(1e-9))
                        .isLessThan(first);
            }
        }
    }

    /**
     * Responses of a model whose ‖A‖∞ is 0.9, with noise, for models of ‖A‖∞ ≤ 0.5 whose rows fill their ball at first: what is
     * found is where a projected gradient step stays.
     */
    @Test
    void rowsThatFillTheirBallMoveUntilNoProjectedGradientStepFalls() {
        for (int seed : new int[] {0, 1, 3}) {
            RandomModel teacher = RandomModel.of(Kind.SQUARED, Activations.tanh(), 4, 0.9, 200, seed);
            Matrix u = teacher.problem().u();
            Matrix y = ImplicitLoss.predict(teacher.weights(), Activations.tanh(), u)
                    .orElseThrow()
                    .plus(0.1, Randoms.gaussian(RandomModel.Q, 200, 1, new Random(seed)));
            ImplicitLoss loss = ImplicitLoss.squared(4, Activations.tanh(), new TrainingSet(u, y));
            ModelMatrix start = RandomModel.of(Kind.SQUARED, Activations.tanh(), 4, 0.5, seed + 100)
                    .weights();
            double[] weights = {0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01};

            ModelMatrix polished = ImplicitPolish.withRadius(0.5).fit(loss, start, weights, 300);

            Matrix gradient = loss.at(polished.m()).gradient().plus(0.01, polished.m());
            Matrix moved = polished.m().plus(-1e-2, gradient);
            moved.write(L1Ball.ofRows(0.5).prox(moved.part(0, 4, 0, 4), 1), 0, 0);
            assertThat(moved.plus(-1, polished.m()).maxAbs())
                    .as("seed %d", seed)
                    .isLessThan(1e-6);
            assertThat(polished.a().plus(-1, start.a()).maxAbs()).isGreaterThan(0.05);
            assertThat(L1Ball.ofRows(0.5 * (1 - 1e-9)).value(polished.a())).isInfinite();
        }
    }

    @Test
    void aRunThatWasSavedGoesOnToTheSameBits() {
        for (int n : List.of(4, Equilibrium.SMALL + 2)) {
            RandomModel model = RandomModel.of(Kind.SOFTMAX_WITHOUT_DIRECT_TERM, Activations.tanh(), n, 0.5, 40, 1);
            double[] weights = new double[n + RandomModel.P];
            ImplicitPolish.Run whole = ImplicitPolish.withRadius(0.5).start(model.loss(), model.weights(), weights);
            for (int step = 0; step < 3; step++) {
                whole.step();
            }
            StateWriter writer = new StateWriter();
            whole.save(writer);
            ImplicitPolish.Run second = ImplicitPolish.withRadius(0.5).start(model.loss(), model.weights(), weights);
            second.restore(new StateReader(ByteBuffer.wrap(writer.bytes())));
            for (int step = 0; step < 3; step++) {
                whole.step();
                second.step();
            }
            assertThat(second.weights()).isEqualTo(whole.weights());
            assertThat(second.objective()).isEqualTo(whole.objective());
        }
    }

    @Test
    void badArgumentsAreRefused() {
        RandomModel model = RandomModel.of(Kind.SQUARED, Activations.relu(), 4, 0.5, 1);
        assertThatThrownBy(() -> ImplicitPolish.withRadius(0)).hasMessageContaining("radius κ must be positive");
        assertThatThrownBy(() -> ImplicitPolish.withRadius(0.5).withLeastGain(-1))
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> ImplicitPolish.withRadius(0.5).fit(model.loss(), model.weights(), new double[3], 5))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("there are 3");
    }

    private static double objective(RandomModel model, ModelMatrix weights) {
        double value = model.loss().at(weights.m()).value();
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
