package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LinesTest {

    static Stream<Arguments> layouts() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(new int[][] {{5, 7}, {1, 6}, {6, 1}, {1, 1}, {9, 4}})
                        .flatMap(shape -> {
                            INDArray x = Numbers.normalArray(shape[0], type, shape[0], shape[1]);
                            long[] strides = {3L * shape[1] * 2, 3};
                            INDArray large = Nd4j.create(type, shape[0] * strides[0]);
                            INDArray scattered = Nd4j.create(large.data(), x.shape(), strides, 2, 'c');
                            return Stream.of(
                                    Arguments.of("f", x),
                                    Arguments.of("c", x.dup('c')),
                                    Arguments.of("transposed", x.transpose()),
                                    Arguments.of("view f", Numbers.view(x, 'f')),
                                    Arguments.of("view c", Numbers.view(x, 'c')),
                                    Arguments.of("scattered", scattered.assign(x)));
                        }));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void entriesAreReadAndWrittenInPlace(String layout, INDArray x) {
        Lines lines = Lines.of(x);
        double[] line = new double[lines.length() + 2];
        for (int k = 0; k < lines.count(); k++) {
            int middle = lines.length() / 2;
            lines.read(k, 0, middle, line, 2);
            lines.read(k, middle, lines.length(), line, 2 + middle);
            for (int i = 0; i < lines.length(); i++) {
                double expected = lines.areColumns() ? x.getDouble(i, k) : x.getDouble(k, i);
                assertThat(line[2 + i]).as(layout).isEqualTo(expected);
                line[2 + i] = 100 * k + i;
            }
            lines.write(k, middle, lines.length(), line, 2 + middle);
            lines.write(k, 0, middle, line, 2);
        }
        for (int i = 0; i < x.size(0); i++) {
            for (int j = 0; j < x.size(1); j++) {
                assertThat(x.getDouble(i, j)).as(layout).isEqualTo(lines.areColumns() ? 100 * j + i : 100 * i + j);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void sumsAreThoseOfThePlainLoops(String layout, INDArray x) {
        double[] rows = new double[(int) x.size(0)];
        double[] columns = new double[(int) x.size(1)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                rows[i] += Math.abs(x.getDouble(i, j));
                columns[j] += Math.abs(x.getDouble(i, j));
            }
        }
        assertThat(Lines.of(x).absoluteRowSums()).as(layout).containsExactly(rows, within(1e-14));
        assertThat(Lines.of(x).absoluteColumnSums()).as(layout).containsExactly(columns, within(1e-14));
    }

    @Test
    void otherArraysAreRefused() {
        assertThatThrownBy(() -> Lines.of(Nd4j.ones(DataType.INT32, 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INT")
                .hasMessageContaining("cast it");
        assertThatThrownBy(() -> Lines.of(Nd4j.ones(3))).isInstanceOf(ShapeException.class);
    }
}
