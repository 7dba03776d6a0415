package org.implicitdl.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.implicitdl.layer.Networks.features;
import static org.implicitdl.layer.Networks.labels;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.activation.ActivationBlocks;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** DL4J's gradient check, in double precision, through the equation. */
class GradientCheckTest {
    /** Random slopes or parameters of their own, discontinuous, or without a Lipschitz constant. */
    private static final Set<Activation> REFUSED =
            EnumSet.of(Activation.RRELU, Activation.THRESHOLDEDRELU, Activation.CUBE);

    /** How the output is read: with Du, without it, or not at all. */
    enum Readout {
        FULL,
        NO_DIRECT_TERM,
        NO_BIAS,
        STATE
    }

    record Case(Activation activation, WellPosed wellPosed, SolverType solver, Readout readout) {}

    /** What DL4J's check asks for. */
    @BeforeAll
    static void computeInDouble() {
        Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
    }

    @AfterAll
    static void computeInFloatAgain() {
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
    }

    /** Every activation with every choice of well-posedness; and for two of them every solver and readout. */
    static Stream<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (WellPosed wellPosed : WellPosed.values()) {
            for (Activation activation : Activation.values()) {
                cases.add(new Case(activation, wellPosed, SolverType.AUTO, Readout.FULL));
            }
            for (SolverType solver : SolverType.values()) {
                cases.add(new Case(Activation.TANH, wellPosed, solver, Readout.NO_DIRECT_TERM));
                cases.add(new Case(Activation.RELU, wellPosed, solver, Readout.STATE));
            }
            cases.add(new Case(Activation.SIGMOID, wellPosed, SolverType.AUTO, Readout.NO_BIAS));
        }
        return cases.stream().filter(made -> !REFUSED.contains(made.activation) && applies(made));
    }

    private static boolean applies(Case made) {
        boolean solves = switch (made.solver) {
            case BACK_SUBSTITUTION -> made.wellPosed == WellPosed.STRICTLY_UPPER_TRIANGULAR;
            case PEACEMAN_RACHFORD -> made.wellPosed == WellPosed.MONOTONE;
            case PICARD -> made.wellPosed != WellPosed.MONOTONE;
            default -> true;
        };
        boolean mixes = made.activation == Activation.SOFTMAX;
        boolean proximable = Activations.of(made.activation) instanceof FenchelActivation;
        boolean proximal = made.wellPosed == WellPosed.MONOTONE || made.solver == SolverType.PEACEMAN_RACHFORD;
        return solves && !(mixes && (made.wellPosed.needsComponentwise() || proximal)) && (proximable || !proximal);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theGradientIsExact(Case made) {
        ImplicitLayer.Builder layer = new ImplicitLayer.Builder()
                .nIn(2)
                .nOut(2)
                .stateSize(3)
                .activation(made.activation)
                .wellPosed(made.wellPosed)
                .solver(made.solver)
                .tolerance(1e-13);
        switch (made.readout) {
            case NO_DIRECT_TERM -> layer.directTerm(false);
            case NO_BIAS -> layer.hasBias(false);
            case STATE -> layer.stateOutput(true).nOut(3);
            default -> {}
        }
        int width = made.readout == Readout.STATE ? 3 : 2;
        MultiLayerNetwork network = Networks.network(Networks.builder(), layer.build(), Networks.softmax(width, 2));

        assertThat(check(network, 2)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(WellPosed.class)
    void theGradientIsExactForADifferentActivationOnEachBlock(WellPosed wellPosed) {
        ImplicitLayer layer = new ImplicitLayer.Builder()
                .nIn(2)
                .nOut(2)
                .stateSize(5)
                .activation(new ActivationBlocks(List.of(2, 3), List.of(new ActivationSigmoid(), new ActivationTanH())))
                .wellPosed(wellPosed)
                .tolerance(1e-13)
                .build();

        assertThat(check(Networks.network(Networks.builder(), layer, Networks.softmax(2, 2)), 2))
                .isTrue();
    }

    static boolean check(MultiLayerNetwork network, int inputs) {
        return GradientCheckUtil.checkGradients(new MLNConfig()
                .net(network)
                .input(features(3, 2, inputs))
                .labels(labels(2, 2))
                .epsilon(1e-6)
                .maxRelError(1e-5)
                .minAbsoluteError(1e-9)
                .print(GradientCheckUtil.PrintMode.FAILURES_ONLY));
    }
}
