/**
 * Search for networks and their trainers through Arbiter 1.0.0-beta7, the last release of Deeplearning4j's search for
 * hyperparameters. Arbiter is an optional dependency: who does not use this package does without it.
 *
 * <p>{@link org.implicitdl.train.arbiter.ImplicitLayerSpace} makes every option of an implicit layer a parameter,
 * {@link org.implicitdl.train.arbiter.TrainerSpace} the trainer itself, and
 * {@link org.implicitdl.train.arbiter.NetworkWithTrainerSpace} joins a {@code MultiLayerSpace} and trainers. Generators,
 * score functions, the runner and the termination conditions are Arbiter's. What one should know of them:
 *
 * <ul>
 *   <li>a search ends when a condition holds, not when a generator has no more candidates: add
 *       {@link org.implicitdl.train.arbiter.AllCandidatesCondition} to that of a grid;
 *   <li>a grid gives every parameter its values in every combination, also those of trainers that are not chosen;
 *   <li>{@code rngSeed} seeds random search, but genetic search only by
 *       {@link org.implicitdl.train.arbiter.GeneticSearch}, whose generator has no JSON; and a configuration that is read
 *       from JSON is seeded by {@code getCandidateGenerator().setRngSeed(getRngSeed())};
 *   <li>a space that stands in several places is one parameter, but comes back from JSON as several, which a grid search
 *       then counts;
 *   <li>with several tasks at a time some more candidates than asked for may be trained.
 * </ul>
 *
 * <p>Arbiter's UI (arbiter-ui 1.0.0-beta7) runs in the one of Deeplearning4j 1.0.0-M2.1, beside deeplearning4j-vertx and
 * deeplearning4j-ui-components of that version and without its own older dependencies; as it stores the whole configuration
 * at every change, hand it data by a {@code DataSource}.
 */
package org.implicitdl.train.arbiter;
