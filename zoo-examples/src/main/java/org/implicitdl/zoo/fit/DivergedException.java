package org.implicitdl.zoo.fit;

import org.implicitdl.train.settings.TrainerSettings;

/** A training came to a score or to weights that are no finite numbers. */
public final class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DivergedException(TrainerSettings trainer) {
        super("The training by " + trainer
                + " diverged: its score or its weights are no finite numbers; take a smaller learning rate, or another"
                + " trainer.");
    }
}
