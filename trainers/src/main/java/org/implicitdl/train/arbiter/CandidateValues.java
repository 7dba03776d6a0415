package org.implicitdl.train.arbiter;

import java.util.function.Consumer;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;

/** What a candidate's numbers, each between 0 and 1, mean in spaces that may not be there. */
record CandidateValues(double[] numbers) {

    /** Hands the value of a space to a setter, unless there is no space. */
    <V> void give(ParameterSpace<V> space, Consumer<? super V> setter) {
        if (space != null) {
            setter.accept(space.getValue(numbers));
        }
    }

    /** The value of a space, or another one where there is no space. */
    <V> V valueOr(ParameterSpace<V> space, V otherwise) {
        return space == null ? otherwise : space.getValue(numbers);
    }
}
