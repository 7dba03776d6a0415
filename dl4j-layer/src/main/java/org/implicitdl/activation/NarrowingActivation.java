package org.implicitdl.activation;

import java.util.Arrays;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A map ρ : ℝⁿ → ℝᵏ with k ≤ n as an activation map of n states, φ(z) = (ρ(z), 0): poolings and products have fewer
 * results than arguments. What reads such a state reads its first k components alone, and a forward pass never stores
 * the zeros.
 */
public interface NarrowingActivation extends Activation {

    /** The number n of components of z, and of φ(z). */
    int size();

    /** The number k of components of φ(z) that are not zero by structure: the first. */
    int kept();

    /**
     * ρ(Z).
     *
     * @param z [n, m], not changed
     * @param result [k, m], the caller's own array, whose columns lie in memory without gaps
     */
    void narrow(INDArray z, INDArray result);

    /**
     * The product of the transposed Jacobian of ρ at each column of Z with the same column of V.
     *
     * @param z [n, m], not changed
     * @param v [k, m], not changed
     * @param result [n, m] zeros, the caller's own array, whose columns lie in memory without gaps
     */
    void transposedNarrowTimes(INDArray z, INDArray v, INDArray result);

    @Override
    default INDArray apply(INDArray z) {
        requireSize(z);
        INDArray result = Operands.resultFor(z).assign(0);
        narrow(z, first(result));
        return result;
    }

    @Override
    default INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        INDArray result = Operands.resultFor(z, v).assign(0);
        requireSize(z);
        transposedNarrowTimes(z, first(v), result);
        return result;
    }

    private INDArray first(INDArray x) {
        return kept() == size() ? x : Partition.of(kept(), size() - kept()).part(x, 0);
    }

    private void requireSize(INDArray z) {
        if (z.rank() != 2 || z.size(0) != size()) {
            throw new ShapeException("The activation " + this + " is applied to arrays [" + size()
                    + ", samples], but the" + " argument has the shape " + Arrays.toString(z.shape()) + ".");
        }
    }

    @Override
    default boolean isComponentwise() {
        return false;
    }

    /** @throws IllegalArgumentException unless the slice is the whole */
    @Override
    default Activation slice(int from, int to) {
        if (from != 0 || to != size()) {
            throw new IllegalArgumentException("Components " + from + " to " + to + " of the activation " + this
                    + " depend on others; take all " + size() + " of them.");
        }
        return this;
    }
}
