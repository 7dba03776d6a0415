package org.implicitdl.activation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The activations and the arguments that the tests go through. */
final class Samples {
    private Samples() {}

    /** One of each kind, and more than one parameter where there is one. */
    static Stream<FenchelActivation> fenchel() {
        List<FenchelActivation> all = new ArrayList<>(Activations.all());
        all.add(Activations.leakyRelu(0.3));
        all.add(Activations.elu(0.4));
        all.add(Activations.elu(2.5));
        return all.stream();
    }

    /** Zeros, tiny, moderate, saturating and huge numbers of both signs. */
    static double[] extremes() {
        double[] sizes = {
            0, Double.MIN_VALUE, 1e-300, 1e-30, 1e-10, 1e-3, 0.1, 0.5, 1, 2, 5, 20, 40, 100, 800, 1e8, 1e16, 1e30
        };
        return DoubleStream.of(sizes)
                .flatMap(size -> DoubleStream.of(-size, size))
                .toArray();
    }

    /** Numbers of both signs whose sizes are spread evenly over orders of magnitude. */
    static double[] spread(long seed, int count, double smallest, double largest) {
        Random random = new Random(seed);
        double[] result = new double[count];
        for (int i = 0; i < count; i++) {
            double size = smallest * Math.pow(largest / smallest, random.nextDouble());
            result[i] = random.nextBoolean() ? size : -size;
        }
        return result;
    }

    /** Normal random numbers of a given standard deviation, in 'f' order. */
    static INDArray normal(long seed, DataType type, int rows, int cols, double deviation) {
        Random random = new Random(seed);
        double[] values = new double[rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = deviation * random.nextGaussian();
        }
        return Nd4j.createFromArray(values).reshape('f', rows, cols).castTo(type);
    }
}
