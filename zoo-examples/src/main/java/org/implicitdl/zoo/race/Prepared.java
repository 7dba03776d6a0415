package org.implicitdl.zoo.race;

/**
 * An entrant that is ready to run.
 *
 * @param parameters of its networks
 * @param search of its hyperparameter
 * @param best the candidate that was chosen
 */
public record Prepared(Entrant entrant, long parameters, Search search, Candidate best) {}
