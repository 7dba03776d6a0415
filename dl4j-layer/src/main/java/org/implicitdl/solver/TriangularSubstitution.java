package org.implicitdl.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.wellposed.RestrictedActivation;
import org.implicitdl.wellposed.TriangularCertificate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The backward recursion of §3.1 for a matrix that is triangular after a permutation: xᵢ solves xᵢ = φᵢ(aᵢᵢxᵢ + c) with c
 * = vᵢ + ∑ Aᵢⱼxⱼ over the states before it. Many states at a time take one product with those before them.
 *
 * <p>Where aᵢᵢ = 0, xᵢ = φᵢ(c). Elsewhere the scalar equation is solved to rounding, in closed form for positively
 * homogeneous φ; a φ that is not nondecreasing takes Picard on the diagonal. The residual in the report is that of one
 * evaluation of φ(Ax + v) at the end; only for A = 0 by structure it is zero by construction.
 */
public final class TriangularSubstitution implements FixedPointSolver {
    private static final String METHOD = "Back-substitution";

    private final TriangularCertificate certificate;
    private final StoppingRule rule;

    private TriangularSubstitution(TriangularCertificate certificate, StoppingRule rule) {
        this.certificate = certificate;
        this.rule = rule;
    }

    /** Back-substitution in the order of a certificate; the tolerance judges the result. */
    public static TriangularSubstitution of(TriangularCertificate certificate, StoppingRule rule) {
        return new TriangularSubstitution(certificate, rule);
    }

    /** @throws IllegalArgumentException if the certificate does not fit A or φ */
    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        Certificates.require(certificate, problem);
        double tolerance = rule.tolerance(problem.input().dataType());
        if (problem.a().isZero()) {
            INDArray state = problem.phi().apply(problem.input());
            return DirectReport.judge(METHOD, state, DirectReport.zeroDistances(problem), rule, tolerance);
        }
        List<int[]> levels = certificate.levels();
        Optional<RowMap> map = RowMap.of(problem.phi(), problem.states());
        INDArray state;
        if (map.isPresent()) {
            int[] order = levels.stream().flatMapToInt(Arrays::stream).toArray();
            state = new BlockedSubstitution(problem, order, certificate.diagonal(), map.get()).solve();
        } else {
            state = levels.size() == 1
                    ? solveLevel(problem.phi(), certificate.diagonal(), problem.input())
                    : solveLevels(problem, levels);
        }
        return DirectReport.judge(METHOD, state, DirectReport.distances(problem, state), rule, tolerance);
    }

    private INDArray solveLevels(FixedPointProblem problem, List<int[]> levels) {
        int[] order = levels.stream().flatMapToInt(Arrays::stream).toArray();
        // In the order of the levels their rows lie side by side: views, in 'c' order.
        INDArray a = Columns.gather(
                        Columns.gatherRows(problem.a().toDense(problem.input().dataType()), order), order)
                .dup('c');
        INDArray v = Columns.gatherRows(problem.input(), order);
        INDArray x = Nd4j.create(v.dataType(), v.shape(), 'c');
        double[] diagonal = certificate.diagonal();
        Partition rows =
                Partition.of(levels.stream().mapToInt(level -> level.length).toArray());
        Partition singles = singles(problem);
        for (int l = 0; l < levels.size(); l++) {
            int[] level = levels.get(l);
            // The states from this level on are still zero in x, and add nothing to the product.
            INDArray c = rows.part(v, l);
            c = l == 0 ? c : rows.part(a, l).mmul(x).addi(c);
            Activation phi = RestrictedActivation.of(problem.phi(), singles, level);
            double[] entries =
                    Arrays.stream(level).mapToDouble(i -> diagonal[i]).toArray();
            rows.part(x, l).assign(solveLevel(phi, entries, c));
        }
        INDArray state = Nd4j.create(v.dataType(), v.shape(), 'f');
        Columns.scatterRows(x, state, order);
        return state;
    }

    private static Partition singles(FixedPointProblem problem) {
        int[] sizes = new int[problem.states()];
        Arrays.fill(sizes, 1);
        return Partition.of(sizes);
    }

    /** X with X = φ(diag(a)X + C), for a φ that is no scalar function. */
    private INDArray solveLevel(Activation phi, double[] diagonal, INDArray c) {
        if (Arrays.stream(diagonal).allMatch(entry -> entry == 0)) {
            return phi.apply(c);
        }
        // In double and nearly to rounding, so that the levels after it do not add up what is left.
        FixedPointProblem problem = new FixedPointProblem(
                DiagonalOperator.copyOf(Nd4j.createFromArray(diagonal)), c.castTo(DataType.DOUBLE), phi);
        return PicardSolver.with(rule.withTolerance(1e-14))
                .solve(problem)
                .state()
                .castTo(c.dataType());
    }

    @Override
    public String toString() {
        return METHOD + " over " + certificate.levels().size() + " levels";
    }
}
