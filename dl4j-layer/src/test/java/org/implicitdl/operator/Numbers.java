package org.implicitdl.operator;

import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Seeded random matrices, and plain loops as the reference for products. */
final class Numbers {
    private Numbers() {}

    static Matrix normal(long seed, int rows, int cols) {
        Random random = new Random(seed);
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < matrix.values().length; i++) {
            matrix.values()[i] = random.nextGaussian();
        }
        return matrix;
    }

    static INDArray normalArray(long seed, DataType type, int rows, int cols) {
        return normal(seed, rows, cols).toArray(type);
    }

    /** The same numbers in the middle of a larger array in the given order. */
    static INDArray view(INDArray x, char order) {
        INDArray large = Nd4j.create(x.dataType(), new long[] {x.size(0) + 3, x.size(1) + 2}, order)
                .assign(55);
        INDArray middle = large.get(NDArrayIndex.interval(1, 1 + x.size(0)), NDArrayIndex.interval(1, 1 + x.size(1)));
        return middle.assign(x);
    }

    static Matrix times(Matrix a, Matrix b) {
        Matrix product = Matrix.zeros(a.rows(), b.cols());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.cols(); j++) {
                double sum = 0;
                for (int k = 0; k < a.cols(); k++) {
                    sum += a.get(i, k) * b.get(k, j);
                }
                product.set(i, j, sum);
            }
        }
        return product;
    }

    static double distance(Matrix a, Matrix b) {
        Matrix difference = a.copy();
        for (int i = 0; i < difference.values().length; i++) {
            difference.values()[i] -= b.values()[i];
        }
        return difference.maxAbs();
    }
}
