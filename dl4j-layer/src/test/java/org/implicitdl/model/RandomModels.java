package org.implicitdl.model;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ZeroOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Seeded well-posed models, and their outputs by a slow independent iteration. */
final class RandomModels {
    private final Random random;
    private final DataType type;
    private final Activation phi;

    RandomModels(long seed, DataType type, Activation phi) {
        this.random = new Random(seed);
        this.type = type;
        this.phi = phi;
    }

    INDArray array(int rows, int cols) {
        double[] values = random.doubles((long) rows * cols).map(x -> 2 * x - 1).toArray();
        return Nd4j.createFromArray(values).reshape('f', rows, cols).castTo(type);
    }

    LinearOperator dense(int rows, int cols) {
        return DenseOperator.copyOf(array(rows, cols));
    }

    /** A model with a dense A of norm ‖A‖∞ ≤ ½. */
    ImplicitModel contraction(int p, int n, int q) {
        INDArray a = array(n, n).muli(0.5 / n);
        return biased(ImplicitModel.of(DenseOperator.copyOf(a), dense(n, p), dense(q, n), dense(q, p), phi));
    }

    /** A feedforward model: three blocks, strictly block upper triangular. */
    ImplicitModel feedforward(int p, int n, int q) {
        LinearOperator zero = new ZeroOperator(n, n);
        BlockOperator a = BlockOperator.of(
                List.of(List.of(zero, dense(n, n), zero), List.of(zero, zero, dense(n, n)), List.of(zero, zero, zero)));
        BlockOperator b = BlockOperator.of(
                List.of(List.of(new ZeroOperator(n, p)), List.of(new ZeroOperator(n, p)), List.of(dense(n, p))));
        BlockOperator c = BlockOperator.of(List.of(List.of(dense(q, n), new ZeroOperator(q, n), dense(q, n))));
        return biased(ImplicitModel.of(a, b, c, new ZeroOperator(q, p), phi));
    }

    private ImplicitModel biased(ImplicitModel model) {
        return model.withStateBias(array(model.states(), 1)).withOutputBias(array(model.outputs(), 1));
    }

    /** The output by 100 dense Picard steps in double precision. */
    static INDArray reference(ImplicitModel model, INDArray u) {
        INDArray input = u.castTo(DataType.DOUBLE);
        INDArray a = model.a().toDense(DataType.DOUBLE);
        INDArray v = model.b().toDense(DataType.DOUBLE).mmul(input).addiColumnVector(model.stateBias(DataType.DOUBLE));
        INDArray x = Nd4j.zeros(DataType.DOUBLE, model.states(), u.columns());
        for (int i = 0; i < 100; i++) {
            x = model.phi().apply(a.mmul(x).addi(v));
        }
        return model.c()
                .toDense(DataType.DOUBLE)
                .mmul(x)
                .addi(model.d().toDense(DataType.DOUBLE).mmul(input))
                .addiColumnVector(model.outputBias(DataType.DOUBLE));
    }
}
