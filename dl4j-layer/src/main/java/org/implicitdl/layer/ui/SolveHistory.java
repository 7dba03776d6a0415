package org.implicitdl.layer.ui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.implicitdl.layer.SolveStatistics;

/** What the attached storages know of solves: the sessions, and the series of each layer of a session. */
record SolveHistory(List<StatsStorage> storages) {

    SolveHistory {
        storages = List.copyOf(storages);
    }

    /** The sessions with solves of implicit layers, the one with the latest solve first. */
    List<String> sessions() {
        return storages.stream()
                .flatMap(storage ->
                        storage.listSessionIDs().stream().flatMap(session -> latest(storage, session).stream()))
                .sorted(Comparator.comparingLong(Persistable::getTimeStamp).reversed())
                .map(Persistable::getSessionID)
                .distinct()
                .toList();
    }

    private static Optional<Persistable> latest(StatsStorage storage, String session) {
        return storage.getLatestUpdateAllWorkers(session, SolveRecord.TYPE_ID).stream()
                .max(Comparator.comparingLong(Persistable::getTimeStamp));
    }

    /** The series of each layer, by the layer's name; by name and worker if several workers trained. */
    Map<String, List<SolveStatistics>> series(String session) {
        List<SolveRecord> records = records(session);
        boolean single =
                records.stream().map(SolveRecord::getWorkerID).distinct().count() <= 1;
        Map<String, List<SolveStatistics>> series = new LinkedHashMap<>();
        for (SolveRecord record : records) {
            record.statistics()
                    .ifPresent(point -> series.computeIfAbsent(
                                    single ? point.layer() : point.layer() + " of " + record.getWorkerID(),
                                    name -> new ArrayList<>())
                            .add(point));
        }
        return series;
    }

    private List<SolveRecord> records(String session) {
        return storages.stream()
                .flatMap(storage -> updates(storage, session))
                .filter(Objects::nonNull)
                .map(SolveRecord.class::cast)
                .sorted(Comparator.comparingLong(SolveRecord::getTimeStamp))
                .toList();
    }

    private static Stream<Persistable> updates(StatsStorage storage, String session) {
        return storage.getAllUpdatesAfter(session, SolveRecord.TYPE_ID, 0).stream();
    }
}
