package org.implicitdl.train.implicit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.implicitdl.train.penalty.Penalty;

/** The settings of an {@link ImplicitDescent}: a copy may be changed while it is made, and not afterwards. */
final class DescentSettings implements Cloneable {
    /** κ where neither the caller nor a layer says anything. */
    static final double KAPPA = 0.95;

    Relaxation relaxation = Relaxation.of(1, 1);
    OptionalDouble kappa = OptionalDouble.empty();
    double ridge = 1e-6;
    Optional<Penalty> penalty = Optional.empty();
    WeightMethod weightMethod;
    int ruleSteps = 5;
    int stateSteps = 1;
    int acceleratedSteps = 20;
    boolean keepsStates;
    double growth = 1;
    double divergence = Double.POSITIVE_INFINITY;
    List<SweepListener> listeners = List.of();

    DescentSettings copy() {
        try {
            return (DescentSettings) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    static double positive(String what, double value) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "The " + what + " must be positive and finite, but is " + value + "; choose another.");
        }
        return value;
    }

    static int atLeast(int least, String what, int value) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The " + what + " must be at least " + least + ", but is " + value + "; choose another.");
        }
        return value;
    }
}
