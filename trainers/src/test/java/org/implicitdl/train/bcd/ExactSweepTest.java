package org.implicitdl.train.bcd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.Randoms;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.feedforward.TrainingSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sweep, block by block, on the objective of the whole relaxed problem. */
class ExactSweepTest {
    private static final double RIDGE = 1e-6;
    private static final WeightStep WEIGHT_STEP = new WeightStep(RIDGE, 1e-10, 64, 20);
    private static final int[][] SIZES = {{3, 2}, {3, 5, 2}, {4, 3, 6, 2}, {2, 4, 3, 5, 3}};

    static Stream<Arguments> networks() {
        List<Link> losses = List.of(
                new ComponentwiseLink(Activations.identity()),
                new SoftmaxLink(),
                new ComponentwiseLink(Activations.sigmoid()));
        return Activations.all().stream().flatMap(phi -> losses.stream().map(loss -> Arguments.of(phi, loss)));
    }

    @ParameterizedTest(name = "{0}, loss {1}")
    @MethodSource("networks")
    void everyBlockIsSolvedAndNoneRaisesTheRelaxedObjective(FenchelActivation phi, Link loss) {
        Random random = new Random(1);
        for (int[] sizes : SIZES) {
            for (double epsilon : new double[] {1, 1e-2, 1e-4}) {
                FeedforwardModel model = Randoms.model(phi, loss, true, 1.5, random, sizes);
                TrainingSet data = Randoms.data(model, 40, random);
                FeedforwardModel expected = byHand(model, data, epsilon);
                FeedforwardModel swept = new ExactSweep(WEIGHT_STEP, 1e-10)
                        .apply(new Iterate(model, List.of()), data, epsilon)
                        .model();
                assertThat(swept.toVector())
                        .as("sizes %s", Arrays.toString(sizes))
                        .isEqualTo(expected.toVector());
            }
        }
    }

    /** The same blocks in the same order, each checked; at the end the output weights for the forward pass. */
    private static FeedforwardModel byHand(FeedforwardModel start, TrainingSet data, double epsilon) {
        FeedforwardModel model = start;
        List<Matrix> v = new ArrayList<>();
        for (Matrix s : start.weightedInputs(data.u())) {
            v.add(s);
        }
        List<Matrix> forward = states(start, data, v);
        int top = start.depth() - 1;
        double objective = objective(model, data, v, epsilon);

        model = model.withLayer(top, WEIGHT_STEP.update(model.last(), forward.get(top), data.y()));
        requireOptimalWeights(model, top, forward.get(top), data.y());
        objective = requireNotAbove(objective, model, data, v, epsilon, "weights " + top);
        for (int l = top - 1; l >= 0; l--) {
            Matrix z = model.layer(l).weightedInput(forward.get(l));
            Matrix target = l == top - 1 ? data.y() : states(model, data, v).get(l + 2);
            StateProblem block = new StateProblem(model.layer(l), model.layer(l + 1), epsilon, z, target);
            v.set(l, block.solve());
            for (int j = 0; j < data.samples(); j++) {
                assertThat(block.violation(v.get(l), j)).isLessThanOrEqualTo(1e-9 * block.scale(j));
            }
            objective = requireNotAbove(objective, model, data, v, epsilon, "states " + l);
            Matrix states = states(model, data, v).get(l + 1);
            model = model.withLayer(l, WEIGHT_STEP.update(model.layer(l), forward.get(l), states));
            requireOptimalWeights(model, l, forward.get(l), states);
            objective = requireNotAbove(objective, model, data, v, epsilon, "weights " + l);
        }
        Matrix last = states(model, data, model.weightedInputs(data.u())).get(top);
        model = model.withLayer(top, WEIGHT_STEP.update(model.last(), last, data.y()));
        requireOptimalWeights(model, top, last, data.y());
        return model;
    }

    private static void requireOptimalWeights(FeedforwardModel model, int l, Matrix x, Matrix target) {
        WeightsFixture block = new WeightsFixture(model.layer(l), model.layer(l).design(x), target, RIDGE);
        assertThat(block.violation(model.layer(l).weights()))
                .as("weights %s", l)
                .isLessThanOrEqualTo(1e-9);
    }

    private static double requireNotAbove(
            double before, FeedforwardModel model, TrainingSet data, List<Matrix> v, double epsilon, String block) {
        double after = objective(model, data, v, epsilon);
        assertThat(after).as("after %s", block).isLessThanOrEqualTo(before + 1e-12 * Math.abs(before));
        return after;
    }

    /** U and the states φ(V) above it. */
    private static List<Matrix> states(FeedforwardModel model, TrainingSet data, List<Matrix> v) {
        List<Matrix> states = new ArrayList<>();
        states.add(data.u());
        for (int l = 0; l + 1 < model.depth(); l++) {
            states.add(model.layer(l).activate(v.get(l)));
        }
        return states;
    }

    /** f(Y, S) + ½ρ‖Θ‖² + ∑ₗ ε^(L+1−l) [f(X_l, S_l) + ½ρ‖Θ_l‖²], with the states in the form V. */
    private static double objective(FeedforwardModel model, TrainingSet data, List<Matrix> v, double epsilon) {
        List<Matrix> states = states(model, data, v);
        int top = model.depth() - 1;
        double sum = 0;
        double weight = 1;
        for (int l = top; l >= 0; l--, weight *= epsilon) {
            Matrix theta = model.layer(l).weights();
            Matrix s = model.layer(l).weightedInput(states.get(l));
            double divergence = RIDGE * theta.dot(theta) / 2;
            for (int j = 0; j < data.samples(); j++) {
                if (l == top) {
                    divergence += model.lossOfOutput(column(data.y(), j), column(s, j));
                }
                for (int i = 0; l < top && i < s.rows(); i++) {
                    divergence += ((ComponentwiseLink) model.layer(l).link())
                            .activation()
                            .divergenceAt(v.get(l).get(i, j), s.get(i, j));
                }
            }
            sum += weight * divergence;
        }
        return sum;
    }

    private static Matrix column(Matrix matrix, int j) {
        return new Matrix(
                matrix.rows(), 1, Arrays.copyOfRange(matrix.values(), j * matrix.rows(), (j + 1) * matrix.rows()));
    }
}
