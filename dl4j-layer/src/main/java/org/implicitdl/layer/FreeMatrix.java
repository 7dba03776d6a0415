package org.implicitdl.layer;

import java.util.Map;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A parameter A on which nothing is enforced. */
record FreeMatrix() implements StateMatrix {

    @Override
    public void makeInitial(Map<String, INDArray> parameters) {
        // As drawn.
    }

    @Override
    public INDArray matrix(Map<String, INDArray> parameters) {
        return parameters.get(ParameterLayout.A);
    }

    @Override
    public void pullback(Map<String, INDArray> parameters, INDArray gradient, Map<String, INDArray> gradients) {
        // The gradient of A is that of the parameter.
    }

    @Override
    public void restore(Map<String, INDArray> parameters) {
        // Free.
    }

    @Override
    public Optional<Certificate> certificate(Weights weights, Activation phi) {
        return WellPosedness.find(DenseOperator.viewOf(weights.a()), phi);
    }
}
