package org.implicitdl.wellposed;

import java.util.function.DoubleUnaryOperator;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Plain activation maps for the tests of well-posedness and of solvers, in one place. */
public final class Phi {
    private Phi() {}

    public static FenchelActivation relu() {
        return new Scalar("relu", z -> Math.max(z, 0), z -> z > 0 ? 1 : 0, 1, true);
    }

    public static FenchelActivation leakyRelu(double alpha) {
        return new Scalar("leaky relu", z -> z > 0 ? z : alpha * z, z -> z > 0 ? 1 : alpha, 1, true);
    }

    public static FenchelActivation identity() {
        return new Scalar("identity", z -> z, z -> 1, 1, true);
    }

    public static FenchelActivation tanh() {
        return new Scalar("tanh", Math::tanh, z -> 1 - Math.tanh(z) * Math.tanh(z), 1, false);
    }

    public static FenchelActivation sigmoid() {
        DoubleUnaryOperator value = z -> 0.5 * (1 + Math.tanh(0.5 * z));
        return new Scalar("sigmoid", value, z -> value.applyAsDouble(z) * (1 - value.applyAsDouble(z)), 0.25, false);
    }

    /** 3·tanh(z), whose Lipschitz constant is above 1. */
    public static FenchelActivation steepTanh() {
        return new Scalar("3 tanh", z -> 3 * Math.tanh(z), z -> 3 - 3 * Math.tanh(z) * Math.tanh(z), 3, false);
    }

    /** |z|: componentwise and 1-Lipschitz, but not nondecreasing. */
    public static Activation absolute() {
        return new Map("absolute", Phi::absolute, 1, true);
    }

    /** z³, which has no Lipschitz constant. */
    public static Activation cube() {
        return new Map("cube", z -> z.mul(z).muli(z), Double.POSITIVE_INFINITY, true);
    }

    /** Softmax over all components, 1-Lipschitz. */
    public static Activation softmax() {
        return new Map("softmax", Phi::softmax, 1, false);
    }

    /** Maps side by side, each on its own rows. */
    public static Activation blocks(Partition partition, Activation... maps) {
        return new Blocks(partition, maps);
    }

    private static INDArray absolute(INDArray z) {
        return entrywise(z, Math::abs);
    }

    private static INDArray softmax(INDArray z) {
        Matrix result = Matrix.copyOf(z);
        for (int j = 0; j < result.cols(); j++) {
            double sum = 0;
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < result.rows(); i++) {
                max = Math.max(max, result.get(i, j));
            }
            for (int i = 0; i < result.rows(); i++) {
                result.set(i, j, Math.exp(result.get(i, j) - max));
                sum += result.get(i, j);
            }
            for (int i = 0; i < result.rows(); i++) {
                result.set(i, j, result.get(i, j) / sum);
            }
        }
        return result.toArray(z.dataType());
    }

    private static INDArray entrywise(INDArray z, DoubleUnaryOperator value) {
        Matrix result = Matrix.copyOf(z);
        for (int i = 0; i < result.values().length; i++) {
            result.values()[i] = value.applyAsDouble(result.values()[i]);
        }
        return result.toArray(z.dataType());
    }

    private record Scalar(
            String name,
            DoubleUnaryOperator function,
            DoubleUnaryOperator slope,
            double lipschitz,
            boolean isPositivelyHomogeneous)
            implements FenchelActivation {

        @Override
        public INDArray apply(INDArray z) {
            return entrywise(z, function);
        }

        @Override
        public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
            return entrywise(z, slope).muli(v);
        }

        @Override
        public double value(double z) {
            return function.applyAsDouble(z);
        }

        @Override
        public double derivative(double z) {
            return slope.applyAsDouble(z);
        }

        @Override
        public double potential(double z) {
            throw new UnsupportedOperationException("not needed here");
        }

        @Override
        public double conjugate(double x) {
            throw new UnsupportedOperationException("not needed here");
        }

        @Override
        public double inverse(double x) {
            throw new UnsupportedOperationException("not needed here");
        }

        @Override
        public double lowerBound() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override
        public double upperBound() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private interface ArrayMap {
        INDArray of(INDArray z);
    }

    private record Map(String name, ArrayMap map, double lipschitz, boolean isComponentwise) implements Activation {

        @Override
        public INDArray apply(INDArray z) {
            return map.of(z);
        }

        @Override
        public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
            throw new UnsupportedOperationException("not needed here");
        }

        @Override
        public Activation slice(int from, int to) {
            if (!isComponentwise) {
                throw new IllegalArgumentException(name + " mixes components");
            }
            return this;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Blocks(Partition partition, Activation... maps) implements Activation {

        @Override
        public INDArray apply(INDArray z) {
            INDArray result = Nd4j.create(z.dataType(), z.shape(), 'f');
            for (int i = 0; i < maps.length; i++) {
                partition.part(result, i).assign(maps[i].apply(partition.part(z, i)));
            }
            return result;
        }

        @Override
        public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
            throw new UnsupportedOperationException("not needed here");
        }

        @Override
        public double lipschitz() {
            double largest = 0;
            for (Activation map : maps) {
                largest = Math.max(largest, map.lipschitz());
            }
            return largest;
        }

        @Override
        public boolean isComponentwise() {
            for (Activation map : maps) {
                if (!map.isComponentwise()) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Activation slice(int from, int to) {
            int first = partition.blockOf(from);
            int last = partition.blockOf(to - 1);
            if (first == last) {
                boolean whole = from == partition.start(first) && to == partition.end(first);
                return whole
                        ? maps[first]
                        : maps[first].slice(from - partition.start(first), to - partition.start(first));
            }
            int[] sizes = new int[last - first + 1];
            Activation[] parts = new Activation[sizes.length];
            for (int i = first; i <= last; i++) {
                int start = Math.max(from, partition.start(i));
                int end = Math.min(to, partition.end(i));
                sizes[i - first] = end - start;
                parts[i - first] = slice(start, end);
            }
            return new Blocks(Partition.of(sizes), parts);
        }

        @Override
        public String toString() {
            return "blocks " + partition;
        }
    }
}
