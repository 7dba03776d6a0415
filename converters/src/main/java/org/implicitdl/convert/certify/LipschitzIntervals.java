package org.implicitdl.convert.certify;

import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A φ of which nothing but a Lipschitz constant L is known: |φ(z) − φ(c)| ≤ L|z − c| if it acts on each component alone,
 * and L‖z − c‖∞ otherwise.
 */
record LipschitzIntervals(Activation phi) implements IntervalActivation {

    @Override
    public Box image(Box z) {
        INDArray center = phi.apply(z.center());
        INDArray radius = Gains.amplify(this, z.radius(), Optional.empty()).addi(Outward.ofValues(center));
        return new Box(center, Outward.widen(center, radius));
    }

    @Override
    public Optional<INDArray> slopes(Box z) {
        return isComponentwise()
                ? Optional.of(Nd4j.valueArrayOf(
                        z.center().shape(), lipschitz(), z.center().dataType()))
                : Optional.empty();
    }

    @Override
    public double lipschitz() {
        return phi.lipschitz();
    }

    @Override
    public boolean isComponentwise() {
        return phi.isComponentwise();
    }
}
