package org.implicitdl.train.minibatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.Planted;
import org.implicitdl.train.penalty.L1Ball;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImplicitBlocksTest {
    private static final int N = 5;
    private static final int P = 4;
    private static final int Q = 3;
    private static final int M = 40;
    private static final OutputLoss SQUARED = OutputLoss.of(new ComponentwiseLink(Activations.identity()));
    private static final OutputLoss CROSS_ENTROPY = OutputLoss.of(new SoftmaxLink());

    private final Random random = new Random(37);
    /** Without the row of ones, which the descent adds. */
    private final Matrix features = Planted.normal(random, P, M, 1);

    private final Matrix u = features.aboveOnes();

    private static INDArray rows(Matrix columns, DataType type) {
        return columns.transpose().toArray(type).dup('c');
    }

    private static INDArray rows(Matrix columns) {
        return rows(columns, DataType.DOUBLE);
    }

    /** Weights with an A small enough for states far more exact than their tolerance. */
    private ImplicitWeights weights(double normOfA, boolean direct) {
        ImplicitWeights drawn = Planted.weights(random, N, P + 1, Q, direct ? P + 1 : 1);
        Matrix a = Matrix.zeros(N, N).plus(normOfA / N / drawn.a().maxAbs(), drawn.a());
        return drawn.withRule(a, drawn.b());
    }

    private Matrix oneHot() {
        Matrix y = Matrix.zeros(Q, M);
        for (int j = 0; j < M; j++) {
            y.set(random.nextInt(Q), j, 1);
        }
        return y;
    }

    /** Each activation that stays in the given relation to 1: κ is relative to its Lipschitz constant. */
    static List<FenchelActivation> activations() {
        return List.copyOf(Activations.all());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void statesSolveTheRuleAndResidualsTheirOwn(FenchelActivation phi) {
        ImplicitWeights weights = weights(0.8 / phi.lipschitz(), true);
        Matrix known = Lapack.times(weights.b(), u);
        double k = 3;
        BatchStates batch = new BatchStates(phi, rows(weights.a()));
        INDArray z = batch.weighted(rows(known));
        INDArray x = phi.apply(z);
        INDArray pull = rows(Planted.normal(random, N, M, 1));
        INDArray errors = batch.errors(z, x, pull.dup('c'), k);

        Matrix exact = Planted.states(weights, phi, u);
        assertThat(Math.sqrt(exact.squaredDistance(Matrix.copyOf(x).transpose())))
                .isLessThan(1e-3 * exact.frobeniusNorm());
        Matrix e = Matrix.copyOf(errors).transpose();
        Matrix s =
                Lapack.transposeTimes(weights.a(), e).add(1, Matrix.copyOf(pull).transpose());
        Matrix image = Matrix.zeros(N, M);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < M; j++) {
                double at = z.getDouble(j, i);
                image.set(i, j, k * (phi.value(at + s.get(i, j) / k) - phi.value(at)));
            }
        }
        assertThat(Math.sqrt(image.squaredDistance(e))).isLessThan(2e-3 * e.frobeniusNorm());
    }

    @Test
    void residualsAreMinusTheGradientThroughTheEquationForALargeRatio() {
        FenchelActivation phi = Activations.tanh();
        ImplicitWeights weights = weights(0.7, true);
        Matrix y = oneHot();
        BatchStates batch = new BatchStates(phi, rows(weights.a()));
        INDArray z = batch.weighted(rows(Lapack.times(weights.b(), u)));
        INDArray x = phi.apply(z);
        Matrix s = weights.output(Matrix.copyOf(x).transpose(), u);
        Matrix residual = y.plus(-1, new SoftmaxLink().values(s));
        INDArray pull = rows(Lapack.transposeTimes(weights.c(), residual));

        INDArray errors = batch.errors(z, x, pull, 1e7);

        double largest = errors.amaxNumber().doubleValue();
        for (int i = 0; i < N; i++) {
            double ofBias = 0;
            for (int j = 0; j < M; j++) {
                ofBias -= errors.getDouble(j, i);
            }
            double step = 1e-5;
            double slope = (loss(weights, phi, y, i, step) - loss(weights, phi, y, i, -step)) / (2 * step);
            assertThat(ofBias).isCloseTo(slope, within(5e-3 * largest * Math.sqrt(M)));
        }
    }

    /** The loss of the rule's own solution with a change of one bias. */
    private double loss(ImplicitWeights weights, FenchelActivation phi, Matrix y, int state, double change) {
        Matrix b = weights.b().copy();
        b.set(state, P, b.get(state, P) + change);
        ImplicitWeights changed = weights.withRule(weights.a(), b);
        return new SoftmaxLink().loss(y, changed.output(Planted.states(changed, phi, u), u));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstStepIsTheFormulaOfEachBlock(boolean direct) {
        FenchelActivation phi = Activations.tanh();
        ImplicitWeights weights = weights(0.1, direct);
        Matrix y = oneHot();
        double k = 2;
        double length = 0.3;
        MinibatchDescent method = MinibatchDescent.withDefaults().withRatio(k).withDamping(0.5);
        ImplicitBlocks blocks =
                new ImplicitBlocks(method, new ImplicitForm(phi, CROSS_ENTROPY, 0.9), weights, DataType.DOUBLE);

        blocks.step(rows(features), rows(y), length, 0);

        Matrix x = Planted.states(weights, phi, u);
        Matrix z = weights.weighted(x, u);
        Matrix v = direct ? u : Planted.ones(M);
        Matrix residual = y.plus(-1, new SoftmaxLink().values(weights.output(x, v)));
        Matrix pull = Lapack.transposeTimes(weights.c(), residual);
        Matrix errors = Matrix.zeros(N, M);
        for (int i = 0; i < 100; i++) {
            errors = relaxed(phi, z, Lapack.transposeTimes(weights.a(), errors).add(1, pull), k);
        }
        assertClose(
                blocks.weights(0),
                SlowStep.stepped(Matrix.beside(weights.a(), weights.b()), errors, Matrix.above(x, u), length, 0.5),
                1e-4);
        assertClose(
                blocks.weights(1),
                SlowStep.stepped(Matrix.beside(weights.c(), weights.d()), residual, Matrix.above(x, v), length, 0.5),
                1e-4);
    }

    private static Matrix relaxed(FenchelActivation phi, Matrix z, Matrix pull, double k) {
        Matrix errors = Matrix.zeros(z.rows(), z.cols());
        for (int i = 0; i < z.values().length; i++) {
            double at = z.values()[i];
            errors.values()[i] = k * (phi.value(at + pull.values()[i] / k) - phi.value(at));
        }
        return errors;
    }

    private static void assertClose(INDArray theta, Matrix expected, double tolerance) {
        assertThat(Matrix.copyOf(theta).transpose().plus(-1, expected).maxAbs()).isLessThan(tolerance);
    }

    @Test
    void aStepOfLengthOneInTheReadoutIsLeastSquaresOnTheRulesStates() {
        ImplicitWeights weights = weights(0.1, true);
        Matrix y = Planted.normal(random, Q, M, 1);
        MinibatchDescent method =
                MinibatchDescent.withDefaults().withMomentum(0).withDamping(1e-12);
        ImplicitBlocks blocks = new ImplicitBlocks(
                method, new ImplicitForm(Activations.relu(), SQUARED, 0.9), weights, DataType.DOUBLE);

        blocks.step(rows(features), rows(y), 1, 0);

        Matrix s = Matrix.above(Planted.states(weights, Activations.relu(), u), u);
        Matrix fitted = Lapack.leastSquares(s.transpose(), y.transpose()).transpose();
        assertClose(blocks.weights(1), fitted, 1e-3);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void aStepInTheRuleOfOneOverTheRatioNeverRaisesTheDivergenceFromTheProxies(FenchelActivation phi) {
        double lipschitz = phi.lipschitz();
        // So large that A stays inside its ball.
        double k = 200;
        for (int draw = 0; draw < 5; draw++) {
            ImplicitWeights weights = weights(0.1 / lipschitz, true);
            Matrix y = Planted.normal(random, Q, M, 1);
            MinibatchDescent method = MinibatchDescent.withDefaults()
                    .withMomentum(0)
                    .withDamping(0.1)
                    .withRatio(k);
            ImplicitBlocks blocks = new ImplicitBlocks(
                    method, new ImplicitForm(phi, SQUARED, 0.99 / lipschitz), weights, DataType.DOUBLE);
            Matrix x = Planted.states(weights, phi, u);
            Matrix z = weights.weighted(x, u);
            Matrix pull = Lapack.transposeTimes(weights.c(), y.plus(-1, weights.output(x, u)));
            Matrix errors = Matrix.zeros(N, M);
            for (int i = 0; i < 100; i++) {
                errors = relaxed(
                        phi, z, Lapack.transposeTimes(weights.a(), errors).add(1, pull), k);
            }
            Matrix p = new ComponentwiseLink(phi).values(z).plus(1 / k, errors);

            blocks.step(rows(features), rows(y), 1 / (k * lipschitz), 0);

            Matrix s = Matrix.above(x, u);
            double before = new ComponentwiseLink(phi).divergence(p, z);
            double after = new ComponentwiseLink(phi)
                    .divergence(p, Lapack.times(Matrix.copyOf(blocks.weights(0)).transpose(), s));
            assertThat(after).isLessThan(before);
            assertThat(norm(blocks)).as("the ball changes nothing").isLessThan(0.9 / lipschitz);
        }
    }

    @Test
    void aIsTheProjectionOfItsStepAndBIsBestForItInTheMetricOfTheStep() {
        double kappa = 0.2;
        ImplicitWeights weights = weights(0.15, true);
        RuleBlock block = new RuleBlock(
                MinibatchDescent.withDefaults().withDamping(0.5), weights.a(), weights.b(), kappa, DataType.DOUBLE);
        Matrix s = Matrix.above(Planted.normal(random, N, M, 1), u);
        Matrix errors = Planted.normal(random, N, M, 1);

        block.step(rows(s), rows(errors), 1, 0);

        Matrix theta = Matrix.copyOf(block.theta()).transpose();
        Matrix free = SlowStep.stepped(Matrix.beside(weights.a(), weights.b()), errors, s, 1, 0.5);
        Matrix projected = L1Ball.ofRows(kappa).prox(free.part(0, N, 0, N), 1);
        assertThat(projected.plus(-1, free.part(0, N, 0, N)).maxAbs()).isGreaterThan(0.01);
        assertThat(theta.part(0, N, 0, N).plus(-1, projected).maxAbs()).isLessThan(1e-12);
        Matrix slope = Lapack.times(theta.plus(-1, free), SlowStep.damped(s, 0.5));
        assertThat(slope.part(0, N, N, N + P + 1).maxAbs()).isLessThan(1e-9);
        assertThat(slope.part(0, N, 0, N).maxAbs()).isGreaterThan(1e-3);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void theBoundOfANormHoldsExactlyAfterEveryStep(DataType type) {
        double kappa = 0.3;
        ImplicitBlocks blocks = new ImplicitBlocks(
                MinibatchDescent.withDefaults(),
                new ImplicitForm(Activations.relu(), CROSS_ENTROPY, kappa),
                weights(3, true),
                type);
        INDArray y = rows(oneHot(), type);

        for (int step = 0; step < 20; step++) {
            blocks.step(rows(features, type), y, 0.5, step);
            assertThat(norm(blocks)).isBetween(0.999 * kappa, kappa);
        }
    }

    /** ‖A‖∞. */
    private static double norm(ImplicitBlocks blocks) {
        double norm = 0;
        for (int i = 0; i < N; i++) {
            double sum = 0;
            for (int j = 0; j < N; j++) {
                sum += Math.abs(blocks.weights(0).getDouble(j, i));
            }
            norm = Math.max(norm, sum);
        }
        return norm;
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ImplicitWeights drawn = weights(0.5, true);
        ImplicitWeights wide = drawn.withReadout(drawn.c(), Matrix.zeros(Q, 2));
        ImplicitForm form = new ImplicitForm(Activations.relu(), SQUARED, 0.9);

        assertThatThrownBy(() -> MinibatchDescent.withDefaults().start(form, wide, DataType.FLOAT))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 2]");
        assertThatThrownBy(() -> new ImplicitForm(Activations.sigmoid(), SQUARED, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below 4.0");
    }
}
