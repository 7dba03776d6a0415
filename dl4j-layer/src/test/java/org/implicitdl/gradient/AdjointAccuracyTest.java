package org.implicitdl.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.ZeroOperator;
import org.implicitdl.solver.FixedPointProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What holds of the exact gradient whatever the sizes, the batch and the precision. */
class AdjointAccuracyTest {
    private static final List<GradientProblems.Case> CASES =
            GradientProblems.of(Activations.relu(), Activations.tanh());

    static List<GradientProblems.Case> cases() {
        return CASES;
    }

    private static double relativeDistance(INDArray s, INDArray reference) {
        INDArray exact = reference.castTo(DataType.DOUBLE);
        return s.castTo(DataType.DOUBLE).distance2(exact) / exact.norm2Number().doubleValue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void gradientsOfEverySizeAreEquallyAccurate(GradientProblems.Case each) {
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            FixedPointProblem problem = each.problem(type);
            Linearization at = Linearization.at(problem, each.state(problem));
            INDArray g = each.gradient(type);
            INDArray s = each.exact().solve(at, g).orElseThrow();
            INDArray scales = Nd4j.createFromArray(new double[] {0x1p-90, 1, 0x1p60})
                    .reshape(1, GradientProblems.SAMPLES)
                    .castTo(type);
            // Powers of two scale without rounding, and so must the result.
            assertThat(each.exact().solve(at, g.mulRowVector(scales)).orElseThrow())
                    .isEqualTo(s.mulRowVector(scales));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void singlePrecisionGivesTheGradientToItsOwnAccuracy(GradientProblems.Case each) {
        FixedPointProblem problem = each.problem(DataType.DOUBLE);
        INDArray exact = each.exact()
                .solve(Linearization.at(problem, each.state(problem)), each.gradient(DataType.DOUBLE))
                .orElseThrow();
        FixedPointProblem shorter = each.problem(DataType.FLOAT);
        INDArray s = each.exact()
                .solve(Linearization.at(shorter, each.state(shorter)), each.gradient(DataType.FLOAT))
                .orElseThrow();
        assertThat(s.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(relativeDistance(s, exact)).isLessThan(5e-5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void samplesDoNotDependOnEachOther(GradientProblems.Case each) {
        FixedPointProblem problem = each.problem(DataType.DOUBLE);
        INDArray x = each.state(problem);
        INDArray g = each.gradient(DataType.DOUBLE);
        INDArray together = each.exact().solve(Linearization.at(problem, x), g).orElseThrow();
        for (int j = 0; j < GradientProblems.SAMPLES; j++) {
            FixedPointProblem single = new FixedPointProblem(problem.a(), column(problem.input(), j), problem.phi());
            INDArray alone = each.exact()
                    .solve(Linearization.at(single, column(x, j)), column(g, j))
                    .orElseThrow();
            assertThat(relativeDistance(alone, column(together, j))).isLessThan(1e-11);
        }
    }

    private static INDArray column(INDArray x, int j) {
        return x.get(NDArrayIndex.all(), NDArrayIndex.interval(j, j + 1)).dup('f');
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void argumentsAreLeftAloneAndTheirLayoutDoesNotMatter(GradientProblems.Case each) {
        FixedPointProblem problem = each.problem(DataType.DOUBLE);
        INDArray x = each.state(problem);
        INDArray g = each.gradient(DataType.DOUBLE);
        INDArray start = Nd4j.ones(DataType.DOUBLE, x.shape());
        INDArray[] before = {problem.input().dup(), x.dup(), g.dup(), start.dup()};
        for (AdjointMethod method : List.of(each.exact(), OneStep.withDefaults(), Phantom.of(3, 0.5))) {
            INDArray s = method.solve(Linearization.at(problem, x), g, start).s();
            assertThat(s.ordering()).isEqualTo('f');
            INDArray other = method.solve(Linearization.at(problem, x.dup('c')), g.dup('c'), start.dup('c'))
                    .s();
            assertThat(relativeDistance(other, s)).isLessThan(1e-14);
            s.assign(99);
        }
        assertThat(new INDArray[] {problem.input(), x, g, start}).isEqualTo(before);
    }

    @Test
    void anIterationContinuesFromItsStart() {
        GradientProblems.Case each = CASES.stream()
                .filter(one -> one.name().equals("row sums"))
                .findFirst()
                .orElseThrow();
        FixedPointProblem problem = each.problem(DataType.DOUBLE);
        Linearization at = Linearization.at(problem, each.state(problem));
        INDArray g = each.gradient(DataType.DOUBLE);
        AdjointState cold = each.exact().solve(at, g);
        assertThat(cold.report().maxIterations()).isGreaterThan(5);
        AdjointState warm = each.exact().solve(at, g, cold.s());
        assertThat(warm.report().iterations()).containsOnly(1);
        assertThat(warm.orElseThrow()).isEqualTo(cold.s());
    }

    /** Where φ has a kink, back-propagation takes a one-sided derivative, and so does the implicit gradient. */
    @ParameterizedTest
    @EnumSource(
            value = org.nd4j.linalg.activations.Activation.class,
            names = {"RELU", "LEAKYRELU", "HARDTANH", "ELU", "RELU6", "SELU", "THRESHOLDEDRELU", "HARDSIGMOID"})
    void derivativesAtKinksAreThoseOfBackPropagation(org.nd4j.linalg.activations.Activation named) {
        Activation phi = Activations.of(named);
        INDArray z = Nd4j.createFromArray(new double[][] {{0, -0.0, 1, -1, 6, 2.5, -2.5}});
        INDArray g = Nd4j.createFromArray(new double[][] {{1, 2, 3, 4, 5, 6, 7}});
        FixedPointProblem problem = new FixedPointProblem(new ZeroOperator(1, 1), z, phi);
        Linearization at = Linearization.at(problem, phi.apply(z));
        INDArray expected = named.getActivationFunction()
                .backprop(z.dup().transpose(), g.dup().transpose())
                .getFirst();
        for (AdjointMethod method :
                List.of(ImplicitDifferentiation.withDefaults(), OneStep.withDefaults(), Phantom.of(1, 1))) {
            // ND4J rounds the slope of leaky ReLU to single precision.
            assertThat(method.solve(at, g).orElseThrow().toDoubleVector())
                    .containsExactly(expected.toDoubleVector(), within(1e-8));
        }
    }
}
