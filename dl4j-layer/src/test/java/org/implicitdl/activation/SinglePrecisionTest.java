package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class SinglePrecisionTest {

    static Stream<FenchelActivation> all() {
        return Samples.fenchel();
    }

    @ParameterizedTest
    @MethodSource("all")
    void valuesAreThoseOfDoublePrecisionRounded(FenchelActivation phi) {
        float[] z = new float[4001];
        for (int i = 0; i < z.length; i++) {
            // Densely about 0, out to 40.
            z[i] = (float) (40 * Math.pow((i - 2000) / 2000.0, 3));
        }
        float[] out = z.clone();
        phi.values(out, out, 1, z.length - 1);
        assertThat(out[0]).isEqualTo(z[0]);
        assertThat(out[z.length - 1]).isEqualTo(z[z.length - 1]);
        for (int i = 1; i < z.length - 1; i++) {
            double exact = phi.value(z[i]);
            assertThat((double) out[i])
                    .as("%s at %s", phi, z[i])
                    .isCloseTo(exact, within(0x1p-21 * Math.max(Math.abs(exact), 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void zeroHugeValuesAndNaNAreWhatTheyAreInDoublePrecision(FenchelActivation phi) {
        float[] z = {0, 1e30f, -1e30f, Float.NaN};
        float[] out = new float[4];
        phi.values(z, out, 0, 4);
        for (int i = 0; i < 3; i++) {
            double exact = phi.value(z[i]);
            assertThat((double) out[i]).isCloseTo(exact, within(0x1p-21 * Math.max(Math.abs(exact), 1)));
        }
        assertThat(out[3]).isNaN();
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesAreThoseOfDoublePrecisionRounded(FenchelActivation phi) {
        float[] z = new float[4001];
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (40 * Math.pow((i - 2000) / 2000.0, 3));
        }
        float[] out = new float[z.length];
        phi.derivatives(z, out, 0, z.length);
        for (int i = 0; i < z.length; i++) {
            assertThat((double) out[i])
                    .as("%s at %s", phi, z[i])
                    .isCloseTo(phi.derivative(z[i]), within(0x1p-20 * Math.max(phi.derivative(z[i]), 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void derivativesTakeThePlaceOfTheirArguments(FenchelActivation phi) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            // Columns with gaps between them, and enough numbers for several pieces.
            INDArray z = Nd4j.linspace(DataType.DOUBLE, -5, 0.002, 6000)
                    .castTo(type)
                    .reshape('f', 1500, 4)
                    .get(NDArrayIndex.interval(1, 1401), NDArrayIndex.interval(1, 4));
            INDArray before = z.dup('f');

            INDArray derivatives = DiagonalActivation.ofDerivatives(phi, z).derivatives();

            assertThat(derivatives).isSameAs(z);
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 1400; i += 7) {
                    double exact = phi.derivative(before.getDouble(i, j));
                    assertThat(z.getDouble(i, j))
                            .as("%s, %s, at %d, %d", phi, type, i, j)
                            .isCloseTo(exact, within(0x1p-20 * Math.max(exact, 1)));
                }
            }
        }
    }
}
