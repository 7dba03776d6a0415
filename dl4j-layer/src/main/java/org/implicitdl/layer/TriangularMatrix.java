package org.implicitdl.layer;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.StrictBlockUpperTriangular;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The strictly upper triangle of a parameter A (6): whatever stands elsewhere is not used, has no gradient, and is set
 * to zero after every update.
 *
 * @param states the order n
 */
record TriangularMatrix(long states) implements StateMatrix {

    @Override
    public void makeInitial(Map<String, INDArray> parameters) {
        restore(parameters);
    }

    @Override
    public INDArray matrix(Map<String, INDArray> parameters) {
        return set().project(parameters.get(ParameterLayout.A));
    }

    @Override
    public void pullback(Map<String, INDArray> parameters, INDArray gradient, Map<String, INDArray> gradients) {
        set().enforce(gradient);
    }

    @Override
    public void restore(Map<String, INDArray> parameters) {
        set().enforce(parameters.get(ParameterLayout.A));
    }

    @Override
    public Optional<Certificate> certificate(Weights weights, Activation phi) {
        return WellPosedness.find(DenseOperator.viewOf(weights.a()), phi);
    }

    private StrictBlockUpperTriangular set() {
        int[] ones = new int[Math.toIntExact(states)];
        Arrays.fill(ones, 1);
        return new StrictBlockUpperTriangular(Partition.of(ones));
    }
}
