package org.implicitdl.layer;

import java.util.Map;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.ColumnL1Ball;
import org.implicitdl.wellposed.Condition;
import org.implicitdl.wellposed.ConvexSet;
import org.implicitdl.wellposed.RowL1Ball;
import org.implicitdl.wellposed.SpectralBall;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A parameter A in a norm ball ‖A‖ ≤ κ/L, to which it is projected after every update, and before use where somebody else
 * has set it, or looks at it between the update and the projection.
 *
 * @param choice the norm
 * @param radius κ/L
 */
record ConstrainedMatrix(WellPosed choice, double radius) implements StateMatrix {
    /** Inside, so that the gradient there is that of a neighbourhood. */
    private static final double INITIAL_SHARE = 0.99;

    static ConstrainedMatrix of(ImplicitLayer layer) {
        double lipschitz = layer.phi().lipschitz();
        return new ConstrainedMatrix(layer.getWellPosed(), layer.getKappa() / lipschitz);
    }

    private ConvexSet set() {
        return switch (choice) {
            case NORM_ONE -> new ColumnL1Ball(radius);
            case NORM_TWO -> new SpectralBall(radius);
            default -> new RowL1Ball(radius);
        };
    }

    private double norm(INDArray a) {
        return switch (choice) {
            case NORM_ONE -> DenseOperator.viewOf(a).norm1();
            case NORM_TWO -> Lapack.svd(Matrix.copyOf(a)).singularValues()[0];
            default -> DenseOperator.viewOf(a).normInf();
        };
    }

    /** Scales A into the ball: a projection of dense rows onto ℓ₁ balls would leave a few entries of each. */
    @Override
    public void makeInitial(Map<String, INDArray> parameters) {
        INDArray a = parameters.get(ParameterLayout.A);
        double norm = norm(a);
        if (norm > INITIAL_SHARE * radius) {
            a.muli(INITIAL_SHARE * radius / norm);
        }
        restore(parameters);
    }

    @Override
    public INDArray matrix(Map<String, INDArray> parameters) {
        INDArray a = parameters.get(ParameterLayout.A);
        return set().contains(a) ? a : set().project(a);
    }

    @Override
    public void pullback(Map<String, INDArray> parameters, INDArray gradient, Map<String, INDArray> gradients) {
        // The gradient of A is that of the parameter.
    }

    @Override
    public void restore(Map<String, INDArray> parameters) {
        set().enforce(parameters.get(ParameterLayout.A));
    }

    @Override
    public Optional<Certificate> certificate(Weights weights, Activation phi) {
        DenseOperator matrix = DenseOperator.viewOf(weights.a());
        Condition condition = switch (choice) {
            case NORM_ONE -> Condition.NORM_1;
            case NORM_TWO -> Condition.NORM_2;
            default -> Condition.NORM_INF;
        };
        return WellPosedness.test(condition, matrix, phi).certificate();
    }
}
