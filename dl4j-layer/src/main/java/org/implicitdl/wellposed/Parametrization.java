package org.implicitdl.wellposed;

import java.util.List;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.LinearOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A smooth way to write matrices A that are well-posed whatever the parameters are, so that a gradient descends without
 * projections.
 *
 * <p>Parameters are free arrays of one type, FLOAT or DOUBLE, of the shapes that {@link #parameters} tells.
 */
public sealed interface Parametrization permits MonotoneParametrization, ScaledRowParametrization {

    /**
     * A free parameter.
     *
     * @param name its name, a word that may be a key
     * @param rows the number of its rows
     * @param cols the number of its columns
     */
    record Parameter(String name, int rows, int cols) {}

    /** The parameters of a matrix A of order n, in the order in which the other methods take them. */
    List<Parameter> parameters(int n);

    /**
     * The matrix A.
     *
     * @param parameters not changed
     * @return a new array [n, n] in 'f' order, of the type of the parameters
     * @throws org.implicitdl.operator.ShapeException if the parameters do not have the right number or shapes
     * @throws org.implicitdl.operator.NonFiniteException if an entry is NaN or infinite
     */
    INDArray matrix(List<INDArray> parameters);

    /**
     * The vector-Jacobian product: the gradients of a function f(A) in the parameters; at kinks, a one-sided derivative.
     *
     * @param parameters not changed
     * @param gradient ∂f/∂A [n, n], of the same type; not changed
     * @return new arrays in 'f' order, of the shapes of the parameters and in their order
     * @throws org.implicitdl.operator.ShapeException if the arrays do not have the right number or shapes
     */
    List<INDArray> pullback(List<INDArray> parameters, INDArray gradient);

    /**
     * The proof that A is well-posed. It holds for the numbers in A as they were rounded, not for the formula.
     *
     * @param parameters those that A was made of
     * @param a what {@link #matrix} made of them
     * @param phi an activation map of n states
     */
    Finding test(List<INDArray> parameters, LinearOperator a, Activation phi);
}
