package org.implicitdl.activation;

import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The product of two blocks, component by component: φ(a, b) = (a ⊙ b, 0), as the gates of an LSTM take it.
 *
 * @param kept the size of each of the blocks
 */
public record ProductActivation(int kept) implements NarrowingActivation {

    /** @throws IllegalArgumentException if the size is not positive */
    public ProductActivation {
        if (kept < 1) {
            throw new IllegalArgumentException(
                    "The blocks of a product need at least one component, not " + kept + ".");
        }
    }

    @Override
    public int size() {
        return 2 * kept;
    }

    @Override
    public void narrow(INDArray z, INDArray result) {
        Panel from = Panel.of(z);
        Panel into = Panel.into(result);
        for (int s = 0; s < from.samples(); s++) {
            long a = from.start(s);
            for (int i = 0; i < kept; i++) {
                double product = from.numbers().get(a + i) * from.numbers().get(a + kept + i);
                into.numbers().set(into.start(s) + i, product);
            }
        }
    }

    @Override
    public void transposedNarrowTimes(INDArray z, INDArray v, INDArray result) {
        Panel from = Panel.of(z);
        Panel factors = Panel.of(v);
        Panel into = Panel.into(result);
        for (int s = 0; s < from.samples(); s++) {
            long a = from.start(s);
            long to = into.start(s);
            for (int i = 0; i < kept; i++) {
                double factor = factors.numbers().get(factors.start(s) + i);
                into.numbers().set(to + i, factor * from.numbers().get(a + kept + i));
                into.numbers().set(to + kept + i, factor * from.numbers().get(a + i));
            }
        }
    }

    /** {@inheritDoc} None: the derivative of a product is not bounded. */
    @Override
    public double lipschitz() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public String toString() {
        return "product of two blocks of " + kept;
    }
}
