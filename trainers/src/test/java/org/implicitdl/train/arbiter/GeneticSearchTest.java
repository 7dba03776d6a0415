package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.generator.GeneticSearchCandidateGenerator;
import org.deeplearning4j.arbiter.scoring.impl.TestSetLossScoreFunction;
import org.junit.jupiter.api.Test;

class GeneticSearchTest {

    /** The numbers of candidates whose score, to be minimized, is the distance of their sum from 2. */
    private static List<List<Double>> search(int candidates, double mutationRate, long seed) {
        GeneticSearchCandidateGenerator generator =
                GeneticSearch.seeded(Searches.space(), new TestSetLossScoreFunction(), 12, mutationRate, seed);
        List<List<Double>> found = new ArrayList<>();
        for (int i = 0; i < candidates; i++) {
            Candidate<?> candidate = generator.getCandidate();
            double[] numbers = candidate.getFlatParameters();
            generator.reportResults(new OptimizationResult(candidate, score(numbers), i, null, null, null));
            found.add(Arrays.stream(numbers).boxed().toList());
        }
        return found;
    }

    private static double score(double[] numbers) {
        return Math.abs(Arrays.stream(numbers).sum() - 2);
    }

    private static double meanScore(List<List<Double>> candidates) {
        return candidates.stream()
                .mapToDouble(numbers ->
                        score(numbers.stream().mapToDouble(Double::doubleValue).toArray()))
                .average()
                .orElseThrow();
    }

    @Test
    void theSeedDecidesAllThatIsRandom() {
        assertThat(search(40, .1, 5)).isEqualTo(search(40, .1, 5)).isNotEqualTo(search(40, .1, 6));
    }

    @Test
    void childrenConsistOfTheirParentsNumbersAndAreBetterOnAverage() {
        List<List<Double>> found = search(60, 0, 5);
        List<List<Double>> drawn = found.subList(0, 8);
        Set<Double> numbers = new HashSet<>();
        drawn.forEach(numbers::addAll);

        assertThat(found.subList(8, 60)).allSatisfy(child -> assertThat(numbers).containsAll(child));
        assertThat(meanScore(found.subList(8, 60))).isLessThan(meanScore(drawn));
    }

    @Test
    void aPopulationThatCannotBreedIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GeneticSearch.seeded(Searches.space(), new TestSetLossScoreFunction(), 2, 0, 1))
                .withMessageContaining("is to take 2");
    }
}
