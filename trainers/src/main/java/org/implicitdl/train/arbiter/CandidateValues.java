package org.implicitdl.train.arbiter;

import java.util.function.Consumer;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;

/**
 * What a candidate's numbers, each between 0 and 1, mean in spaces that may not be there.
 *
 * @param numbers null for a candidate of which nothing is known but what is fixed
 */
record CandidateValues(double[] numbers) {

    /** What all candidates have in common: the values of spaces that hold one alone. */
    static CandidateValues common() {
        return new CandidateValues(null);
    }

    /** Hands the value of a space to a setter, unless there is no space. */
    <V> void give(ParameterSpace<V> space, Consumer<? super V> setter) {
        if (space != null) {
            setter.accept(space.getValue(numbers));
        }
    }

    /** The value of a space, or another one where there is no space, or its value is not known. */
    <V> V valueOr(ParameterSpace<V> space, V otherwise) {
        boolean isKnown = space != null && (numbers != null || space instanceof FixedValue);
        return isKnown ? space.getValue(numbers) : otherwise;
    }
}
