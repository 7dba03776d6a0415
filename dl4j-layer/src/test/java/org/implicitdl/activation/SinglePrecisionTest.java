package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
}
