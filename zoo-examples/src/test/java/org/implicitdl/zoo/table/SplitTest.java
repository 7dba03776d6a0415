package org.implicitdl.zoo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {
    /** 50 rows of class 0, 30 of class 1, 2 of class 2. */
    private static final int[] CLASSES =
            IntStream.range(0, 82).map(i -> i < 50 ? 0 : i < 80 ? 1 : 2).toArray();

    private static long count(int[] rows, int wanted) {
        return Arrays.stream(rows).filter(row -> CLASSES[row] == wanted).count();
    }

    private static void assertPartition(Split split) {
        assertThat(IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.heldOut()))
                        .sorted())
                .containsExactlyElementsOf(
                        IntStream.range(0, CLASSES.length).boxed().toList());
        assertThat(split.train()).isSorted();
        assertThat(split.heldOut()).isSorted();
    }

    @Test
    void ofEveryClassTheSamePartIsHeldOutAndAtLeastOneRowOnEitherSide() {
        Split split = Split.stratified(CLASSES, 0.2, 1);

        assertPartition(split);
        assertThat(count(split.heldOut(), 0)).isEqualTo(10);
        assertThat(count(split.heldOut(), 1)).isEqualTo(6);
        assertThat(count(split.heldOut(), 2)).isEqualTo(1);
        assertThat(count(Split.stratified(CLASSES, 0.99, 1).train(), 2)).isEqualTo(1);
    }

    @Test
    void theSeedDecidesWhichRows() {
        assertThat(Split.stratified(CLASSES, 0.2, 1).heldOut())
                .isEqualTo(Split.stratified(CLASSES, 0.2, 1).heldOut())
                .isNotEqualTo(Split.stratified(CLASSES, 0.2, 2).heldOut());
    }

    @Test
    void aPartOfSomeRowsLeavesTheOthersOut() {
        TableData iris = NamedTable.IRIS.data();
        int[] rows = IntStream.range(30, 150).filter(row -> row % 2 == 0).toArray();

        Split split = iris.holdingOut(rows, 0.2, 5);

        assertThat(IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.heldOut())))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(rows).boxed().toList());
        // 10, 25 and 25 rows of the classes.
        assertThat(Arrays.stream(split.heldOut()).filter(row -> row < 50)).hasSize(2);
        assertThat(Arrays.stream(split.heldOut()).filter(row -> row >= 50 && row < 100))
                .hasSize(5);
        assertThat(split.heldOut()).hasSize(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 82})
    void everyRowIsHeldOutInOneFoldAndEveryClassEvenly(int count) {
        List<Split> folds = Split.folds(CLASSES, count, 3);

        assertThat(folds).hasSize(count).allSatisfy(SplitTest::assertPartition);
        assertThat(folds.stream().flatMapToInt(fold -> Arrays.stream(fold.heldOut())))
                .doesNotHaveDuplicates()
                .hasSize(CLASSES.length);
        for (int k = 0; k < 3; k++) {
            int wanted = k;
            double share = (double) count(IntStream.range(0, 82).toArray(), k) / count;
            assertThat(folds)
                    .allSatisfy(fold -> assertThat((double) count(fold.heldOut(), wanted))
                            .isBetween(Math.floor(share), Math.ceil(share)));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, Double.NaN})
    void aPartThatIsNoneIsRefused(double part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.stratified(CLASSES, part, 1))
                .withMessageContaining(String.valueOf(part));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 83})
    void fewerThanTwoFoldsOrMoreThanRowsAreRefused(int count) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Split.folds(CLASSES, count, 1))
                .withMessageContainingAll("2 to 82", String.valueOf(count));
    }

    @Test
    void aTableIsSplitByItsClassesAndARegressionByChance() {
        TableData iris = NamedTable.IRIS.data();
        int[] counts = new int[3];
        for (int row : iris.holdingOut(0.2, 5).heldOut()) {
            counts[row / 50]++;
        }

        assertThat(counts).containsOnly(10);
        assertThat(iris.folds(5, 5)).hasSize(5);
        assertThat(NamedTable.DIABETES.data().holdingOut(0.25, 5).heldOut()).hasSize(111);
    }
}
