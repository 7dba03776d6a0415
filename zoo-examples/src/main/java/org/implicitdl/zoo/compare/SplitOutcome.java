package org.implicitdl.zoo.compare;

import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.SearchResult;
import org.implicitdl.zoo.compare.search.TriedCandidate;
import org.implicitdl.zoo.fit.Score;

/**
 * How a trainer did in a split.
 *
 * @param split 1, 2, …
 * @param contender the trainer
 * @param search for its options, on the training rows alone
 * @param chosen the best candidate, which was trained again on all training rows
 * @param training its score on these
 * @param heldOut its score on the rows that were held out
 * @param seconds of this last training
 */
public record SplitOutcome(
        int split,
        Contender contender,
        SearchResult search,
        TriedCandidate chosen,
        Score training,
        Score heldOut,
        double seconds) {}
