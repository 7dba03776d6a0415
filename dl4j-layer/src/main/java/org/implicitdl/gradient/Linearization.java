package org.implicitdl.gradient;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.kernel.Panel;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.solver.FixedPointProblem;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The equation X = φ(AX + V) near a solution, to first order: δX = φ'(Z)(A δX + δV), Z = AX + V. It takes one evaluation
 * of AX + V and of φ', and serves any number of gradients at that solution.
 */
public final class Linearization {
    private final FixedPointProblem equation;
    private final INDArray state;
    private final Activation derivative;

    private Linearization(FixedPointProblem equation, INDArray state, Activation derivative) {
        this.equation = equation;
        this.state = state;
        this.derivative = derivative;
    }

    /**
     * The equation at a state, which should solve it: the error of the gradient is of the order of the state's.
     *
     * @param state X [n, m], of the type of V; neither copied nor changed
     * @throws ShapeException if the state is not of the shape and type of V
     */
    public static Linearization at(FixedPointProblem equation, INDArray state) {
        requireLike(equation.input(), "state", state);
        INDArray z = equation.a().times(state).addi(equation.input());
        return new Linearization(equation, state, derivative(equation.phi(), z));
    }

    /** Y ↦ φ'(Z)ᵀY, with a Lipschitz constant for each block, since certificates may ask for no less. May change Z. */
    private static Activation derivative(Activation phi, INDArray z) {
        if (phi instanceof BlockActivation blocks && !isUniform(blocks)) {
            return BlockActivation.of(
                    blocks.partition(),
                    IntStream.range(0, blocks.partition().count())
                            .mapToObj(i -> derivative(
                                    blocks.block(i), blocks.partition().part(z, i)))
                            .toList());
        }
        if (phi instanceof FenchelActivation scalar && Panel.isPanel(z) && isSingleOrDouble(z.dataType())) {
            return DiagonalActivation.ofDerivatives(scalar, z);
        }
        return phi.isComponentwise()
                ? DiagonalActivation.viewOf(phi.transposedJacobianTimes(z, Nd4j.onesLike(z)), phi.lipschitz())
                : new TransposedJacobian(phi, z);
    }

    private static boolean isSingleOrDouble(DataType type) {
        return type == DataType.FLOAT || type == DataType.DOUBLE;
    }

    private static boolean isUniform(BlockActivation blocks) {
        return blocks.isComponentwise()
                && IntStream.range(0, blocks.partition().count())
                        .allMatch(i -> blocks.block(i).lipschitz() == blocks.lipschitz());
    }

    /** The equation. */
    public FixedPointProblem equation() {
        return equation;
    }

    /** The state X [n, m]; not to be changed. */
    public INDArray state() {
        return state;
    }

    /** The linear map Y ↦ φ'(Z)ᵀY of each sample: a {@link DiagonalActivation} if φ is componentwise and of one kind. */
    public Activation derivative() {
        return derivative;
    }

    /**
     * The adjoint equation S = φ'(Z)ᵀ(AᵀS + G), which has the form of the equation itself.
     *
     * @param g G [n, m]
     * @throws ShapeException if G is not of the shape and type of the state
     */
    public FixedPointProblem adjoint(INDArray g) {
        return new FixedPointProblem(equation.a().transpose(), require("gradient G in the state", g), derivative);
    }

    /** The array itself, if it is of the shape and type of the state. */
    INDArray require(String what, INDArray array) {
        return requireLike(state, what, array);
    }

    private static INDArray requireLike(INDArray expected, String what, INDArray array) {
        if (!array.equalShapes(expected) || array.dataType() != expected.dataType()) {
            throw new ShapeException("The " + what + " must be " + expected.dataType()
                    + Arrays.toString(expected.shape()) + " like the known part V, but is " + array.dataType()
                    + Arrays.toString(array.shape()) + "; samples are columns here.");
        }
        return array;
    }
}
