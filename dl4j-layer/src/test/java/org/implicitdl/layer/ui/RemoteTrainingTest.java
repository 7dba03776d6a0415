package org.implicitdl.layer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.core.storage.StatsStorageListener.EventType;
import org.deeplearning4j.core.storage.impl.RemoteUIStatsStorageRouter;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;

/** A training in another process sends its records over HTTP: DL4J must make them anew from their bytes. */
class RemoteTrainingTest {

    @Test
    void solvesThatWereSentOverHttpAreShown() throws IOException, InterruptedException {
        try (TrainingUi ui = TrainingUi.open(0)) {
            InMemoryStatsStorage received = new InMemoryStatsStorage();
            CountDownLatch arrived = new CountDownLatch(2);
            received.registerStatsStorageListener(event -> {
                if (event.getEventType() == EventType.PostUpdate) {
                    arrived.countDown();
                }
            });
            VertxUIServer.getInstance().enableRemoteListener(received, true);
            RemoteUIStatsStorageRouter router = new RemoteUIStatsStorageRouter(ui.address());
            SolveStatisticsPublisher publisher = new SolveStatisticsPublisher(router, "far away");

            publisher.accept(Points.point("layer", 3));
            publisher.accept(Points.point("layer", 4));

            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            JsonObject data = new Browser(ui.address()).json("/implicit/data?session=far%20away");
            JsonObject layer = data.getJsonArray("layers").getJsonObject(0);
            assertThat(layer.getJsonArray("meanIterations"))
                    .isEqualTo(new JsonArray().add(3.25).add(4.25));
        }
    }
}
