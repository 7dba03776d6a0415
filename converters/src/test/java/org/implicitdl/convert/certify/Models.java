package org.implicitdl.convert.certify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ZeroOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Seeded models of every kind that is certified, in double precision. */
final class Models {
    private final Random random;

    Models(long seed) {
        this.random = new Random(seed);
    }

    INDArray array(int rows, int cols) {
        double[] values = random.doubles((long) rows * cols).map(x -> 2 * x - 1).toArray();
        return Nd4j.createFromArray(values).reshape('f', rows, cols);
    }

    LinearOperator dense(int rows, int cols) {
        return DenseOperator.copyOf(array(rows, cols));
    }

    /** A feedforward network of three hidden blocks with a direct path from input to output, of one φ for each block. */
    ImplicitModel feedforward(int p, int n, int q, Activation first, Activation second, Activation third) {
        LinearOperator zero = new ZeroOperator(n, n);
        BlockOperator a = BlockOperator.of(List.of(
                List.of(zero, dense(n, n), dense(n, n)), List.of(zero, zero, dense(n, n)), List.of(zero, zero, zero)));
        BlockOperator b =
                BlockOperator.of(List.of(List.of(new ZeroOperator(n, p)), List.of(dense(n, p)), List.of(dense(n, p))));
        BlockOperator c = BlockOperator.of(List.of(List.of(dense(q, n), new ZeroOperator(q, n), dense(q, n))));
        return biased(ImplicitModel.of(
                a, b, c, dense(q, p), BlockActivation.of(Partition.of(n, n, n), List.of(third, second, first))));
    }

    /** Strictly upper triangular, but stored as one dense matrix in another order of the states. */
    ImplicitModel shuffledTriangular(int p, int n, int q, Activation phi) {
        INDArray a = array(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                a.putScalar(i, j, 0);
            }
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return whole(a, p, q, phi)
                .permuted(order.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Upper triangular with a diagonal of both signs, which nondecreasing φ of slope 1 allow up to 1. */
    ImplicitModel withDiagonal(int p, int n, int q, Activation phi) {
        INDArray a = array(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a.putScalar(i, j, 0);
            }
            a.putScalar(i, i, 0.8 * a.getDouble(i, i) - (i % 3 == 0 ? 2 : 0));
        }
        return whole(a, p, q, phi);
    }

    /** A full A with ‖A‖∞ ≤ ½: a contraction. */
    ImplicitModel contraction(int p, int n, int q, Activation phi) {
        return whole(array(n, n).muli(0.5 / n), p, q, phi);
    }

    /** λmax((A + Aᵀ)/2) = ½ at most, with a large skew part: monotone, and no contraction. */
    ImplicitModel monotone(int p, int n, int q, Activation phi) {
        INDArray skew = array(n, n).muli(0.5);
        INDArray root = array(n, n);
        INDArray a = skew.sub(skew.transpose())
                .addi(Nd4j.eye(n).castTo(DataType.DOUBLE).muli(0.5))
                .subi(root.mmul(root.transpose()).divi(n));
        return whole(a, p, q, phi);
    }

    /** A cascade of a contraction in a cycle of blocks and a feedforward network. */
    ImplicitModel mixed(int p, int n, int q, Activation phi) {
        return contraction(p, n, q, phi).then(feedforward(q, n, q, phi, phi, phi));
    }

    private ImplicitModel whole(INDArray a, int p, int q, Activation phi) {
        int n = a.rows();
        return biased(ImplicitModel.of(DenseOperator.copyOf(a), dense(n, p), dense(q, n), dense(q, p), phi));
    }

    private ImplicitModel biased(ImplicitModel model) {
        return model.withStateBias(array(model.states(), 1)).withOutputBias(array(model.outputs(), 1));
    }

    /** States [n, m] by a slow method of the test's own. */
    interface Reference {
        INDArray states(INDArray a, INDArray v, Activation phi);
    }

    /** Picard, for triangular models and contractions. */
    static INDArray picard(INDArray a, INDArray v, Activation phi) {
        INDArray x = phi.apply(v);
        for (int k = 0; k < 100; k++) {
            INDArray next = phi.apply(a.mmul(x).addi(v));
            double change = next.sub(x).normmaxNumber().doubleValue();
            x = next;
            if (change == 0) {
                break;
            }
        }
        return x;
    }

    /** Forward-backward splitting x ← relu(x − α(x − Ax − v)), for monotone models with ReLU. */
    static INDArray forwardBackward(INDArray a, INDArray v, Activation relu) {
        INDArray system = Nd4j.eye(a.rows()).castTo(DataType.DOUBLE).sub(a);
        // α = m/‖I − A‖² with m = ½.
        double norm = Math.sqrt(system.norm1(0).maxNumber().doubleValue()
                * system.norm1(1).maxNumber().doubleValue());
        double alpha = 0.5 / (norm * norm);
        INDArray map = Nd4j.eye(a.rows()).castTo(DataType.DOUBLE).sub(system.mul(alpha));
        INDArray scaled = v.mul(alpha);
        INDArray x = relu.apply(v);
        for (int k = 0; k < 5000; k++) {
            INDArray next = relu.apply(map.mmul(x).addi(scaled));
            double change = next.sub(x).normmaxNumber().doubleValue();
            x = next;
            if (change < 1e-15) {
                break;
            }
        }
        return x;
    }
}
