package org.implicitdl.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.wellposed.ActivationTraits;
import org.implicitdl.wellposed.RestrictedActivation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DiagonalActivationTest {
    private static final INDArray FACTORS = Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 0, 6}});
    private static final DiagonalActivation PHI = DiagonalActivation.viewOf(FACTORS, 6);

    @Test
    void everyEntryIsMultipliedByItsOwnFactor() {
        INDArray z = Nd4j.createFromArray(new double[][] {{-1, 1, 2}, {3, 5, -2}});
        INDArray expected = Nd4j.createFromArray(new double[][] {{-1, 2, 6}, {12, 0, -12}});
        assertThat(PHI.apply(z)).isEqualTo(expected);
        assertThat(PHI.transposedJacobianTimes(Nd4j.zerosLike(z), z)).isEqualTo(expected);
        assertThat(PHI.apply(z.castTo(DataType.FLOAT))).isEqualTo(expected.castTo(DataType.FLOAT));
        assertThat(PHI.slice(1, 2).apply(z.getRow(1).reshape(1, 3)))
                .isEqualTo(expected.getRow(1).reshape(1, 3));
    }

    @Test
    void theMapOfSomeSamplesTakesTheirFactors() {
        INDArray ones = Nd4j.ones(DataType.DOUBLE, 2, 2);
        INDArray expected = Nd4j.createFromArray(new double[][] {{3, 1}, {6, 4}});
        int[] kept = {2, 0};
        assertThat(PHI.columns(kept).apply(ones)).isEqualTo(expected);
        Activation blocks = BlockActivation.of(Partition.of(1, 1), List.of(PHI.slice(0, 1), PHI.slice(1, 2)));
        assertThat(SampledActivation.columns(blocks, kept).apply(ones)).isEqualTo(expected);
        Activation swapped = RestrictedActivation.of(PHI, Partition.of(1, 1), 1, 0);
        assertThat(SampledActivation.columns(swapped, kept).apply(ones)).isEqualTo(Nd4j.createFromArray(new double[][] {
            {6, 4}, {3, 1}
        }));
        assertThat(SampledActivation.columns(Activations.relu(), kept)).isEqualTo(Activations.relu());
    }

    @Test
    void itsTraitsAreThoseOfTheFactors() {
        assertThat(ActivationTraits.of(PHI, 2)).isEqualTo(new ActivationTraits(true, true, 6));
        assertThat(ActivationTraits.of(DiagonalActivation.viewOf(FACTORS.neg(), 6), 2))
                .isEqualTo(new ActivationTraits(true, false, 6));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> DiagonalActivation.viewOf(Nd4j.ones(3), 1))
                .withMessageContaining("[components, samples]");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> DiagonalActivation.viewOf(FACTORS, -1))
                .withMessageContaining("at least 0");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> PHI.apply(Nd4j.ones(DataType.DOUBLE, 2, 2)))
                .withMessageContaining("samples that are left");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> PHI.columns(new int[] {3}))
                .withMessageContaining("no sample 3");
    }
}
