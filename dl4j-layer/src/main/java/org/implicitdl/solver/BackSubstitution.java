package org.implicitdl.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.activation.Activation;
import org.implicitdl.wellposed.CompositionCertificate;
import org.implicitdl.wellposed.RestrictedActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Backward substitution for block triangular matrices (§2.2, Theorem 1): one pass over the parts of a certificate, each
 * of which is solved with what is known of the parts before it, by the solver that its own certificate calls for. A part
 * with a zero diagonal block is xᵢ = φᵢ(∑ Aᵢⱼxⱼ + vᵢ), so that a feedforward network costs its forward pass.
 *
 * <p>A block operator is never expanded, and its residual is put together from those of the parts, which are zero by
 * construction where the diagonal block is. Other matrices are divided from a dense copy, and their residual is that of
 * one evaluation at the end.
 */
public final class BackSubstitution implements FixedPointSolver {
    private static final String METHOD = "Block back-substitution";

    private final CompositionCertificate certificate;
    private final StoppingRule rule;

    private BackSubstitution(CompositionCertificate certificate, StoppingRule rule) {
        this.certificate = certificate;
        this.rule = rule;
    }

    /** Back-substitution in the order of a certificate; every part is solved to the tolerance. */
    public static BackSubstitution of(CompositionCertificate certificate, StoppingRule rule) {
        return new BackSubstitution(certificate, rule);
    }

    /** @throws IllegalArgumentException if the certificate does not fit A or φ */
    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        Certificates.require(certificate, problem);
        problem.requireState("start", start);
        PartStates states = PartStates.of(problem, certificate.partition());
        PartReports reports = new PartReports(problem.samples(), rule);
        for (CompositionCertificate.Part part : certificate.parts()) {
            int[] blocks = part.blocks();
            Activation phi = RestrictedActivation.of(problem.phi(), certificate.partition(), blocks);
            FixedPointProblem diagonal = new FixedPointProblem(states.diagonal(blocks), states.known(blocks), phi);
            Solution solution =
                    Solvers.forCertificate(part.certificate(), rule).solve(diagonal, states.rows(blocks, start));
            states.put(blocks, solution.state());
            reports.add(solution);
        }
        INDArray state = states.join();
        double[] distances = states.coversMatrix() ? reports.distances() : DirectReport.distances(problem, state);
        // Parts of residuals r·max(‖xₚ‖, 1) add up to no more than r√(k + 1)·max(‖x‖, 1).
        double tolerance =
                rule.tolerance(state.dataType()) * Math.sqrt(certificate.parts().size() + 1);
        return reports.merge(DirectReport.judge(METHOD, state, distances, rule, tolerance));
    }

    /** What the parts reported, sample by sample. */
    private static final class PartReports {
        private final StoppingRule rule;
        private final double[] squares;
        private final int[] iterations;
        private final SolverStatus[] statuses;

        PartReports(int samples, StoppingRule rule) {
            this.rule = rule;
            squares = new double[samples];
            iterations = new int[samples];
            statuses = new SolverStatus[samples];
            Arrays.fill(statuses, SolverStatus.CONVERGED);
        }

        void add(Solution part) {
            SolverReport report = part.report();
            double[] residuals = report.residuals();
            double[] norms = Columns.norms(part.state());
            int[] counts = report.iterations();
            for (int j = 0; j < squares.length; j++) {
                double distance = residuals[j] * Math.max(norms[j], rule.floor());
                squares[j] += distance * distance;
                iterations[j] = Math.max(iterations[j], counts[j]);
                if (statuses[j] == SolverStatus.CONVERGED) {
                    // The first failure is the cause of those after it.
                    statuses[j] = report.statuses().get(j);
                }
            }
        }

        double[] distances() {
            return Arrays.stream(squares).map(Math::sqrt).toArray();
        }

        Solution merge(Solution judged) {
            List<SolverStatus> merged = new ArrayList<>(judged.report().statuses());
            for (int j = 0; j < statuses.length; j++) {
                if (statuses[j] != SolverStatus.CONVERGED) {
                    merged.set(j, statuses[j]);
                }
            }
            return new Solution(
                    judged.state(),
                    new SolverReport(METHOD, merged, judged.report().residuals(), iterations));
        }
    }

    @Override
    public String toString() {
        return METHOD + " over " + certificate.parts().size() + " parts";
    }
}
