package org.implicitdl.solver;

import java.util.Arrays;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.SampledActivation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * φ(AX + V) for some samples of a problem. A dense A and a componentwise φ take one product of BLAS and one pass; other
 * operators and maps are applied as they are, by way of arrays that are given back at once.
 */
final class Evaluation {
    private final FixedPointProblem problem;
    private final Panel v;
    private final Optional<Panel> a;
    private final boolean transposed;
    private final Optional<ComponentMap> map;

    /** The samples by the columns that hold them; of the first so many as are in the batch. */
    private final int[] samples;

    /** @param samples the sample of each column; the caller may reorder them between evaluations */
    Evaluation(FixedPointProblem problem, NativeMemory memory, int[] samples) {
        this.problem = problem;
        this.samples = samples;
        this.v = Panel.viewOf(problem.input(), memory.type());
        this.a = problem.a() instanceof DenseOperator dense
                ? Optional.of(matrix(dense.matrix(), memory))
                : Optional.empty();
        this.transposed = a.isPresent() && isTransposed(((DenseOperator) problem.a()).matrix());
        this.map = problem.phi() instanceof DiagonalActivation diagonal
                ? Optional.of(new ComponentMap.Factors(Panel.viewOf(diagonal.derivatives(), memory.type()), samples))
                : ComponentMap.of(problem.phi());
    }

    private static Panel matrix(INDArray a, NativeMemory memory) {
        return Panel.viewOf(isTransposed(a) ? a.transpose() : a, memory.type());
    }

    /** Whether the matrix lies row by row. */
    private static boolean isTransposed(INDArray a) {
        return !Panel.isColumnMajor(a) && Panel.isColumnMajor(a.transpose());
    }

    /** The known part V of the whole batch. */
    Panel input() {
        return v;
    }

    /** The first {@code count} columns of Z become AX + V. */
    void argument(Panel x, Panel z, int count) {
        input(z, count);
        if (a.isPresent()) {
            z.product(1, a.get(), transposed, x, count, 1);
            return;
        }
        INDArray states = toArray(x, count);
        INDArray product = problem.a().times(states);
        z.add(1, Panel.viewOf(product, v.type()), count);
        close(states);
        close(product);
    }

    /** The first {@code count} columns of Z become φ(Z). */
    void activate(Panel z, int count) {
        if (map.isPresent()) {
            z.apply(map.get(), count);
            return;
        }
        Activation phi = SampledActivation.columns(problem.phi(), Arrays.copyOf(samples, count));
        INDArray arguments = toArray(z, count);
        INDArray values = phi.apply(arguments);
        Panel.viewOf(values, v.type()).copy(0, z, 0, count);
        close(arguments);
        close(values);
    }

    /** The first {@code count} columns of the target become those of V for the same samples. */
    void input(Panel target, int count) {
        for (int j = 0; j < count; ) {
            int first = j;
            while (++j < count && samples[j] == samples[j - 1] + 1) {
                // Neighbours are copied by one call.
            }
            v.copy(samples[first], target, first, j - first);
        }
    }

    /** φ(z) for the sample of column j, in double precision and in place. */
    void activate(double[] z, int j) {
        if (map.isPresent()) {
            map.get().apply(z, z.length, j, 1);
            return;
        }
        INDArray values = phi(j).apply(Nd4j.createFromArray(z).reshape('f', z.length, 1));
        System.arraycopy(values.reshape(z.length).toDoubleVector(), 0, z, 0, z.length);
    }

    /** The Jacobian of φ at z for the sample of column j; its diagonal, a single column, if φ is componentwise. */
    Matrix jacobian(double[] z, int j) {
        int n = z.length;
        if (map.isPresent()) {
            Matrix diagonal = Matrix.zeros(n, 1);
            map.get().derivatives(z, diagonal.values(), j);
            return diagonal;
        }
        INDArray at = Nd4j.createFromArray(z).reshape('f', n, 1);
        if (problem.phi().isComponentwise()) {
            return Matrix.copyOf(phi(j).transposedJacobianTimes(at, Nd4j.ones(DataType.DOUBLE, n, 1)));
        }
        int[] repeated = new int[n];
        Arrays.fill(repeated, samples[j]);
        Activation phi = SampledActivation.columns(problem.phi(), repeated);
        INDArray everywhere =
                Nd4j.create(DataType.DOUBLE, new long[] {n, n}, 'f').addiColumnVector(at);
        return Matrix.copyOf(phi.transposedJacobianTimes(everywhere, Nd4j.eye(n).castTo(DataType.DOUBLE)))
                .transpose();
    }

    private Activation phi(int j) {
        return SampledActivation.columns(problem.phi(), new int[] {samples[j]});
    }

    private INDArray toArray(Panel panel, int count) {
        INDArray array = Nd4j.createUninitialized(v.type(), new long[] {panel.rows(), count}, 'f');
        panel.copy(0, Panel.viewOf(array, v.type()), 0, count);
        return array.castTo(problem.input().dataType());
    }

    private static void close(INDArray array) {
        if (array.closeable()) {
            array.close();
        }
    }
}
