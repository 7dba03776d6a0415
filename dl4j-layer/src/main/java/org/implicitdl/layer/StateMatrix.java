package org.implicitdl.layer;

import java.util.Map;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.wellposed.Certificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How the matrix A of a layer comes from its parameters, and stays well-posed. Immutable. */
sealed interface StateMatrix permits ConstrainedMatrix, FreeMatrix, ParametrizedMatrix, TriangularMatrix {

    /** The rule that a layer's configuration chooses. */
    static StateMatrix of(ImplicitLayer layer) {
        return switch (layer.getWellPosed()) {
            case NORM_INF, NORM_ONE, NORM_TWO -> ConstrainedMatrix.of(layer);
            case STRICTLY_UPPER_TRIANGULAR -> new TriangularMatrix(layer.getStateSize());
            case MONOTONE, SCALED_NORM_INF -> ParametrizedMatrix.of(layer);
            case NONE -> new FreeMatrix();
        };
    }

    /** Turns parameters as they were drawn into well-posed ones, in place. */
    void makeInitial(Map<String, INDArray> parameters);

    /**
     * The matrix A [n, n], well-posed also where the parameters are not as {@link #restore} leaves them: with noise, or as
     * listeners see them after an update. The parameter itself, or a new array outside all workspaces.
     */
    INDArray matrix(Map<String, INDArray> parameters);

    /**
     * Turns the gradient with respect to A into that of the parameters.
     *
     * @param gradient with respect to A [n, n]; where A itself is a parameter, the array of its gradient among the others
     * @param gradients of all parameters by name, to be written to
     */
    void pullback(Map<String, INDArray> parameters, INDArray gradient, Map<String, INDArray> gradients);

    /** Brings the parameters back to where A is well-posed, after an update, in place. */
    void restore(Map<String, INDArray> parameters);

    /** The certificate that the choice gives, if it holds for A. */
    Optional<Certificate> certificate(Weights weights, Activation phi);
}
