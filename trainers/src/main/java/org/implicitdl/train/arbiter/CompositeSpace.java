package org.implicitdl.train.arbiter;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.AbstractParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.util.LeafUtils;

/** A space that is made of the spaces in its fields, as Arbiter finds them there. */
@SuppressWarnings("rawtypes") // as Arbiter declares them
abstract class CompositeSpace<T> extends AbstractParameterSpace<T> implements Cloneable {

    /** A space of the same spaces, which the builder that filled this one does not change any more. */
    @Override
    public CompositeSpace<T> clone() {
        try {
            @SuppressWarnings("unchecked")
            CompositeSpace<T> copy = (CompositeSpace<T>) super.clone();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<ParameterSpace> collectLeaves() {
        List<ParameterSpace> leaves = new ArrayList<>();
        for (ParameterSpace<?> nested : getNestedSpaces().values()) {
            leaves.addAll(nested.collectLeaves());
        }
        return LeafUtils.getUniqueObjects(leaves);
    }

    @Override
    public int numParameters() {
        return LeafUtils.countUniqueParameters(collectLeaves());
    }

    @Override
    public boolean isLeaf() {
        return false;
    }

    /** @throws UnsupportedOperationException always: only leaves have indices */
    @Override
    public void setIndices(int... indices) {
        throw new UnsupportedOperationException("Only leaves have indices; set those of what collectLeaves() returns.");
    }

    @Override
    public boolean equals(Object other) {
        return other != null
                && getClass() == other.getClass()
                && getNestedSpaces().equals(((CompositeSpace<?>) other).getNestedSpaces());
    }

    @Override
    public int hashCode() {
        return getNestedSpaces().hashCode();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + getNestedSpaces();
    }
}
