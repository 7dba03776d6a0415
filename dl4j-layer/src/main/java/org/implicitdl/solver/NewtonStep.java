package org.implicitdl.solver;

import java.util.Optional;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;

/** The steps of {@link NewtonSolver}. */
final class NewtonStep implements BatchIteration.Step {
    static final int LARGEST_FACTORIZATION = 1024;

    /** The shortest step that is tried is 2⁻¹². */
    private static final int HALVINGS = 12;

    private final Batch batch;
    private final JacobianSystem system;
    private final double[] x;
    private final double[] z;
    private final double[] residual;

    NewtonStep(Batch batch, NativeMemory memory) {
        FixedPointProblem problem = batch.problem();
        int n = problem.states();
        batch.keepArguments(memory);
        this.batch = batch;
        this.system = n <= LARGEST_FACTORIZATION
                ? new FactoredSystem(Matrix.copyOf(problem.a().toDense(DataType.DOUBLE)))
                : new KrylovSystem(problem.a());
        this.x = new double[n];
        this.z = new double[n];
        this.residual = new double[n];
    }

    @Override
    public void next() {
        for (int j = 0; j < batch.count(); j++) {
            batch.x().read(j, x);
            batch.argument().read(j, z);
            for (int i = 0; i < x.length; i++) {
                residual[i] = z[i];
            }
            batch.evaluation().activate(residual, j);
            for (int i = 0; i < x.length; i++) {
                residual[i] -= x[i];
            }
            step(j);
            batch.x().write(j, x);
        }
    }

    /** Moves x along the direction of Newton, or by Picard's step where there is none. */
    private void step(int j) {
        Optional<double[]> direction = system.solve(batch.evaluation().jacobian(z, j), residual);
        if (direction.isEmpty()) {
            move(x, 1, residual);
            return;
        }
        double[] d = direction.get();
        double[] slope = system.times(d);
        double start = norm(residual);
        double best = Double.POSITIVE_INFINITY;
        double length = 0;
        for (int k = 0; k <= HALVINGS; k++) {
            double t = Math.scalb(1.0, -k);
            double distance = distance(j, t, d, slope);
            if (distance < best) {
                best = distance;
                length = t;
            } else if (best < start) {
                // It gets worse again: the best step is known well enough.
                break;
            }
        }
        move(x, length, d);
    }

    /** ‖φ(z + tw) − x − td‖₂ for w = Ad. */
    private double distance(int j, double t, double[] d, double[] slope) {
        double[] image = z.clone();
        move(image, t, slope);
        batch.evaluation().activate(image, j);
        for (int i = 0; i < image.length; i++) {
            image[i] -= x[i] + t * d[i];
        }
        return norm(image);
    }

    private static void move(double[] x, double t, double[] d) {
        for (int i = 0; i < x.length; i++) {
            x[i] += t * d[i];
        }
    }

    private static double norm(double[] x) {
        return new Matrix(x.length, 1, x).frobeniusNorm();
    }
}
