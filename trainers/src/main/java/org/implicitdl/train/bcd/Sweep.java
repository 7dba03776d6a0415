package org.implicitdl.train.bcd;

import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.state.NamedSettings;

/**
 * One pass over all blocks of the relaxed problem (11) for feedforward models, in the order of §7.1: the output weights,
 * then from the last hidden layer down its states and its weights.
 */
sealed interface Sweep permits ExactSweep, PublishedSweep {

    /** The iterate before the first sweep. */
    Iterate start(FeedforwardModel model, TrainingSet data);

    /**
     * One sweep.
     *
     * @param epsilon ε: hidden layer l of L has the weight ε^(L+1−l) in the relaxation
     */
    Iterate apply(Iterate iterate, TrainingSet data, double epsilon);

    /** All settings. */
    NamedSettings settings();

    /** Whether a sweep depends on the weights alone, its states starting from a forward pass. */
    boolean startsAfresh();

    /** The model with the output weights fitted to the states that its forward pass gives. */
    FeedforwardModel refitted(FeedforwardModel model, TrainingSet data);
}
