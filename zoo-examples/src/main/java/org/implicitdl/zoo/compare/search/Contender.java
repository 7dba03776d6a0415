package org.implicitdl.zoo.compare.search;

import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.implicitdl.train.settings.TrainerSettings;

/** A trainer whose options are searched for. Immutable. */
public sealed interface Contender permits BcdContender, BackPropagationContender {

    /** A short name for tables and legends. */
    String name();

    /** The options and their ranges, in words. */
    String ranges();

    /**
     * A new space of its options.
     *
     * @param rows how many rows it will be trained on
     */
    ParameterSpace<TrainerSettings> space(int rows);
}
