package org.implicitdl.layer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.implicitdl.layer.SolveStatistics;
import org.junit.jupiter.api.Test;

/** What is published is what the history gives back. */
class SolveHistoryTest {
    private final StatsStorage storage = new InMemoryStatsStorage();
    private final SolveHistory history = new SolveHistory(List.of(storage));

    @Test
    void pointsOfTheSameMillisecondAreAllKeptInTheirOrder() {
        SolveStatisticsPublisher publisher = new SolveStatisticsPublisher(storage, "session");
        List<SolveStatistics> points = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            points.add(Points.point("layer", i));
        }
        points.forEach(publisher);

        assertThat(history.series("session")).containsOnlyKeys("layer").containsEntry("layer", points);
    }

    @Test
    void pointsOfSeveralThreadsAreAllKept() {
        SolveStatisticsPublisher publisher = new SolveStatisticsPublisher(storage, "session");
        List<SolveStatistics> points =
                IntStream.range(0, 400).mapToObj(i -> Points.point("layer", i)).toList();
        points.parallelStream().forEach(publisher);

        assertThat(history.series("session").get("layer")).containsExactlyInAnyOrderElementsOf(points);
    }

    @Test
    void layersOfOneWorkerGoByTheirNames() {
        SolveStatisticsPublisher publisher = new SolveStatisticsPublisher(storage, "session");
        publisher.accept(Points.point("first", 0));
        publisher.accept(Points.point("second", 0));

        assertThat(history.series("session").keySet()).containsExactly("first", "second");
    }

    @Test
    void layersOfSeveralWorkersAreToldApart() {
        new SolveStatisticsPublisher(storage, "session", "left").accept(Points.point("layer", 0));
        new SolveStatisticsPublisher(storage, "session", "right").accept(Points.point("layer", 1));

        assertThat(history.series("session"))
                .containsOnlyKeys("layer of left", "layer of right")
                .containsEntry("layer of right", List.of(Points.point("layer", 1)));
    }

    @Test
    void theSessionOfTheLatestSolveComesFirst() {
        storage.putStaticInfo(SolveRecord.announcing("silent", "worker", 1));
        for (String session : List.of("early", "late")) {
            storage.putStaticInfo(SolveRecord.announcing(session, "worker", 1));
        }
        storage.putUpdate(SolveRecord.of("late", "worker", 30, Points.point("layer", 0)));
        storage.putUpdate(SolveRecord.of("early", "worker", 20, Points.point("layer", 0)));

        assertThat(history.sessions()).containsExactly("late", "early");
    }
}
