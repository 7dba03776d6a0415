package org.implicitdl.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.solver.FixedPointException;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.SolverStatus;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.WellPosedness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdjointFailureTest {
    private static final LinearOperator A = Equations.dense(new double[] {0.4, -0.3}, new double[] {0.2, 0.5});
    private static final ImplicitDifferentiation EXACT = ImplicitDifferentiation.withDefaults();

    private static Linearization at(LinearOperator a, INDArray x) {
        return Linearization.at(new FixedPointProblem(a, Nd4j.zerosLike(x), Activations.identity()), x);
    }

    private static List<AdjointMethod> methods() {
        ImplicitDifferentiation certified = EXACT.withCertificate(WellPosedness.certify(A, Activations.identity()));
        return List.of(EXACT, EXACT.withDirectLimit(0), certified, OneStep.withDefaults(), Phantom.of(3, 0.5));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void samplesThatAreNotFiniteAreReportedAndLeaveTheOthersAlone(DataType type) {
        INDArray x = Nd4j.ones(type, 2, 4);
        INDArray g = Nd4j.createFromArray(new double[][] {{1, 2, 3, 4}, {-4, 5, 6, 7}})
                .castTo(type);
        INDArray badG = g.dup();
        badG.putScalar(1, 1, Double.NaN);
        badG.putScalar(0, 2, Double.NEGATIVE_INFINITY);
        INDArray badX = x.dup();
        badX.putScalar(0, 3, Double.NaN);
        for (AdjointMethod method : methods()) {
            AdjointState clean = method.solve(tanhAt(x), g);
            AdjointState state = method.solve(tanhAt(badX), badG);
            assertThat(state.report().statuses())
                    .as("%s", method)
                    .containsExactly(
                            SolverStatus.CONVERGED,
                            SolverStatus.NON_FINITE,
                            SolverStatus.NON_FINITE,
                            SolverStatus.NON_FINITE);
            assertThat(state.s().getColumn(0)).isEqualTo(clean.s().getColumn(0));
            for (int j = 1; j < 4; j++) {
                assertThat(state.s().getColumn(j).toDoubleVector()).containsExactly(0, 0);
            }
            assertThatExceptionOfType(FixedPointException.class)
                    .isThrownBy(state::orElseThrow)
                    .withMessageContaining("solved the adjoint equation s = φ'(z)ᵀ(Aᵀs + g) for 1 of 4 samples only")
                    .withMessageContaining("NON_FINITE")
                    .satisfies(e -> assertThat(e.report()).isEqualTo(state.report()));
        }
    }

    /** The derivative of tanh depends on the state, so that a NaN there reaches it. */
    private static Linearization tanhAt(INDArray x) {
        return Linearization.at(new FixedPointProblem(A, Nd4j.zerosLike(x), Activations.tanh()), x);
    }

    @Test
    void whatNoMethodCanSolveIsNeverSilent() {
        INDArray nothing = Nd4j.valueArrayOf(new long[] {2, 3}, Double.NaN);
        AdjointState state = EXACT.solve(at(A, Nd4j.zeros(DataType.DOUBLE, 2, 3)), nothing.castTo(DataType.DOUBLE));
        assertThat(state.report().statuses())
                .containsOnly(SolverStatus.NON_FINITE)
                .hasSize(3);
        assertThat(state.s().sumNumber().doubleValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64})
    void anEquationWhoseSolutionIsNotIsolatedHasNoGradient(int directLimit) {
        // x = x holds for every x.
        INDArray x = Nd4j.ones(DataType.DOUBLE, 3, 2);
        AdjointState state = EXACT.withRule(StoppingRule.withDefaults().withIterationLimit(20))
                .withDirectLimit(directLimit)
                .solve(at(new IdentityOperator(3), x), x);
        assertThat(state.report().failures()).isEqualTo(2);
        assertThatExceptionOfType(FixedPointException.class)
                .isThrownBy(state::orElseThrow)
                .withMessageContaining("0 of 2 samples");
        assertThat(state.s().sumNumber().doubleValue()).isFinite();
    }

    @Test
    void aSingularSystemIsToldByItsName() {
        INDArray x = Nd4j.ones(DataType.DOUBLE, 3, 2);
        AdjointState state = EXACT.solve(at(new IdentityOperator(3), x), x);
        assertThat(state.report().statuses()).containsOnly(SolverStatus.SINGULAR);
        assertThatExceptionOfType(FixedPointException.class)
                .isThrownBy(state::orElseThrow)
                .withMessageContaining("SINGULAR (2): the linear system is singular")
                .withMessageContaining("certify A");
    }

    @Test
    void samplesThatAnIterationFailsForAreFactorized() {
        // Without a certificate the iteration is a guess: here it diverges, and the solution is g/(1 + 3).
        LinearOperator a = Equations.dense(new double[] {-3, 0}, new double[] {0, -3});
        INDArray x = Nd4j.zeros(DataType.DOUBLE, 2, 2);
        AdjointState state =
                EXACT.withDirectLimit(0).solve(at(a, x), Nd4j.createFromArray(new double[][] {{4, 0}, {8, 0}}));
        assertThat(state.orElseThrow()).isEqualTo(Nd4j.createFromArray(new double[][] {{1, 0}, {2, 0}}));
        assertThat(state.report().method()).isEqualTo("Picard, then LU");
        assertThat(state.report().iterations()[0]).isGreaterThan(2);
        assertThat(state.report().iterations()[1]).isEqualTo(1);
    }

    @Test
    void aCertificateOfAnotherEquationIsRefused() {
        LinearOperator other = Equations.dense(new double[] {0.5});
        ImplicitDifferentiation method = EXACT.withCertificate(WellPosedness.certify(other, Activations.identity()));
        INDArray x = Nd4j.zeros(DataType.DOUBLE, 2, 1);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> method.solve(at(A, x), x))
                .withMessageContaining("1 states")
                .withMessageContaining("2");
    }

    @Test
    void arraysThatDoNotFitAreRefused() {
        INDArray x = Nd4j.zeros(DataType.DOUBLE, 2, 3);
        FixedPointProblem problem = new FixedPointProblem(A, x, Activations.relu());
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Linearization.at(problem, Nd4j.zeros(DataType.DOUBLE, 2, 1)))
                .withMessageContaining("state must be DOUBLE[2, 3]")
                .withMessageContaining("DOUBLE[2, 1]");
        for (AdjointMethod method : methods()) {
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> method.solve(at(A, x), Nd4j.zeros(DataType.DOUBLE, 3, 2)))
                    .withMessageContaining("gradient G in the state must be DOUBLE[2, 3]");
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> method.solve(at(A, x), Nd4j.zeros(DataType.FLOAT, 2, 3)))
                    .withMessageContaining("FLOAT[2, 3]");
            assertThatExceptionOfType(ShapeException.class)
                    .isThrownBy(() -> method.solve(at(A, x), x, Nd4j.zeros(DataType.DOUBLE, 2, 2)))
                    .withMessageContaining("start");
        }
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EXACT.withDirectLimit(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Phantom.of(0, 0.5))
                .withMessageContaining("at least 1 step")
                .withMessageContaining("0 were");
        for (double damping : new double[] {0, -1, 1.5, Double.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Phantom.of(5, damping))
                    .withMessageContaining("but is " + damping);
        }
    }
}
