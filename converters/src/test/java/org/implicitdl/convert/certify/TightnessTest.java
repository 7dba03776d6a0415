package org.implicitdl.convert.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Where the exact answer is known, the bounds are it. */
class TightnessTest {
    private static final int P = 4;
    private static final int Q = 3;
    private static final double SIGMA = 0.25;

    private final INDArray centers = new Models(50).array(P, 6);
    private final InputBox boxes = InputBox.around(centers, SIGMA);

    /** The derivative of an affine model, from its outputs. */
    private static INDArray jacobian(ImplicitModel model) {
        INDArray origin = model.output(Nd4j.zeros(DataType.DOUBLE, P, 1));
        return model.output(Nd4j.eye(P).castTo(DataType.DOUBLE)).subColumnVector(origin);
    }

    @Test
    void linearBoundsAreExactForAffineModels() {
        Activation id = Activations.identity();
        ImplicitModel model = new Models(51).feedforward(P, 6, Q, id, id, id);
        INDArray radius = Transforms.abs(jacobian(model), true)
                .mmul(Nd4j.ones(DataType.DOUBLE, P, 6))
                .muli(SIGMA);
        INDArray y = model.output(centers);

        Bounds bounds = BoxBounds.of(model).outputsByLinearBounds(boxes);

        assertClose(bounds.lower(), y.sub(radius), 1e-11);
        assertClose(bounds.upper(), y.add(radius), 1e-11);
    }

    @Test
    void intervalsAreExactForNonnegativeNetworks() {
        ImplicitModel model = nonnegative(
                new Models(52).feedforward(P, 6, Q, Activations.relu(), Activations.tanh(), Activations.sigmoid()));

        Bounds bounds = BoxBounds.of(model).outputsByIntervals(boxes);

        assertClose(bounds.lower(), model.output(boxes.lower()), 1e-11);
        assertClose(bounds.upper(), model.output(boxes.upper()), 1e-11);
    }

    @Test
    void intervalsAroundACycleOfNonnegativeWeightsAreExactUpToWhereTheIterationStops() {
        ImplicitModel model = nonnegative(new Models(53).contraction(P, 7, Q, Activations.tanh()));
        INDArray exact = model.output(boxes.upper()).sub(model.output(boxes.lower()));

        Bounds bounds = BoxBounds.of(model).outputsByIntervals(boxes);

        // The iteration contracts by ½ and ends at a gain below 1e-3, so that less than 1e-3 is left to gain.
        assertThat(bounds.width().div(exact).maxNumber().doubleValue()).isBetween(1.0, 1.002);
    }

    private static ImplicitModel nonnegative(ImplicitModel model) {
        return ImplicitModel.of(
                        model.a().abs(),
                        model.b().abs(),
                        model.c().abs(),
                        model.d().abs(),
                        model.phi())
                .withStateBias(model.stateBias(DataType.DOUBLE));
    }

    @Test
    void thePerturbationBoundIsThePapersFormula() {
        ImplicitModel model = new Models(54).contraction(P, 7, Q, Activations.relu());
        Matrix resolvent = Matrix.identity(7);
        Matrix a = Matrix.copyOf(model.a().abs().toDense(DataType.DOUBLE));
        for (int i = 0; i < a.values().length; i++) {
            resolvent.values()[i] -= a.values()[i];
        }
        Matrix b = Matrix.copyOf(model.b().abs().toDense(DataType.DOUBLE));
        INDArray states = Lapack.leastSquares(resolvent, b).toArray(DataType.DOUBLE);
        INDArray gain = model.c()
                .abs()
                .toDense(DataType.DOUBLE)
                .mmul(states)
                .addi(model.d().abs().toDense(DataType.DOUBLE));
        INDArray sigma = Transforms.abs(new Models(55).array(P, 2), false);

        BoxBounds bounds = BoxBounds.of(model);

        // From above, and to the relative gain at which the iteration around the cycle stops.
        INDArray quotient = bounds.outputDeviation(sigma).div(gain.mmul(sigma));
        assertThat(quotient.minNumber().doubleValue()).isGreaterThanOrEqualTo(1);
        assertThat(quotient.maxNumber().doubleValue()).isLessThanOrEqualTo(1.002);
        double inf = gain.sum(1).maxNumber().doubleValue();
        assertThat(LipschitzBounds.of(bounds).inf() / inf).isBetween(1.0, 1.002);
    }

    @Test
    void intervalsAreNeverWiderThanByPerturbation() {
        for (ImplicitModel model : new ImplicitModel[] {
            new Models(56).feedforward(P, 6, Q, Activations.relu(), Activations.tanh(), Activations.elu(0.5)),
            new Models(57).contraction(P, 7, Q, Activations.tanh()),
            new Models(58).shuffledTriangular(P, 9, Q, Activations.relu())
        }) {
            BoxBounds bounds = BoxBounds.of(model);
            INDArray intervals = bounds.outputsByIntervals(boxes).width();
            INDArray perturbation = bounds.outputsByPerturbation(boxes).width();
            assertThat(intervals.div(perturbation).maxNumber().doubleValue())
                    .as("%s", model)
                    .isLessThanOrEqualTo(1.002);
        }
    }

    @Test
    void theEuclideanConstantOfALinearModelIsItsSpectralNorm() {
        INDArray d = new Models(59).array(Q, P);
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(2, 2),
                new ZeroOperator(2, P),
                new ZeroOperator(Q, 2),
                DenseOperator.copyOf(d),
                Activations.relu());
        double norm = Lapack.svd(Matrix.copyOf(d)).singularValues()[0];

        assertThat(LipschitzBounds.of(model).two()).isCloseTo(norm, within(1e-12 * norm));
    }

    @Test
    void onABoxWhereReluIsAffineLinearBoundsAreExact() {
        ImplicitModel model =
                new Models(60).feedforward(P, 6, Q, Activations.relu(), Activations.relu(), Activations.relu());
        double sigma = 1e-6;
        InputBox small = InputBox.around(centers, sigma);
        BoxBounds bounds = BoxBounds.of(model);
        INDArray radius = Nd4j.zeros(DataType.DOUBLE, Q, 6);
        for (int i = 0; i < P; i++) {
            INDArray moved = centers.dup();
            moved.getRow(i).addi(sigma);
            radius.addi(Transforms.abs(model.output(moved).sub(model.output(centers)), false));
        }

        // No kink lies within 1e-6 of these inputs (seed 50), so that each output moves by at most ∑ᵢ|∂ŷ/∂uᵢ|σ.
        assertThat(bounds.outputsByLinearBounds(small)
                        .width()
                        .divi(2 * sigma)
                        .sub(radius.div(sigma))
                        .normmaxNumber())
                .satisfies(error -> assertThat(error.doubleValue()).isLessThan(1e-5));
    }

    private static void assertClose(INDArray actual, INDArray expected, double tolerance) {
        assertThat(actual.sub(expected).normmaxNumber().doubleValue())
                .as("%s against %s", actual, expected)
                .isLessThanOrEqualTo(
                        tolerance * Math.max(1, expected.normmaxNumber().doubleValue()));
    }
}
