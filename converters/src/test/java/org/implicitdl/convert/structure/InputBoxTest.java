package org.implicitdl.convert.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InputBoxTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static INDArray column(double... values) {
        return Nd4j.createFromArray(values).reshape(values.length, 1);
    }

    /** A box around 0, so that any two overlap. */
    private static InputBox drawn(Random random) {
        return InputBox.between(
                column(random.doubles(3, -3, 0).toArray()),
                column(random.doubles(3, 0, 3).toArray()));
    }

    @Test
    void aPointIsInTheIntersectionOfTwoBoxesIfItIsInBoth() {
        int inside = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            InputBox one = drawn(random);
            InputBox other = drawn(random);
            INDArray point = column(random.doubles(3, -2, 2).toArray());
            boolean isInBoth = one.contains(point) && other.contains(point);
            assertThat(one.intersect(other).contains(point)).as("seed " + seed).isEqualTo(isInBoth);
            inside += isInBoth ? 1 : 0;
        }
        assertThat(inside).isBetween(10, 190);
    }

    @Test
    void aBoxContainsItsPartsAndItself() {
        InputBox box = InputBox.of(2, 0, 1);
        assertThat(box.contains(box)).isTrue();
        assertThat(box.contains(InputBox.of(2, 0.2, 0.8))).isTrue();
        assertThat(box.contains(InputBox.between(column(0, 0), column(1, Math.nextUp(1.0)))))
                .isFalse();
        assertThat(box.contains(InputBox.between(column(0, -Double.MIN_VALUE), column(1, 1))))
                .isFalse();
        assertThat(InputBox.everything(2).contains(InputBox.of(2, 0, INFINITY))).isTrue();
        assertThat(InputBox.of(2, 0, INFINITY).contains(InputBox.everything(2))).isFalse();
    }

    @Test
    void oneBoxIsForAllSamplesAndManyAreForOneEach() {
        INDArray u = Nd4j.createFromArray(new double[][] {{0, 3}, {1, 4}});
        assertThat(InputBox.of(2, 0, 4).contains(u)).isTrue();
        assertThat(InputBox.of(2, 0, 3).contains(u)).isFalse();
        assertThat(InputBox.around(u, 0).contains(u)).isTrue();
        assertThat(InputBox.around(u, 0).contains(u.add(1e-9))).isFalse();
        assertThat(InputBox.of(2, 0, 4).contains(u.castTo(DataType.FLOAT))).isTrue();
    }

    @Test
    void whatIsNoNumberIsInNoBox() {
        assertThat(InputBox.everything(1).contains(column(Double.NaN))).isFalse();
    }

    @Test
    void onlyTheBoxOfAllInputsIsEverything() {
        assertThat(InputBox.everything(3).isEverything()).isTrue();
        assertThat(InputBox.of(3, -INFINITY, 1e300).isEverything()).isFalse();
        assertThat(InputBox.between(column(-INFINITY, 0), column(INFINITY, INFINITY))
                        .isEverything())
                .isFalse();
    }

    @Test
    void theTextNamesTheEnds() {
        assertThat(InputBox.everything(3)).hasToString("inputs of any size");
        assertThat(InputBox.of(3, 0, 1)).hasToString("all 3 inputs in [0, 1]");
        assertThat(InputBox.of(3, 0.2, INFINITY)).hasToString("all 3 inputs in [0.2, Infinity]");
        assertThat(InputBox.between(column(-1, 0), column(1, 2.5)))
                .hasToString("2 inputs between ends of their own, in [-1, 2.5]");
    }

    @Test
    void boxesThatAreApartAndOtherSizesAreRefused() {
        assertThatThrownBy(() -> InputBox.of(2, 0, 1).intersect(InputBox.of(2, 2, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[0, 1]", "[2, 3]", "no input", "overlap");
        assertThatThrownBy(() -> InputBox.of(2, 0, 1).intersect(InputBox.of(3, 0, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("[2, 1]", "[3, 1]");
        assertThatThrownBy(() -> InputBox.of(2, 0, 1).contains(column(1, 2, 3)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("[2, samples]", "[3, 1]");
    }
}
