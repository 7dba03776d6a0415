package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.WellPosedness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What every solver promises, over all problems that its kind of certificate covers. */
class CertifiedSolversTest {
    private static final int SAMPLES = 3;

    private static final List<SolverProblems.Case> CASES = SolverProblems.all();
    private static final Map<SolverProblems.Case, List<FixedPointSolver>> SOLVERS = new ConcurrentHashMap<>();

    static List<SolverProblems.Case> cases() {
        return CASES;
    }

    /** The solver of each kind of certificate that there is, and Picard's kind where it is proven to converge. */
    private static List<FixedPointSolver> solvers(SolverProblems.Case problem) {
        return SOLVERS.computeIfAbsent(problem, CertifiedSolversTest::certifiedSolvers);
    }

    private static List<FixedPointSolver> certifiedSolvers(SolverProblems.Case problem) {
        List<Certificate> certificates =
                WellPosedness.assess(problem.a(), problem.phi()).certificates();
        assertThat(certificates).isNotEmpty();
        Certificate quick = WellPosedness.certify(problem.a(), problem.phi());
        // Contractions differ in what they prove, not in how they are solved: one of each kind is enough.
        Map<Class<?>, Certificate> kinds = new LinkedHashMap<>();
        kinds.put(quick.getClass(), quick);
        certificates.forEach(certificate -> kinds.putIfAbsent(certificate.getClass(), certificate));
        Stream<FixedPointSolver> certified = kinds.values().stream().map(Solvers::forCertificate);
        boolean picard = certificates.stream().anyMatch(Certificate::picardConverges);
        Stream<FixedPointSolver> iterations = Stream.of(PicardSolver.withDefaults(), AndersonSolver.withDefaults());
        return Stream.concat(certified, picard ? iterations : Stream.empty()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theStateSolvesTheEquationAndTheReportIsTrue(SolverProblems.Case each) {
        for (DataType type : List.of(DataType.DOUBLE, DataType.FLOAT)) {
            for (int samples : new int[] {1, SAMPLES}) {
                FixedPointProblem problem = each.problem(type, samples);
                INDArray before = problem.input().dup();
                for (FixedPointSolver solver : solvers(each)) {
                    Solution solution = solver.solve(problem);
                    INDArray x = solution.orElseThrow();
                    assertThat(x.dataType()).isEqualTo(type);
                    assertThat(x.ordering()).isEqualTo('f');
                    assertThat(x.shape()).containsExactly(problem.states(), samples);
                    double[] distances = Columns.norms(problem.apply(x).subi(x));
                    double[] norms = Columns.norms(x);
                    for (int j = 0; j < samples; j++) {
                        double residual = distances[j] / Math.max(norms[j], 1);
                        double rounding = type == DataType.FLOAT ? 2e-6 : 1e-14;
                        assertThat(residual)
                                .as("%s, sample %d", solver, j)
                                .isLessThanOrEqualTo(solution.report().residuals()[j] + rounding);
                        assertThat(residual).isLessThanOrEqualTo(type == DataType.FLOAT ? 1.6e-5 : 4e-12);
                    }
                }
                assertThat(problem.input()).isEqualTo(before);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void theStateIsThatOfASlowReference(SolverProblems.Case each) {
        FixedPointProblem problem = each.problem(DataType.DOUBLE, 2);
        for (int j = 0; j < 2; j++) {
            double[] reference = SolverProblems.damped(problem, j).orElseThrow();
            for (FixedPointSolver solver : solvers(each)) {
                double[] x = solver.solve(problem).orElseThrow().getColumn(j).toDoubleVector();
                assertClose(x, reference, 1e-8, solver + ", sample " + j);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void samplesDoNotDependOnEachOtherNorOnTheStart(SolverProblems.Case each) {
        FixedPointProblem problem = each.problem(DataType.DOUBLE, SAMPLES);
        INDArray start =
                Equations.gaussian(new Random(1), problem.states(), SAMPLES, 5).toArray(DataType.DOUBLE);
        INDArray before = start.dup();
        for (FixedPointSolver solver : solvers(each)) {
            INDArray together = solver.solve(problem, start).orElseThrow();
            for (int j = 0; j < SAMPLES; j += SAMPLES - 1) {
                INDArray v = problem.input().get(NDArrayIndex.all(), NDArrayIndex.interval(j, j + 1));
                INDArray alone = solver.solve(new FixedPointProblem(each.a(), v, each.phi()))
                        .orElseThrow();
                assertClose(
                        together.getColumn(j).toDoubleVector(),
                        alone.reshape(alone.length()).toDoubleVector(),
                        1e-8,
                        solver + ", sample " + j);
            }
        }
        assertThat(start).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void badSamplesAreReportedAndLeaveTheOthersAlone(SolverProblems.Case each) {
        FixedPointProblem clean = each.problem(DataType.DOUBLE, 3);
        INDArray v = clean.input().dup('f');
        v.putScalar(0, 1, Double.NaN);
        FixedPointProblem problem = new FixedPointProblem(each.a(), v, each.phi());
        for (FixedPointSolver solver : solvers(each)) {
            Solution solution = solver.solve(problem);
            assertThat(solution.report().statuses())
                    .containsExactly(SolverStatus.CONVERGED, SolverStatus.NON_FINITE, SolverStatus.CONVERGED);
            assertThat(solution.report().residuals()[1]).isNaN();
            assertThat(solution.state().sumNumber().doubleValue()).isFinite();
            INDArray expected = solver.solve(clean).orElseThrow();
            for (int j = 0; j < 3; j += 2) {
                assertClose(
                        solution.state().getColumn(j).toDoubleVector(),
                        expected.getColumn(j).toDoubleVector(),
                        1e-12,
                        solver + ", sample " + j);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void identityIsALinearSystem(SolverProblems.Case each) {
        if (!each.phi().toString().equals("identity")) {
            return;
        }
        FixedPointProblem problem = each.problem(DataType.DOUBLE, 2);
        Matrix system = Matrix.identity(problem.states());
        Matrix a = Matrix.copyOf(problem.a().toDense(DataType.DOUBLE));
        for (int i = 0; i < a.values().length; i++) {
            system.values()[i] -= a.values()[i];
        }
        double[] exact = Equations.solve(system, problem.input().getColumn(0).toDoubleVector())
                .orElseThrow();
        for (FixedPointSolver solver : solvers(each)) {
            assertClose(
                    solver.solve(problem).orElseThrow().getColumn(0).toDoubleVector(), exact, 1e-9, solver.toString());
        }
    }

    private static void assertClose(double[] found, double[] expected, double tolerance, String what) {
        double distance = 0;
        double size = 1;
        for (int i = 0; i < found.length; i++) {
            distance = Math.hypot(distance, found[i] - expected[i]);
            size = Math.hypot(size, expected[i]);
        }
        assertThat(distance).as(what).isLessThanOrEqualTo(tolerance * size);
    }
}
