package org.implicitdl.convert;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class SequenceConversionTest {

    static LongStream seeds() {
        return LongStream.range(0, 64);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void outputEqualsTheNetworks(long seed) {
        DataType type = seed % 4 == 3 ? DataType.FLOAT : DataType.DOUBLE;
        RandomImageNetworks.Drawn drawn = RandomSequenceNetworks.any(seed, type);
        ImplicitNetwork implicit = NetworkConverter.standard().convert(drawn.network(), drawn.input());
        int samples = 1 + (int) seed % 3;
        INDArray features = RandomImageNetworks.features(seed, drawn.input(), samples, type);
        // DL4J's activation layers overwrite the features when they come first: give it its own.
        ConversionTest.assertEqual(implicit.output(features), drawn.network().output(features.dup()));
    }
}
