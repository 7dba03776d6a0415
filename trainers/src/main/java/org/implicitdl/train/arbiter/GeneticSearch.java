package org.implicitdl.train.arbiter;

import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.SynchronizedRandomGenerator;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.generator.GeneticSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.SinglePointCrossover;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.parentselection.RandomTwoParentSelection;
import org.deeplearning4j.arbiter.optimize.generator.genetic.mutation.RandomMutationOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.population.PopulationModel;
import org.deeplearning4j.arbiter.optimize.generator.genetic.selection.GeneticSelectionOperator;

/**
 * Arbiter's genetic search with one seed for all that is random in it: {@code rngSeed} of its configuration seeds none of
 * it.
 */
public final class GeneticSearch {
    private GeneticSearch() {}

    /**
     * A generator of candidates that proposes the same ones for the same scores: random ones until two thirds of the
     * population are there, then crosses between members of the population, mutated by chance.
     *
     * @param scoreFunction that of the search
     * @param populationSize how many of the best candidates are kept, at least 3
     * @param mutationRate the probability that a number of a candidate is drawn anew
     * @throws IllegalArgumentException if the population is too small to breed
     */
    public static GeneticSearchCandidateGenerator seeded(
            ParameterSpace<?> space, ScoreFunction scoreFunction, int populationSize, double mutationRate, long seed) {
        if (populationSize < 3) {
            throw new IllegalArgumentException("A population takes at least 3 candidates, so that two of them are there"
                    + " to breed, but is to take " + populationSize + ".");
        }
        JDKRandomGenerator generator = new JDKRandomGenerator();
        generator.setSeed(seed);
        RandomGenerator random = new SynchronizedRandomGenerator(generator);
        return new GeneticSearchCandidateGenerator.Builder(space, scoreFunction)
                .populationModel(new PopulationModel.Builder()
                        .populationSize(populationSize)
                        .build())
                .selectionOperator(new GeneticSelectionOperator.Builder()
                        .randomGenerator(random)
                        .crossoverOperator(new SinglePointCrossover.Builder()
                                .randomGenerator(random)
                                .parentSelection(new RandomTwoParentSelection(random))
                                .build())
                        .mutationOperator(new RandomMutationOperator.Builder()
                                .mutationRate(mutationRate)
                                .randomGenerator(random)
                                .build())
                        .build())
                .build();
    }
}
