package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Derivatives of vᵀŷ by the inputs: Bᵀμ + Dᵀv with μ = Jᵀ(Aᵀμ + Cᵀv), where J is the Jacobian of φ at the states; block by
 * block from the last, and by a dense solve for each sample where states depend on each other.
 */
final class InputGradient {
    private static final int PICARD_STEPS = 300;

    private final Structure structure;

    InputGradient(Structure structure) {
        this.structure = structure;
    }

    /**
     * The gradients at given inputs.
     *
     * @param u U [p, m]
     * @param v V [q, m]
     * @return a new array [p, m]
     */
    INDArray of(INDArray u, INDArray v) {
        // The centers of boxes of no size are the states.
        Enclosure at = Enclosure.of(structure, Box.point(u));
        List<INDArray> outputs = Gains.parts(structure.c().matrix().rowBlocks(), v);
        List<INDArray> mu = Arrays.asList(new INDArray[structure.blocks().count()]);
        for (int k = structure.parts().size() - 1; k >= 0; k--) {
            Structure.Part part = structure.parts().get(k);
            List<INDArray> lambda = IntStream.of(part.blocks())
                    .mapToObj(i -> sum(
                            structure.a().transposedRowTimes(i, mu),
                            structure.c().transposedRowTimes(i, outputs),
                            structure.blocks().size(i),
                            v.size(1)))
                    .toList();
            if (part.isDirect()) {
                int i = part.blocks()[0];
                mu.set(
                        i,
                        structure
                                .activation(i)
                                .transposedJacobianTimes(
                                        at.preActivations().get(i).center(), lambda.get(0)));
            } else {
                CyclicPart cycle = structure.cycle(k);
                INDArray z = Gains.stack(IntStream.of(part.blocks())
                        .mapToObj(i -> at.preActivations().get(i).center())
                        .toList());
                cycle.putArray(adjoint(cycle.diagonal(), cycle.activation(), z, Gains.stack(lambda)), mu);
            }
        }
        return Gains.stack(IntStream.range(0, at.inputs().size())
                .mapToObj(i -> sum(
                        structure.b().transposedRowTimes(i, mu),
                        structure.d().transposedRowTimes(i, outputs),
                        structure.b().matrix().colBlocks().size(i),
                        v.size(1)))
                .toList());
    }

    /** μ = Jᵀ(Aᵀμ + λ). */
    private static INDArray adjoint(LinearOperator a, Activation phi, INDArray z, INDArray lambda) {
        if (!phi.isComponentwise()) {
            // Certified by a norm, so that this contracts.
            LinearOperator transposed = a.transpose();
            INDArray mu = phi.transposedJacobianTimes(z, lambda);
            for (int k = 0; k < PICARD_STEPS; k++) {
                mu = phi.transposedJacobianTimes(z, transposed.times(mu).addi(lambda));
            }
            return mu;
        }
        Matrix slopes = Matrix.copyOf(phi.transposedJacobianTimes(z, Nd4j.onesLike(z)));
        Matrix dense = Matrix.copyOf(a.toDense(DataType.DOUBLE));
        Matrix right = Matrix.copyOf(lambda);
        Matrix mu = Matrix.zeros(right.rows(), right.cols());
        for (int s = 0; s < right.cols(); s++) {
            Matrix system = Matrix.identity(right.rows());
            Matrix scaled = Matrix.zeros(right.rows(), 1);
            for (int i = 0; i < right.rows(); i++) {
                scaled.set(i, 0, slopes.get(i, s) * right.get(i, s));
                for (int j = 0; j < right.rows(); j++) {
                    system.set(i, j, system.get(i, j) - slopes.get(i, s) * dense.get(j, i));
                }
            }
            double[] solution = Lapack.leastSquares(system, scaled).values();
            System.arraycopy(solution, 0, mu.values(), s * right.rows(), right.rows());
        }
        return mu.toArray(DataType.DOUBLE);
    }

    private static INDArray sum(Optional<INDArray> first, Optional<INDArray> second, int rows, long samples) {
        return Stream.of(first, second)
                .flatMap(Optional::stream)
                .reduce(INDArray::addi)
                .orElseGet(() -> Nd4j.zeros(DataType.DOUBLE, rows, samples));
    }
}
