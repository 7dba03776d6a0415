package org.implicitdl.zoo.compare.search;

import java.io.IOException;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.deeplearning4j.arbiter.ui.listener.ArbiterStatusListener;
import org.implicitdl.layer.ui.TrainingUi;

/** Arbiter's own UI, a page of Deeplearning4j's training UI. */
public final class SearchUi implements SearchWatcher, AutoCloseable {
    private static final String PATH = "/arbiter";

    private final TrainingUi ui;

    private SearchUi(TrainingUi ui) {
        this.ui = ui;
    }

    /**
     * Starts the UI.
     *
     * @param port where a browser finds it; 0 for any free port
     * @throws IllegalStateException if a training UI runs in this JVM already
     * @throws IOException if the port is taken, or the UI cannot start
     */
    public static SearchUi open(int port) throws IOException {
        return new SearchUi(TrainingUi.open(port));
    }

    /** The address of the page. */
    public String address() {
        return ui.address() + PATH;
    }

    @Override
    public List<StatusListener> listeners(String search) {
        return List.of(new ArbiterStatusListener(search, ui.storage()));
    }

    @Override
    public void close() throws IOException {
        ui.close();
    }
}
