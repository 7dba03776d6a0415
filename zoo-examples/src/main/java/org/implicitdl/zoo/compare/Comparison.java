package org.implicitdl.zoo.compare;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.implicitdl.zoo.compare.search.CandidateSearch;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.SearchBudget;
import org.implicitdl.zoo.compare.search.SearchResult;
import org.implicitdl.zoo.compare.search.SearchWatcher;
import org.implicitdl.zoo.compare.search.TriedCandidate;
import org.implicitdl.zoo.fit.DivergedException;
import org.implicitdl.zoo.fit.FitResults;
import org.implicitdl.zoo.fit.TableFit;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;

/**
 * Compares trainers by nested cross-validation: in every split each trainer is searched for on the training rows, its best
 * candidate is trained again on all of them, and tested on the rows that were held out, which no search has seen.
 */
public final class Comparison {
    private final ComparisonSettings settings;
    private final TableData data;
    private final Progress progress;
    private final SearchWatcher watcher;

    private Comparison(ComparisonSettings settings, TableData data, Progress progress, SearchWatcher watcher) {
        this.settings = settings;
        this.data = data;
        this.progress = progress;
        this.watcher = watcher;
    }

    /**
     * Compares. The same settings and table give the same results but for times, on the same machine and threads, as long as
     * no search runs out of time.
     *
     * @param progress for {@link ComparisonSettings#steps} steps
     * @throws IllegalArgumentException if there are fewer rows than splits
     * @throws IllegalStateException if no candidate of a trainer can be trained
     * @throws org.implicitdl.zoo.table.TableException if no feature changes in the training rows
     */
    public static ComparisonResults run(
            ComparisonSettings settings, TableData data, Progress progress, SearchWatcher watcher) {
        return new Comparison(settings, data, progress, watcher).run();
    }

    private ComparisonResults run() {
        SplittableRandom seeds = new SplittableRandom(settings.seed());
        List<Split> splits = data.folds(settings.splits(), seeds.nextLong());
        warmUp(splits.get(0));
        List<SplitOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < splits.size(); i++) {
            Split split = splits.get(i);
            Split inner = data.holdingOut(split.train(), ComparisonSettings.VALIDATION, seeds.nextLong());
            CandidateSearch search =
                    new CandidateSearch("split " + (i + 1), data, inner, settings.budget(), seeds.nextLong());
            for (Contender contender : inTurn(i)) {
                outcomes.add(outcome(i + 1, split, search, contender));
            }
        }
        return new ComparisonResults(settings, data, outcomes);
    }

    /** One candidate of each that is not kept, so that the first one that is does not pay for loading classes. */
    private void warmUp(Split split) {
        Split inner = data.holdingOut(split.train(), ComparisonSettings.VALIDATION, settings.seed());
        CandidateSearch one =
                new CandidateSearch("warm-up", data, inner, new SearchBudget(1, Duration.ofDays(1)), settings.seed());
        progress.doing("warming up");
        settings.contenders().forEach(contender -> one.run(contender, Progress.none(), SearchWatcher.none()));
    }

    /** Another one is first in every split, as a machine is not equally fast all the time. */
    private List<Contender> inTurn(int split) {
        List<Contender> order = new ArrayList<>(settings.contenders());
        Collections.rotate(order, split);
        return order;
    }

    private SplitOutcome outcome(int number, Split split, CandidateSearch search, Contender contender) {
        progress.doing(contender.name() + " in split " + number);
        SearchResult result = search.run(contender, progress, watcher);
        for (int i = result.candidates().size(); i < settings.budget().candidates(); i++) {
            progress.step();
        }
        for (TriedCandidate candidate : result.ranked()) {
            try {
                FitResults fit = TableFit.run(candidate.settings(), data, split, Progress.none());
                progress.step();
                return new SplitOutcome(
                        number, contender, result, candidate, fit.trainingScore(), fit.heldOutScore(), fit.seconds());
            } catch (DivergedException e) {
                progress.doing(contender.name() + " diverged on all training rows of split " + number);
            }
        }
        throw new IllegalStateException("No candidate of " + contender.name() + " could be trained in split " + number
                + ": " + reason(result) + ". Leave this trainer out, or look at the table.");
    }

    private static String reason(SearchResult result) {
        return result.candidates().stream()
                .map(TriedCandidate::failure)
                .filter(failure -> !failure.isEmpty())
                .findFirst()
                .orElse("all of them diverged");
    }
}
