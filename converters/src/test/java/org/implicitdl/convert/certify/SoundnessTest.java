package org.implicitdl.convert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** No input of a box may violate what was proven for the box: 10,000 tries for each model, corners among them. */
class SoundnessTest {
    private static final int BOXES = 4;
    private static final int TRIES = 2500;
    private static final int P = 5;
    private static final int Q = 3;
    /** A fixed point that is found by iteration is only known up to this. */
    private static final double SOLVED = 1e-11;

    record Case(String name, ImplicitModel model, Models.Reference reference, double sigma) {
        INDArray states(INDArray u) {
            INDArray v = model.b().times(u).addiColumnVector(model.stateBias(DataType.DOUBLE));
            return reference.states(model.a().toDense(DataType.DOUBLE), v, model.phi());
        }

        @Override
        public String toString() {
            return name + ", sigma " + sigma;
        }
    }

    static Stream<Case> cases() {
        Activation relu = Activations.relu();
        Activation tanh = Activations.tanh();
        List<Case> cases = new ArrayList<>();
        for (double sigma : new double[] {1e-3, 0.3}) {
            cases.add(new Case(
                    "relu network, seed 1",
                    new Models(1).feedforward(P, 6, Q, relu, relu, relu),
                    Models::picard,
                    sigma));
            cases.add(new Case("contraction, seed 3", new Models(3).contraction(P, 8, Q, tanh), Models::picard, sigma));
        }
        cases.add(new Case("monotone, seed 4", new Models(4).monotone(P, 8, Q, relu), Models::forwardBackward, 0.3));
        cases.add(new Case(
                "sigmoids and elu, seed 2",
                new Models(2).feedforward(P, 6, Q, tanh, Activations.sigmoid(), Activations.elu(0.7)),
                Models::picard,
                0.1));
        cases.add(new Case(
                "shuffled triangular, seed 5", new Models(5).shuffledTriangular(P, 9, Q, relu), Models::picard, 0.1));
        cases.add(new Case("cascade, seed 7", new Models(7).mixed(P, 6, Q, relu), Models::picard, 0.1));
        Stream.of(org.nd4j.linalg.activations.Activation.values())
                .filter(phi -> phi != org.nd4j.linalg.activations.Activation.RRELU)
                .map(Activations::of)
                .map(phi -> new Case(
                        phi + ", seed 8", new Models(8).feedforward(P, 6, Q, phi, phi, phi), Models::picard, 0.3))
                .forEach(cases::add);
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noPerturbationViolatesABound(Case test) {
        ImplicitModel model = test.model();
        Random random = new Random(99);
        INDArray centers = new Models(98).array(P, BOXES);
        InputBox boxes = InputBox.around(centers, test.sigma());
        BoxBounds bounds = BoxBounds.of(model);
        int[] classes = {0, 1, 2, 0};

        Bounds states = bounds.states(boxes);
        Bounds intervals = bounds.outputsByIntervals(boxes);
        Bounds linear = bounds.outputsByLinearBounds(boxes);
        Bounds both = bounds.outputs(boxes);
        INDArray margins = bounds.margins(boxes, classes);
        double[] losses = bounds.worstCaseCrossEntropy(boxes, classes);
        boolean isLipschitz = Double.isFinite(model.phi().lipschitz());
        INDArray sigma = boxes.upper().subi(boxes.lower()).muli(0.5 + 1e-12);
        INDArray deviation = isLipschitz ? bounds.stateDeviation(sigma) : null;
        Bounds perturbation = isLipschitz ? bounds.outputsByPerturbation(boxes) : null;
        LipschitzBounds everywhere = isLipschitz ? LipschitzBounds.of(bounds) : null;
        LipschitzBounds[] within = isLipschitz ? LipschitzBounds.within(bounds, boxes) : null;
        for (int s = 0; s < BOXES; s++) {
            INDArray u = perturbed(centers, s, test.sigma(), random);
            INDArray x = test.states(u);
            INDArray y = model.readOut(x, u);
            assertInside(x, states, s, "states");
            assertInside(y, intervals, s, "outputs by intervals");
            assertInside(y, linear, s, "outputs by linear bounds");
            assertInside(y, both, s, "outputs");
            INDArray rivals = y.subRowVector(y.getRow(classes[s], true));
            INDArray proven = margins.getColumn(s, true).neg();
            assertThat(rivals.subColumnVector(proven).maxNumber().doubleValue())
                    .as("margins of box %d", s)
                    .isLessThanOrEqualTo(SOLVED);
            assertThat(Transforms.exp(rivals, true).sum(0).maxNumber().doubleValue())
                    .as("loss of box %d", s)
                    .isLessThanOrEqualTo(Math.exp(losses[s]) * (1 + SOLVED));
            if (isLipschitz) {
                INDArray moved = Transforms.abs(x.subColumnVector(x.getColumn(0, true)), false);
                INDArray bound = deviation.getColumn(s, true);
                assertThat(moved.subColumnVector(bound).maxNumber().doubleValue())
                        .as("deviation of states in box %d", s)
                        .isLessThanOrEqualTo(SOLVED);
                assertInside(y, perturbation, s, "outputs by perturbation");
                assertLipschitz(u, y, everywhere, "everywhere");
                assertLipschitz(u, y, within[s], "within the box");
            }
        }
    }

    /** The center itself, corners, and points anywhere in a box. */
    private static INDArray perturbed(INDArray centers, int s, double sigma, Random random) {
        INDArray u = Nd4j.zeros(centers.dataType(), P, TRIES);
        for (int k = 0; k < TRIES; k++) {
            for (int i = 0; i < P; i++) {
                double factor =
                        k == 0 ? 0 : k < TRIES / 2 ? (random.nextBoolean() ? 1 : -1) : 2 * random.nextDouble() - 1;
                u.putScalar(i, k, centers.getDouble(i, s) + factor * sigma);
            }
        }
        return u;
    }

    private static void assertInside(INDArray values, Bounds bounds, int s, String what) {
        INDArray lower = bounds.lower().getColumn(s, true);
        INDArray upper = bounds.upper().getColumn(s, true);
        INDArray below = values.subColumnVector(lower);
        INDArray above = values.subColumnVector(upper);
        assertThat(below.minNumber().doubleValue())
                .as("%s of box %d, below", what, s)
                .isGreaterThanOrEqualTo(-SOLVED);
        assertThat(above.maxNumber().doubleValue())
                .as("%s of box %d, above", what, s)
                .isLessThanOrEqualTo(SOLVED);
    }

    private static void assertLipschitz(INDArray u, INDArray y, LipschitzBounds lipschitz, String what) {
        INDArray du = u.subColumnVector(u.getColumn(0, true));
        INDArray dy = y.subColumnVector(y.getColumn(0, true));
        INDArray byInf = dy.normmax(true, 0).sub(du.normmax(true, 0).muli(lipschitz.inf()));
        INDArray byTwo = dy.norm2(true, 0).sub(du.norm2(true, 0).muli(lipschitz.two()));
        assertThat(byInf.maxNumber().doubleValue())
                .as("%s constant in l-inf", what)
                .isLessThanOrEqualTo(SOLVED);
        assertThat(byTwo.maxNumber().doubleValue())
                .as("%s constant in l2", what)
                .isLessThanOrEqualTo(SOLVED);
    }
}
