package org.implicitdl.zoo.compare.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.TableData;
import org.junit.jupiter.api.Test;

class SearchUiTest {

    private static String get(String address) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(address).isEqualTo(200);
        return response.body();
    }

    @Test
    void arbitersOwnPageShowsASearchAndItsCandidates() throws IOException, InterruptedException {
        TableData iris = NamedTable.IRIS.data();
        try (SearchUi ui = SearchUi.open(0)) {
            SearchResult result = search("split 1", iris).run(new BcdContender(), Progress.none(), ui);

            assertThat(get(ui.address())).contains("Arbiter");
            assertThat(get(ui.address() + "/sessions/all")).contains("split 1, BCD");
            get(ui.address() + "/sessions/set/" + "split%201,%20BCD");
            assertThat(get(ui.address() + "/summary")).contains("Best Score", "Completed");
            assertThat(get(ui.address() + "/config"))
                    .contains("RandomSearchGenerator", "EvaluationScoreFunction", "BcdSpace");
            double score = result.candidates().get(1).score().orElseThrow().value();
            assertThat(get(ui.address() + "/candidateInfo/1")).contains("Complete", String.valueOf(score), "trainer");
        }
    }

    @Test
    void aUiThatShowedSeveralSearchesIsClosedAndOpenedAgain() throws IOException {
        TableData iris = NamedTable.IRIS.data();
        try (SearchUi ui = SearchUi.open(0)) {
            search("split 1", iris).run(new BcdContender(), Progress.none(), ui);
            search("split 2", iris).run(new BcdContender(), Progress.none(), ui);
            search("split 3", iris).run(new BcdContender(), Progress.none(), ui);
        }
        assertThatCode(() -> SearchUi.open(0).close()).doesNotThrowAnyException();
    }

    private static CandidateSearch search(String name, TableData data) {
        return new CandidateSearch(name, data, data.holdingOut(0.3, 1), new SearchBudget(2, Duration.ofMinutes(5)), 1);
    }
}
