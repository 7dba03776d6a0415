package org.implicitdl.layer.ui;

import java.util.Objects;
import java.util.function.Consumer;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.implicitdl.layer.SolveStatistics;

/**
 * Posts what an {@link org.implicitdl.layer.ImplicitLayerListener} reports to a storage of the training UI, in this JVM or
 * (by DL4J's {@code RemoteUIStatsStorageRouter}) in another one:
 *
 * <pre>{@code
 * StatsStorage storage = new InMemoryStatsStorage();
 * UIServer.getInstance().attach(storage);
 * StatsListener stats = new StatsListener(storage);
 * network.setListeners(stats, new ImplicitLayerListener(1, new SolveStatisticsPublisher(storage, stats.getSessionID())));
 * }</pre>
 *
 * <p>May be used from several threads.
 */
public final class SolveStatisticsPublisher implements Consumer<SolveStatistics> {
    private static final String ONLY_WORKER = "worker_0";

    private final StatsStorageRouter router;
    private final String sessionId;
    private final String workerId;
    private long lastTimeStamp;

    /** A publisher for the only worker of a session. */
    public SolveStatisticsPublisher(StatsStorageRouter router, String sessionId) {
        this(router, sessionId, ONLY_WORKER);
    }

    /**
     * A publisher for one of the workers of a session.
     *
     * @param sessionId the session under which the UI shows the training, best that of the StatsListener
     * @param workerId who trains: unique in the session
     */
    public SolveStatisticsPublisher(StatsStorageRouter router, String sessionId, String workerId) {
        this.router = Objects.requireNonNull(router, "router");
        this.sessionId = Objects.requireNonNull(sessionId, "sessionId");
        this.workerId = Objects.requireNonNull(workerId, "workerId");
    }

    @Override
    public synchronized void accept(SolveStatistics point) {
        if (lastTimeStamp == 0) {
            router.putStaticInfo(SolveRecord.announcing(sessionId, workerId, nextTimeStamp()));
        }
        router.putUpdate(SolveRecord.of(sessionId, workerId, nextTimeStamp(), point));
    }

    /** The time in milliseconds, or the next free one: storages keep one record for each time stamp of a worker. */
    private long nextTimeStamp() {
        lastTimeStamp = Math.max(System.currentTimeMillis(), lastTimeStamp + 1);
        return lastTimeStamp;
    }
}
