package org.implicitdl.zoo.bench.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.classify.Examples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MinibatchRaceTest {
    @TempDir
    private Path folder;

    private List<Row> rows;

    @BeforeEach
    void measure() {
        rows = new MinibatchRace(Examples.images(folder)).measure(new Effort(true, 1));
    }

    @Test
    void aQuickRunSaysThatItsTrainingsHaveOneEpoch() {
        assertThat(rows).extracting(Row::what).doesNotHaveDuplicates().noneMatch(what -> what.contains("4 epochs"));
        assertThat(rows)
                .extracting(Row::what)
                .contains(
                        "accuracy of minibatch BCD after 1 epoch, mean of the seeds",
                        "accuracy of Adam after 1 epoch, mean of the seeds",
                        "wall time of minibatch BCD over Adam's, 1 epoch each");
    }

    @Test
    void ofTheTimesOnlyTheWallTimeIsJudged() {
        assertThat(rows)
                .filteredOn(row -> row.what().contains("time"))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row.what()).containsAnyOf("wall time", "processor time of all threads"))
                .allSatisfy(row -> assertThat(row.found()).isPositive())
                .filteredOn(row -> !row.asked().equals(Bound.none()))
                .extracting(Row::what)
                .containsExactly("wall time of minibatch BCD over Adam's, 1 epoch each");
    }
}
