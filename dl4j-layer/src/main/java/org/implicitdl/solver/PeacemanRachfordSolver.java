package org.implicitdl.solver;

import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.wellposed.MonotoneCertificate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Peaceman–Rachford splitting for matrices that are certified monotone, where Picard may fail (Winston and Kolter, Monotone
 * operator equilibrium networks, 2020).
 *
 * <p>A nondecreasing 1-Lipschitz φ is the proximal operator of some convex f, and the equation says 0 ∈ ∂f(x) + F(x) with
 * F(x) = (I − A)x − v. With x = prox_αf(u) and r = 2x − u, the iteration is u ← 2(I + α(I − A))⁻¹(r + αv) − r. For m = 1 −
 * λmax((A + Aᵀ)/2), ℓ = ‖I − A‖₂ and α = 1/ℓ it contracts by √((ℓ − m)/(ℓ + m)) (Giselsson, Tight global linear convergence
 * rate bounds for Douglas–Rachford splitting, 2017). prox_αf(u) = φ(t), where (1 − α)φ(t) + αt = u is solved to rounding,
 * component by component. An L-Lipschitz φ is treated by x = Ly.
 */
public final class PeacemanRachfordSolver implements FixedPointSolver {
    private static final String METHOD = "Peaceman–Rachford splitting";

    private final MonotoneCertificate certificate;
    private final StoppingRule rule;

    private PeacemanRachfordSolver(MonotoneCertificate certificate, StoppingRule rule) {
        this.certificate = certificate;
        this.rule = rule;
    }

    /** The splitting with the step that a certificate gives. */
    public static PeacemanRachfordSolver of(MonotoneCertificate certificate, StoppingRule rule) {
        return new PeacemanRachfordSolver(certificate, rule);
    }

    /** The factor by which every step shrinks the distance of u to its limit. */
    static double rate(MonotoneCertificate certificate) {
        double m = Math.min(certificate.strongMonotonicity(), certificate.distance());
        return Math.sqrt((certificate.distance() - m) / (certificate.distance() + m));
    }

    /** @throws IllegalArgumentException if the certificate does not fit A or φ */
    @Override
    public Solution solve(FixedPointProblem problem, INDArray start) {
        Certificates.require(certificate, problem);
        if (certificate.lipschitz() == 0) {
            return PicardSolver.with(rule).solve(problem, start);
        }
        return BatchIteration.run(METHOD, problem, start, rule, 2, Splitting::new);
    }

    @Override
    public String toString() {
        return METHOD + ", " + rule;
    }

    private final class Splitting implements BatchIteration.Step {
        private final double alpha = 1 / certificate.distance();
        private final double lipschitz = certificate.lipschitz();
        private final Batch batch;
        private final List<FenchelActivation> phi;
        private final Panel resolvent;
        private final Panel u;
        private final Panel reflected;
        private final double[] column;

        Splitting(Batch batch, NativeMemory memory) {
            FixedPointProblem problem = batch.problem();
            this.batch = batch;
            phi = IntStream.range(0, problem.states())
                    .mapToObj(i -> Components.scalar(problem.phi(), i).orElseThrow())
                    .toList();
            resolvent = Panel.viewOf(resolvent(problem).toArray(memory.type()), memory.type());
            u = memory.panel(problem.states(), problem.samples());
            reflected = memory.panel(problem.states(), problem.samples());
            column = new double[problem.states()];
            batch.x().copy(0, u, 0, batch.count());
        }

        /** M⁻¹ with M = I + α(I − LA), by normal equations: the condition number of M is at most 2. */
        private Matrix resolvent(FixedPointProblem problem) {
            Matrix m = Matrix.copyOf(problem.a().toDense(DataType.DOUBLE));
            for (int i = 0; i < m.values().length; i++) {
                m.values()[i] *= -alpha * lipschitz;
            }
            for (int i = 0; i < m.rows(); i++) {
                m.set(i, i, m.get(i, i) + 1 + alpha);
            }
            return Lapack.cholesky(Lapack.transposeTimes(m, m))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The certificate is not that of this A, whose resolvent is singular; certify this A."))
                    .solve(m.transpose());
        }

        /** φ(t) with (1 − α)φ(t)/L + αt = u, which is L·prox(u). */
        @Override
        public void state() {
            for (int j = 0; j < batch.count(); j++) {
                u.read(j, column);
                for (int i = 0; i < column.length; i++) {
                    ScalarEquation equation = new ScalarEquation(phi.get(i), (alpha - 1) / (alpha * lipschitz));
                    column[i] = phi.get(i).value(equation.solve(column[i] / alpha));
                }
                batch.x().write(j, column);
            }
        }

        /** With r = 2x/L − u, u ← 2M⁻¹(αv + r) − r; the residual's panel is free for αv + r. */
        @Override
        public void next() {
            int count = batch.count();
            u.scale(-1, count);
            u.add(2 / lipschitz, batch.x(), count);
            u.copy(0, reflected, 0, count);
            batch.evaluation().input(batch.residual(), count);
            reflected.add(alpha, batch.residual(), count);
            u.product(2, resolvent, false, reflected, count, -1);
        }

        @Override
        public void move(int from, int to) {
            u.copy(from, u, to, 1);
        }
    }
}
