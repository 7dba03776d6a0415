package org.implicitdl.zoo.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.SplittableRandom;
import org.implicitdl.zoo.compare.search.BackPropagationContender;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.TableFit;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Sgd;

class ComparisonTest {
    private static final ComparisonResults RESULTS = SmallComparisons.results();
    private static final TableData IRIS = SmallComparisons.IRIS;

    @Test
    void everyTrainerIsSearchedAndTestedInEverySplit() {
        assertThat(SmallComparisons.STEPS.get())
                .isEqualTo(SmallComparisons.SETTINGS.steps())
                .isEqualTo(2 * 2 * (2 + 1));
        for (Contender contender : SmallComparisons.SETTINGS.contenders()) {
            List<SplitOutcome> outcomes = RESULTS.of(contender);
            assertThat(outcomes).extracting(SplitOutcome::split).containsExactly(1, 2);
            assertThat(outcomes).allSatisfy(outcome -> {
                assertThat(outcome.search().candidates()).hasSize(2);
                assertThat(outcome.chosen()).isEqualTo(outcome.search().ranked().get(0));
            });
            assertThat(RESULTS.score(contender).mean())
                    .isEqualTo((outcomes.get(0).heldOut().value()
                                    + outcomes.get(1).heldOut().value())
                            / 2);
        }
    }

    @Test
    void allAreTestedOnTheSameRowsEveryOneOnceAndNoneInItsSearch() {
        // The splits are the first that the seed draws.
        List<Split> splits = IRIS.folds(2, new SplittableRandom(SmallComparisons.SETTINGS.seed()).nextLong());
        for (SplitOutcome outcome : RESULTS.outcomes()) {
            Split split = splits.get(outcome.split() - 1);

            FitResults fit = TableFit.run(outcome.chosen().settings(), IRIS, split, Progress.none());

            assertThat(outcome.heldOut()).isEqualTo(fit.heldOutScore());
            assertThat(outcome.training()).isEqualTo(fit.trainingScore());
            // A quarter of the training rows, of every class alike: three times 6 of 25.
            assertThat(outcome.chosen().score().orElseThrow().rows()).isEqualTo(18);
        }
    }

    @Test
    void theSameSeedGivesTheSameScores() {
        ComparisonResults again = SmallComparisons.run(SmallComparisons.SETTINGS, IRIS, Progress.none());

        assertThat(again.outcomes())
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes(".*seconds")
                .isEqualTo(RESULTS.outcomes());
    }

    @Test
    void aTrainerThatCannotBeTrainedEndsTheComparisonWithTheReason() {
        ComparisonSettings settings = new ComparisonSettings(
                List.of(SmallComparisons.BCD, new BackPropagationContender(new Sgd(), 1e30, 10)),
                SmallComparisons.BUDGET,
                2,
                1);

        assertThatIllegalStateException()
                .isThrownBy(() -> SmallComparisons.run(settings, NamedTable.DIABETES.data(), Progress.none()))
                .withMessageContainingAll("Sgd", "split 1", "Leave this trainer out");
    }

    @Test
    void oneTrainerOrTheSameTwiceAreRefused() {
        Contender bcd = SmallComparisons.BCD;
        for (List<Contender> contenders : List.of(List.of(bcd), List.of(bcd, bcd))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ComparisonSettings(contenders, SmallComparisons.BUDGET, 2, 1))
                    .withMessageContainingAll("two trainers", "BCD");
        }
    }
}
