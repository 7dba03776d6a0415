package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PartitionTest {
    private final Partition partition = Partition.of(1, 3, 2);

    @Test
    void blocksFollowEachOther() {
        assertThat(partition.count()).isEqualTo(3);
        assertThat(partition.total()).isEqualTo(6);
        for (int i = 0, start = 0; i < 3; start += partition.size(i), i++) {
            assertThat(partition.start(i)).isEqualTo(start);
            assertThat(partition.end(i)).isEqualTo(start + partition.size(i));
        }
        assertThat(partition).hasToString("[1, 3, 2]");
    }

    @Test
    void everyIndexIsInItsBlock() {
        for (int index = 0; index < 6; index++) {
            int block = partition.blockOf(index);
            assertThat(index).isBetween(partition.start(block), partition.end(block) - 1);
        }
    }

    @Test
    void indicesOutsideAreRefused() {
        for (int index : new int[] {-1, 6, 100}) {
            assertThatThrownBy(() -> partition.blockOf(index))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("0 to 5")
                    .hasMessageContaining("" + index);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void partsAreViewsOfTheRowsOfTheirBlock(int samples) {
        INDArray plain = Numbers.normalArray(1, DataType.DOUBLE, 6, samples);
        for (INDArray x : List.of(
                plain.dup('f'),
                plain.dup('c'),
                Numbers.view(plain, 'f'),
                Numbers.view(plain, 'c'),
                plain.transpose().dup('f').transpose())) {
            List<INDArray> parts = partition.split(x);
            assertThat(parts).hasSize(3);
            for (int i = 0; i < 3; i++) {
                INDArray part = parts.get(i);
                assertThat(part.shape()).containsExactly(partition.size(i), samples);
                for (int row = 0; row < partition.size(i); row++) {
                    for (int j = 0; j < samples; j++) {
                        assertThat(part.getDouble(row, j)).isEqualTo(plain.getDouble(partition.start(i) + row, j));
                    }
                }
                assertThat(part.dup('f').mul(2)).isEqualTo(part.add(part));
                part.assign(i);
            }
            for (int row = 0; row < 6; row++) {
                for (int j = 0; j < samples; j++) {
                    assertThat(x.getDouble(row, j)).isEqualTo(partition.blockOf(row));
                }
            }
        }
    }

    @Test
    void partsOfPartsAreViewsToo() {
        INDArray x = Numbers.normalArray(2, DataType.FLOAT, 6, 4);
        INDArray inner = Partition.of(1, 1, 1).part(partition.part(x, 1), 2);
        inner.assign(9);
        for (int j = 0; j < 4; j++) {
            assertThat(x.getFloat(3, j)).isEqualTo(9);
            assertThat(x.getFloat(4, j)).isNotEqualTo(9);
        }
    }

    @Test
    void sizesArePositiveAndThereIsOne() {
        assertThatThrownBy(Partition::of).isInstanceOf(ShapeException.class).hasMessageContaining("at least one block");
        assertThatThrownBy(() -> Partition.of(2, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("size of block 1")
                .hasMessageContaining("is 0");
    }

    @Test
    void partitionsAreValues() {
        assertThat(partition).isEqualTo(Partition.of(1, 3, 2)).hasSameHashCodeAs(Partition.of(1, 3, 2));
        assertThat(partition).isNotEqualTo(Partition.of(3, 1, 2));
    }
}
