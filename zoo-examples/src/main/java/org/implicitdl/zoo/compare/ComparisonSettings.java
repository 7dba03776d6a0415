package org.implicitdl.zoo.compare;

import java.util.List;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.SearchBudget;

/**
 * What is compared, and how thoroughly.
 *
 * @param contenders at least two of different names; the first one is compared with each of the others
 * @param budget of each search, of which there is one for every trainer in every split
 * @param splits of the cross-validation, at least 2
 * @param seed of the splits, the candidates, the initial weights and the order of rows
 */
public record ComparisonSettings(List<Contender> contenders, SearchBudget budget, int splits, long seed) {
    /** The part of a split's training rows that chooses the candidate. */
    static final double VALIDATION = 0.25;

    /** @throws IllegalArgumentException if there is nothing to compare */
    public ComparisonSettings {
        contenders = List.copyOf(contenders);
        long names = contenders.stream().map(Contender::name).distinct().count();
        if (names < 2 || names < contenders.size()) {
            throw new IllegalArgumentException("A comparison takes at least two trainers, each once, but got "
                    + contenders.stream().map(Contender::name).toList() + ".");
        }
    }

    /** How many steps the run reports: every candidate, and every network that is tested. */
    public int steps() {
        return contenders.size() * splits * (budget.candidates() + 1);
    }
}
