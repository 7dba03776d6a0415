package org.implicitdl.layer;

import java.util.Map;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ZeroOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrices of the rule (1) as one pass through the layer uses them.
 *
 * @param a A [n, n], made of its parameters
 * @param parameters all parameters by name, with noise if there is some
 */
record Weights(INDArray a, Map<String, INDArray> parameters) {

    INDArray b() {
        return parameters.get(ParameterLayout.B);
    }

    /** C [q, n]; empty if the output is the state. */
    Optional<INDArray> c() {
        return Optional.ofNullable(parameters.get(ParameterLayout.C));
    }

    /** D [q, p]; empty if there is no direct term. */
    Optional<INDArray> d() {
        return Optional.ofNullable(parameters.get(ParameterLayout.D));
    }

    /** b, n numbers side by side. */
    Optional<INDArray> stateBias() {
        return Optional.ofNullable(parameters.get(ParameterLayout.STATE_BIAS));
    }

    /** d, q numbers side by side. */
    Optional<INDArray> outputBias() {
        return Optional.ofNullable(parameters.get(ParameterLayout.OUTPUT_BIAS));
    }

    /** The rule over copies of the matrices. */
    ImplicitModel model(Activation phi) {
        int n = a.rows();
        int p = b().columns();
        LinearOperator readout =
                c().<LinearOperator>map(DenseOperator::copyOf).orElseGet(() -> new IdentityOperator(n));
        LinearOperator direct =
                d().<LinearOperator>map(DenseOperator::copyOf).orElseGet(() -> new ZeroOperator(readout.rows(), p));
        ImplicitModel model =
                ImplicitModel.of(DenseOperator.copyOf(a), DenseOperator.copyOf(b()), readout, direct, phi);
        ImplicitModel biased =
                stateBias().map(b -> model.withStateBias(column(b))).orElse(model);
        return outputBias().map(d -> biased.withOutputBias(column(d))).orElse(biased);
    }

    private static INDArray column(INDArray vector) {
        return vector.reshape(vector.length(), 1);
    }
}
