package org.implicitdl.zoo.bench.layer;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random matrices of one seed, in 'f' order. */
final class Draws {
    private final Random random;
    private final DataType type;

    Draws(long seed, DataType type) {
        this.random = new Random(seed);
        this.type = type;
    }

    /** Standard normal entries. */
    INDArray normal(int rows, int columns) {
        return drawn(rows, columns, x -> x);
    }

    /** Normal entries with rows of a given ℓ₁ norm: ‖A‖∞ is that, the rate of Picard far below. */
    INDArray rows(int n, double norm) {
        return scaled(drawn(n, n, x -> x), norm);
    }

    /** The same with positive entries: for ReLU with a positive input the rate of Picard is the norm. */
    INDArray positiveRows(int n, double norm) {
        return scaled(drawn(n, n, Math::abs), norm);
    }

    /** An orthogonal matrix. */
    INDArray orthogonal(int n) {
        return Lapack.svd(Matrix.copyOf(normal(n, n))).u().toArray(type);
    }

    /** A symmetric matrix whose eigenvalues are spread evenly over an interval. */
    INDArray symmetric(int n, double least, double largest) {
        INDArray u = orthogonal(n);
        INDArray eigenvalues = Nd4j.linspace(type, least, (largest - least) / (n - 1), n);
        return u.mulRowVector(eigenvalues.reshape(1, n)).mmul(u.transpose()).dup('f');
    }

    /** Labels [m, q] with a one in every row. */
    INDArray labels(int samples, int classes) {
        INDArray labels = Nd4j.zeros(type, samples, classes);
        for (int i = 0; i < samples; i++) {
            labels.putScalar(i, random.nextInt(classes), 1);
        }
        return labels;
    }

    private static INDArray scaled(INDArray a, double norm) {
        INDArray sums = a.norm1(true, 1);
        return a.diviColumnVector(sums).muli(norm);
    }

    private INDArray drawn(int rows, int columns, DoubleUnaryOperator map) {
        double[] values = DoubleStream.generate(() -> map.applyAsDouble(random.nextGaussian()))
                .limit((long) rows * columns)
                .toArray();
        return Nd4j.createFromArray(values).castTo(type).reshape('f', rows, columns);
    }
}
