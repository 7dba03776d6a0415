package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.wellposed.Condition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ImageConversionTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void outputEqualsTheNetworks(long seed) {
        DataType type = seed % 4 == 3 ? DataType.FLOAT : DataType.DOUBLE;
        RandomImageNetworks.Drawn drawn = RandomImageNetworks.any(seed, type);
        ImplicitNetwork implicit = NetworkConverter.standard().convert(drawn.network(), drawn.input());
        int samples = 1 + (int) seed % 3;
        INDArray features = RandomImageNetworks.features(seed, drawn.input(), samples, type);
        // DL4J's activation layers overwrite the features when they come first: give it its own.
        ConversionTest.assertEqual(implicit.output(features), drawn.network().output(features.dup()));
    }

    static LongStream fewSeeds() {
        return LongStream.range(1000, 1020);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void modelIsStrictlyTriangularAndItsStatesSolveTheEquation(long seed) {
        RandomImageNetworks.Drawn drawn = RandomImageNetworks.any(seed, DataType.DOUBLE);
        ImplicitNetwork implicit = NetworkConverter.standard().convert(drawn.network(), drawn.input());
        ImplicitModel model = implicit.model();
        assertThat(model.certificate().condition()).isEqualTo(Condition.TRIANGULAR);
        INDArray u = implicit.columns(RandomImageNetworks.features(seed, drawn.input(), 2, DataType.DOUBLE));
        INDArray x = model.state(u).orElseThrow();
        INDArray next = model.phi()
                .apply(model.a().times(x).add(model.b().times(u)).addColumnVector(model.stateBias(DataType.DOUBLE)));
        assertThat(next.sub(x).amaxNumber().doubleValue())
                .isLessThanOrEqualTo(1e-12 * (1 + x.amaxNumber().doubleValue()));
        ConversionTest.assertEqual(model.readOut(x, u), model.output(u));
    }
}
