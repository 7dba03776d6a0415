package org.implicitdl.zoo.bench.layer;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.PrintMode;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A layer of 2 inputs and 3 states, put together in one of the ways that there are.
 *
 * @param activation φ
 * @param wellPosed how the equation is kept well-posed
 * @param solver the solver
 * @param readout how the output is read
 */
record GradientCase(Activation activation, WellPosed wellPosed, SolverType solver, Readout readout) {
    /** Random slopes or parameters of their own, discontinuous, or without a Lipschitz constant. */
    private static final Set<Activation> REFUSED =
            EnumSet.of(Activation.RRELU, Activation.THRESHOLDEDRELU, Activation.CUBE);

    private static final int INPUTS = 2;
    private static final int STATES = 3;

    /** How the output is read: Cx + Du + d, without Du, without biases, or the state itself. */
    enum Readout {
        FULL,
        NO_DIRECT_TERM,
        NO_BIAS,
        STATE
    }

    /** What DL4J's check says of a case. */
    enum Outcome {
        PASSED,
        FAILED,
        REFUSED
    }

    /** The full product, but for activations that no layer takes, and Picard where nothing says that it converges. */
    static Stream<GradientCase> all() {
        return Stream.of(WellPosed.values())
                .flatMap(wellPosed -> Stream.of(SolverType.values())
                        .filter(solver -> wellPosed != WellPosed.MONOTONE || solver != SolverType.PICARD)
                        .flatMap(solver -> Stream.of(Readout.values())
                                .flatMap(readout -> Stream.of(Activation.values())
                                        .filter(activation -> !REFUSED.contains(activation))
                                        .map(activation -> new GradientCase(activation, wellPosed, solver, readout)))));
    }

    /** DL4J's gradient check, in double precision, which must be the default type of ND4J; refused is what cannot be built. */
    Outcome check(double tolerance) {
        MultiLayerNetwork network;
        try {
            network = network();
        } catch (DL4JInvalidConfigException e) {
            return Outcome.REFUSED;
        }
        Draws draws = new Draws(3, DataType.DOUBLE);
        boolean passed = GradientCheckUtil.checkGradients(new MLNConfig()
                .net(network)
                .input(draws.normal(2, INPUTS))
                .labels(draws.labels(2, 2))
                .epsilon(1e-6)
                .maxRelError(tolerance)
                .minAbsoluteError(1e-9)
                .print(PrintMode.FAILURES_ONLY));
        return passed ? Outcome.PASSED : Outcome.FAILED;
    }

    private MultiLayerNetwork network() {
        int outputs = readout == Readout.STATE ? STATES : INPUTS;
        ImplicitLayer layer = new ImplicitLayer.Builder()
                .nIn(INPUTS)
                .nOut(outputs)
                .stateSize(STATES)
                .activation(activation)
                .wellPosed(wellPosed)
                .solver(solver)
                .tolerance(1e-13)
                .directTerm(readout != Readout.NO_DIRECT_TERM)
                .hasBias(readout != Readout.NO_BIAS)
                .stateOutput(readout == Readout.STATE)
                .build();
        return Networks.of(DataType.DOUBLE, new NoOp(), layer, Networks.softmax(outputs, 2));
    }
}
