package org.implicitdl.convert.reduce;

import org.implicitdl.convert.structure.SparseModel;

/** One kind of reduction of the state that leaves the outputs as they are. Implementations are immutable values. */
public interface ReductionStep {

    /** What the step looks for, in a few words. */
    String name();

    /**
     * The model without the states that the step finds.
     *
     * @return the change, which may be none
     */
    Change apply(SparseModel model);
}
