package org.implicitdl.layer.ui;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsUpdateConfiguration;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.implicitdl.layer.ImplicitLayerListener;
import org.implicitdl.layer.SolveStatistics;

/**
 * Deeplearning4j's training UI for one training, with the charts of the implicit layers:
 *
 * <pre>{@code
 * try (TrainingUi ui = TrainingUi.open(9000)) {
 *     System.out.println(ui.address());
 *     ui.listeners(10).forEach(network::addListeners);
 *     network.fit(data, epochs);
 * }
 * }</pre>
 *
 * <p>It keeps all it shows in memory. A JVM has one training UI; for several trainings at once, or for storage in a file,
 * use DL4J's {@code UIServer} with a {@link SolveStatisticsPublisher}.
 */
public final class TrainingUi implements AutoCloseable {
    private static final int LARGEST_PORT = 0xFFFF;

    private final UIServer server;
    private final InMemoryStatsStorage storage = new InMemoryStatsStorage();
    private final String sessionId = UUID.randomUUID().toString();
    private final SolveStatisticsPublisher publisher;

    private TrainingUi(UIServer server) {
        this.server = server;
        this.publisher = new SolveStatisticsPublisher(storage, sessionId);
        server.attach(storage);
    }

    /**
     * Starts the UI.
     *
     * @param port where a browser finds it; 0 for any free port
     * @throws IllegalArgumentException if the port is not between 0 and 65535
     * @throws IllegalStateException if a training UI runs in this JVM already
     * @throws BindException if the port is taken
     * @throws IOException if the UI cannot start for another reason
     */
    public static TrainingUi open(int port) throws IOException {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("A port of the training UI is between 0 (any free one) and "
                    + LARGEST_PORT + ", but " + port + " was given. DL4J's usual one is 9000.");
        }
        synchronized (TrainingUi.class) {
            UIServer running = VertxUIServer.getInstance();
            if (running != null && !running.isStopped()) {
                throw new IllegalStateException("A JVM has one training UI, and one runs already at "
                        + running.getAddress() + ". Close it, or attach a storage to it.");
            }
            requireFree(port);
            return new TrainingUi(start(port));
        }
    }

    /** DL4J's server hangs on to a failed start, so the port is tried first. */
    private static void requireFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port)) {
            probe.getLocalPort();
        } catch (BindException e) {
            BindException taken = new BindException("The training UI cannot open port " + port + ": " + e.getMessage()
                    + ". Close the program that uses it, or choose another port (0: any free one).");
            taken.initCause(e);
            throw taken;
        }
    }

    private static UIServer start(int port) throws IOException {
        try {
            return VertxUIServer.getInstance(port, false, null);
        } catch (RuntimeException e) {
            stop(e);
            throw new IOException("The training UI did not start: " + e.getMessage(), e);
        }
    }

    private static void stop(RuntimeException reason) {
        try {
            UIServer.stopInstance();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    /** The address of the UI, such as {@code http://localhost:9000}. */
    public String address() {
        return server.getAddress();
    }

    /** The address of the page of the implicit layers. */
    public String layersAddress() {
        return address() + ImplicitLayerModule.PATH;
    }

    /**
     * New listeners for the network that is trained: DL4J's own, and that of the implicit layers.
     *
     * @param frequency how many iterations lie between two points of the charts; DL4J's own statistics take time as well
     * @throws IllegalArgumentException if the frequency is not positive
     */
    public List<TrainingListener> listeners(int frequency) {
        ImplicitLayerListener layers = new ImplicitLayerListener(frequency, publisher());
        StatsUpdateConfiguration updates = new DefaultStatsUpdateConfiguration.Builder()
                .reportingFrequency(frequency)
                .build();
        return List.of(new StatsListener(storage, null, updates, sessionId, null), layers);
    }

    /** Shows what it is given, for an {@link ImplicitLayerListener} that does more with it. */
    public Consumer<SolveStatistics> publisher() {
        return publisher;
    }

    /** Where the UI finds what it shows, for further pages of it such as that of Arbiter. */
    public StatsStorageRouter storage() {
        return storage;
    }

    /** Stops the UI; what it showed is gone. Closing again does nothing. */
    @Override
    public void close() throws IOException {
        if (server.isStopped()) {
            return;
        }
        // Not detached before: Arbiter's page fails on that after several searches.
        try {
            UIServer.stopInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IOException("The training UI did not stop: " + e.getMessage(), e);
        }
    }
}
