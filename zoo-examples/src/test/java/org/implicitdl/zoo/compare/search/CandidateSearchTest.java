package org.implicitdl.zoo.compare.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.implicitdl.train.arbiter.NetworkWithTrainer;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.Score;
import org.implicitdl.zoo.fit.TableFit;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** Searches with a budget of seconds. */
class CandidateSearchTest {
    private static final SearchBudget THREE = new SearchBudget(3, Duration.ofMinutes(5));
    private static final Contender BCD = new BcdContender();
    private static final Contender RMSPROP = new BackPropagationContender(new RmsProp(), 0.003, 10);
    private static final TableData IRIS = NamedTable.IRIS.data();
    private static final Split SPLIT = IRIS.holdingOut(0.3, 2);

    private static SearchResult search(Contender contender, TableData data, Split split, SearchBudget budget) {
        return new CandidateSearch("test", data, split, budget, 5)
                .run(contender, Progress.none(), SearchWatcher.none());
    }

    static Stream<Arguments> searches() {
        TableData diabetes = NamedTable.DIABETES.data();
        return Stream.of(
                Arguments.of(BCD, IRIS, SPLIT),
                Arguments.of(RMSPROP, IRIS, SPLIT),
                Arguments.of(BCD, diabetes, diabetes.holdingOut(0.8, 2)));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void aCandidateIsWhatAFitOfItsSettingsToTheTrainingRowsIs(Contender contender, TableData data, Split split) {
        List<TriedCandidate> candidates = search(contender, data, split, THREE).candidates();

        assertThat(candidates).hasSize(3).extracting(TriedCandidate::settings).doesNotHaveDuplicates();
        for (TriedCandidate candidate : candidates) {
            FitResults fit = TableFit.run(candidate.settings(), data, split, Progress.none());
            Score score = candidate.score().orElseThrow();
            assertThat(score.rows()).isEqualTo(split.heldOut().length);
            assertThat(score).isEqualTo(fit.heldOutScore());
            assertThat(candidate.seconds()).isPositive();
            assertThat(candidate.settings().seed()).isEqualTo(5);
        }
    }

    @Test
    void theNetworksAreThoseOfAFit() {
        FitSpace space = FitSpace.of(BCD, 105, 4, IRIS.label(), 7);
        new RandomSearchGenerator(space.networks()); // numbers the parameters
        double[] numbers =
                new Random(3).doubles(space.networks().numParameters()).toArray();
        FitSettings settings = space.settings(numbers);

        NetworkWithTrainer candidate = (NetworkWithTrainer) space.networks().getValue(numbers);

        MultiLayerConfiguration expected = TableFit.run(settings, IRIS, SPLIT, Progress.none())
                .model()
                .network()
                .getLayerWiseConfigurations();
        MultiLayerConfiguration network = candidate.getMultiLayerConfiguration();
        assertThat(candidate.trainer()).isEqualTo(settings.trainer());
        assertThat(network.getDataType()).isEqualTo(expected.getDataType());
        assertThat(network.getConfs()).hasSameSizeAs(expected.getConfs());
        for (int i = 0; i < network.getConfs().size(); i++) {
            assertThat(network.getConf(i).getLayer().toString())
                    .isEqualTo(expected.getConf(i).getLayer().toString());
            assertThat(network.getConf(i).getSeed()).isEqualTo(7);
        }
    }

    @Test
    void theBestByValueIsFirstAndOfEqualOnesTheOneOfLeastLoss() {
        List<Score> ranked = search(BCD, IRIS, SPLIT, new SearchBudget(6, Duration.ofMinutes(5))).ranked().stream()
                .map(candidate -> candidate.score().orElseThrow())
                .toList();

        assertThat(ranked)
                .hasSize(6)
                .isSortedAccordingTo((a, b) -> a.value() == b.value()
                        ? Double.compare(a.loss(), b.loss())
                        : Double.compare(b.value(), a.value()));
    }

    @Test
    void aSearchWithoutTimeTrainsOneCandidate() {
        SearchResult result = search(BCD, IRIS, SPLIT, new SearchBudget(50, Duration.ofMillis(1)));

        assertThat(result.candidates()).hasSize(1);
        assertThat(result.ranked()).hasSize(1);
    }

    @Test
    void aCandidateThatDivergesIsKeptWithTheReasonAndNotRanked() {
        TableData diabetes = NamedTable.DIABETES.data();
        Contender reckless = new BackPropagationContender(new Sgd(), 1e30, 10);

        SearchResult result = search(reckless, diabetes, diabetes.holdingOut(0.8, 2), THREE);

        assertThat(result.ranked()).isEmpty();
        assertThat(result.candidates()).hasSize(3).allSatisfy(candidate -> {
            assertThat(candidate.failure()).isNotEmpty();
            assertThat(candidate.seconds()).isNaN();
        });
    }

    @Test
    void aBudgetOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchBudget(0, Duration.ofMinutes(1)))
                .withMessageContaining("0 and PT1M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchBudget(1, Duration.ZERO))
                .withMessageContaining("PT0S");
    }
}
