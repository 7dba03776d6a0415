package org.implicitdl.layer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** DL4J's own server on a free port, which must find the module by itself, asked as a browser would. */
class ImplicitLayerModuleTest {
    private static TrainingUi ui;
    private static Browser browser;

    private final StatsStorage storage = new InMemoryStatsStorage();

    @BeforeAll
    static void open() throws IOException {
        ui = TrainingUi.open(0);
        browser = new Browser(ui.address());
    }

    @AfterAll
    static void close() throws IOException {
        ui.close();
    }

    @BeforeEach
    void attach() {
        VertxUIServer.getInstance().attach(storage);
    }

    @AfterEach
    void detach() {
        VertxUIServer.getInstance().detach(storage);
    }

    @Test
    void everyFileThatThePageLoadsIsServed() throws IOException, InterruptedException {
        String page = browser.text("/implicit");
        List<String> files = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"")
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(files).contains("/assets/implicit/implicit.js", "/assets/implicit/implicit.css");
        for (String file : files) {
            assertThat(browser.text(file)).as(file).isNotEmpty();
        }
    }

    @Test
    void thePageLoadsNothingFromOtherHosts() throws IOException, InterruptedException {
        for (String file : List.of("/implicit", "/assets/implicit/implicit.js", "/assets/implicit/implicit.css")) {
            assertThat(browser.text(file)).as(file).doesNotContainPattern("(https?:)?//[a-z]+\\.");
        }
    }

    @Test
    void theSeriesOfEachLayerAreWhatWasPublished() throws IOException, InterruptedException {
        SolveStatisticsPublisher publisher = new SolveStatisticsPublisher(storage, "a session");
        for (int i = 0; i < 3; i++) {
            publisher.accept(Points.point("first", i));
            publisher.accept(Points.point("second", 10 * i));
        }

        JsonObject data = browser.json("/implicit/data?session=a%20session");

        assertThat(data.getJsonArray("sessions")).isEqualTo(new JsonArray().add("a session"));
        assertThat(data.getString("session")).isEqualTo("a session");
        JsonObject first = data.getJsonArray("layers").getJsonObject(0);
        assertThat(first.getString("name")).isEqualTo("first");
        assertThat(numbers(first, "iteration")).containsExactly(0, 1, 2);
        assertThat(numbers(first, "meanIterations")).containsExactly(0.25, 1.25, 2.25);
        assertThat(numbers(first, "maxIterations")).containsExactly(5, 6, 7);
        assertThat(numbers(first, "worstResidual")).containsExactly(1e-6, 1e-6 * 2, 1e-6 * 3);
        assertThat(numbers(first, "seconds")).containsExactly(1e-3, 1e-3 * 2, 1e-3 * 3);
        assertThat(numbers(first, "margin")).containsExactly(1.0 / 2, 1.0 / 3, 1.0 / 4);
        JsonObject second = data.getJsonArray("layers").getJsonObject(1);
        assertThat(second.getString("name")).isEqualTo("second");
        assertThat(second.getJsonObject("latest"))
                .isEqualTo(new JsonObject()
                        .put("method", "Anderson")
                        .put("iteration", 20)
                        .put("epoch", 2)
                        .put("samples", 32)
                        .put("failures", 2)
                        .put("meanIterations", 20.25)
                        .put("maxIterations", 25)
                        .put("worstResidual", 1e-6 * 21)
                        .put("seconds", 1e-3 * 21)
                        .put("margin", 1.0 / 22));
    }

    @Test
    void withoutASessionTheLatestIsShown() throws IOException, InterruptedException {
        storage.putStaticInfo(SolveRecord.announcing("early", "worker", 1));
        storage.putStaticInfo(SolveRecord.announcing("late", "worker", 2));
        storage.putUpdate(SolveRecord.of("late", "worker", 4, Points.point("layer", 0)));
        storage.putUpdate(SolveRecord.of("early", "worker", 3, Points.point("layer", 0)));

        assertThat(browser.json("/implicit/data").getString("session")).isEqualTo("late");
    }

    @Test
    void numbersThatAreNotFiniteAreNull() throws IOException, InterruptedException {
        new SolveStatisticsPublisher(storage, "session")
                .accept(Points.point("layer", 0, Double.NaN, Double.POSITIVE_INFINITY));

        JsonObject layer = browser.json("/implicit/data").getJsonArray("layers").getJsonObject(0);

        assertThat(numbers(layer, "worstResidual")).containsOnlyNulls();
        assertThat(layer.getJsonObject("latest").getDouble("margin")).isNull();
    }

    @Test
    void beforeTheFirstSolveThereAreNoLayers() throws IOException, InterruptedException {
        JsonObject data = browser.json("/implicit/data");

        assertThat(data.getString("session")).isNull();
        assertThat(data.getJsonArray("layers")).isEmpty();
    }

    @Test
    void anUnknownSessionIsToldSo() throws IOException, InterruptedException {
        HttpResponse<String> response = browser.get("/implicit/data?session=nobody");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(new JsonObject(response.body()).getString("error"))
                .isEqualTo("No implicit layer of a session 'nobody' has reported a solve.");
    }

    @Test
    void aDetachedStorageIsNotShown() throws IOException, InterruptedException {
        new SolveStatisticsPublisher(storage, "session").accept(Points.point("layer", 0));
        VertxUIServer.getInstance().detach(storage);

        assertThat(browser.json("/implicit/data").getJsonArray("sessions")).isEmpty();
    }

    private static List<Object> numbers(JsonObject layer, String key) {
        return layer.getJsonArray(key).stream().toList();
    }
}
