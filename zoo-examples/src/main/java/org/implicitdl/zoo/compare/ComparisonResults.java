package org.implicitdl.zoo.compare;

import java.util.List;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.table.TableData;

/**
 * What a comparison found.
 *
 * @param settings that it was made with
 * @param data the table
 * @param outcomes of every trainer in every split
 */
public record ComparisonResults(ComparisonSettings settings, TableData data, List<SplitOutcome> outcomes) {

    /** A copy that nobody else can change. */
    public ComparisonResults {
        outcomes = List.copyOf(outcomes);
    }

    /** The outcomes of a trainer, split by split. */
    public List<SplitOutcome> of(Contender contender) {
        return outcomes.stream()
                .filter(outcome -> outcome.contender().equals(contender))
                .toList();
    }

    /** In how many splits the search for a trainer ran out of time before it had tried all candidates. */
    public int outOfTime(Contender contender) {
        return (int) of(contender).stream()
                .filter(outcome ->
                        outcome.search().candidates().size() < settings.budget().candidates())
                .count();
    }

    /** The cross-validated score of a trainer: accuracy, or R². */
    public CrossValidatedScore score(Contender contender) {
        return CrossValidatedScore.of(heldOut(contender));
    }

    /** Two trainers on the same splits. */
    public PairedComparison paired(Contender first, Contender second) {
        return PairedComparison.of(heldOut(first), heldOut(second));
    }

    private double[] heldOut(Contender contender) {
        return of(contender).stream()
                .mapToDouble(outcome -> outcome.heldOut().value())
                .toArray();
    }
}
