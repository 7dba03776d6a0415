package org.implicitdl.layer;

import java.util.Map;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.Blas;
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

    /**
     * Writes the known part BU + b of the equation, samples as rows.
     *
     * @param u [m, p]
     * @param v [m, n] in 'c' order; overwritten
     */
    void writeKnownPart(INDArray u, INDArray v) {
        fill(v, stateBias());
        Blas.multiply(u, false, b(), true, stateBias().isPresent() ? 1 : 0, v, false);
    }

    /**
     * Writes the output CX + DU + d, samples as rows; for rules with a readout C.
     *
     * @param x the state [n, m]
     * @param u [m, p]
     * @param output [m, q] in 'c' order; overwritten
     */
    void writeOutput(INDArray x, INDArray u, INDArray output) {
        fill(output, outputBias());
        Blas.multiply(x, true, c().orElseThrow(), true, outputBias().isPresent() ? 1 : 0, output, false);
        d().ifPresent(d -> Blas.multiply(u, false, d, true, 1, output, false));
    }

    private static void fill(INDArray rows, Optional<INDArray> bias) {
        bias.ifPresent(values -> Blas.fillRows(rows, values));
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
