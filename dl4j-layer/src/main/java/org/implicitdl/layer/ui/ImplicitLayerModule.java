package org.implicitdl.layer.ui;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageEvent;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.HttpMethod;
import org.deeplearning4j.ui.api.Route;
import org.deeplearning4j.ui.api.UIModule;
import org.deeplearning4j.ui.i18n.I18NResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The page {@code /implicit} of the training UI: for each implicit layer the iterations of its solver, the worst residual,
 * the seconds for each solve and the margin of the certificate, against the iteration of the training. The UI finds the
 * module by itself.
 *
 * <p>{@code /implicit/data?session=ID} gives the same as JSON; without a session, of the one that was heard of last.
 */
public final class ImplicitLayerModule implements UIModule {
    /** Where the page is. */
    public static final String PATH = "/implicit";

    private static final Logger LOG = LoggerFactory.getLogger(ImplicitLayerModule.class);
    private static final String PAGE = "deeplearning4jUiAssets/implicit/implicit.html";
    private static final SeriesJson JSON = new SeriesJson(new Thinning(500));
    private static final int NOT_FOUND = 404;

    private final List<StatsStorage> storages = new CopyOnWriteArrayList<>();

    @Override
    public List<String> getCallbackTypeIDs() {
        return List.of();
    }

    @Override
    public List<Route> getRoutes() {
        return List.of(
                new Route(
                        PATH,
                        HttpMethod.GET,
                        (path, context) -> context.response().sendFile(PAGE)),
                new Route(PATH + "/data", HttpMethod.GET, (path, context) -> sendData(context)));
    }

    private void sendData(RoutingContext context) {
        SolveHistory history = new SolveHistory(storages);
        List<String> sessions = history.sessions();
        String wanted = context.request().getParam("session");
        if (wanted != null && !sessions.contains(wanted)) {
            String error = "No implicit layer of a session '" + wanted + "' has reported a solve.";
            context.response().setStatusCode(NOT_FOUND);
            send(context, new JsonObject().put("error", error).put("sessions", new JsonArray(sessions)));
            return;
        }
        String session = wanted != null || sessions.isEmpty() ? wanted : sessions.get(0);
        send(context, JSON.of(sessions, session, session == null ? Map.of() : history.series(session)));
    }

    private static void send(RoutingContext context, JsonObject json) {
        context.response()
                .putHeader("content-type", "application/json; charset=utf-8")
                .putHeader("cache-control", "no-store")
                .end(json.encode());
    }

    @Override
    public void reportStorageEvents(Collection<StatsStorageEvent> events) {
        // The page asks for what it shows.
    }

    @Override
    public void onAttach(StatsStorage storage) {
        storages.add(storage);
        // The menu of DL4J's own pages is fixed, so whoever opens the UI is told here.
        if (VertxUIServer.getInstance() != null) {
            LOG.info(
                    "Charts of the implicit layers: {}{}",
                    VertxUIServer.getInstance().getAddress(),
                    PATH);
        }
    }

    @Override
    public void onDetach(StatsStorage storage) {
        storages.remove(storage);
    }

    @Override
    public List<I18NResource> getInternationalizationResources() {
        return List.of();
    }
}
