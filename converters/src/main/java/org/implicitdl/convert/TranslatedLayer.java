package org.implicitdl.convert;

import java.util.List;
import java.util.OptionalInt;

/** A layer as its steps. */
record TranslatedLayer(String name, List<Step> steps) {

    /** The number of inputs that its first step asks for, if it asks for one. */
    OptionalInt inputs() {
        for (Step step : steps) {
            if (step instanceof Step.Affine affine) {
                return OptionalInt.of(affine.weights().cols());
            }
            if (step instanceof Step.Implicit implicit) {
                return OptionalInt.of(implicit.model().inputs());
            }
        }
        return OptionalInt.empty();
    }

    TranslatedLayer named(String other) {
        return new TranslatedLayer(other, steps);
    }

    /** The layer without the activation that it ends with, if it does. */
    TranslatedLayer beforeActivation() {
        int last = steps.size() - 1;
        return last >= 0 && steps.get(last) instanceof Step.Activate
                ? new TranslatedLayer(name, steps.subList(0, last))
                : this;
    }
}
