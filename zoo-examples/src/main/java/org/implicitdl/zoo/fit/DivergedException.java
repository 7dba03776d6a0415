package org.implicitdl.zoo.fit;

import org.implicitdl.train.settings.TrainerSettings;

/** A training ended with weights that are no numbers. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(TrainerSettings trainer) {
        super("The training by " + trainer
                + " ended with weights that are no finite numbers; take a smaller learning rate, or scale the label.");
    }
}
