package org.implicitdl.convert.certify;

import java.util.List;
import org.implicitdl.activation.ProductActivation;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The product of two blocks, φ(a, b) = (a ⊙ b, 0): bilinear, so that its extremes on a box lie at corners. */
record ProductIntervals(ProductActivation phi) implements IntervalActivation {

    @Override
    public Box image(Box z) {
        Partition halves = Partition.of(phi.kept(), phi.kept());
        Box a = BlockIntervals.part(halves, z, 0);
        Box b = BlockIntervals.part(halves, z, 1);
        INDArray lower = null;
        INDArray upper = null;
        for (INDArray one : new INDArray[] {a.lower(), a.upper()}) {
            for (INDArray other : new INDArray[] {b.lower(), b.upper()}) {
                INDArray corner = one.mul(other);
                lower = lower == null ? corner : Transforms.min(lower, corner, true);
                upper = upper == null ? corner : Transforms.max(upper, corner, true);
            }
        }
        Box products = Box.between(lower.sub(Outward.ofValues(lower)), upper.add(Outward.ofValues(upper)));
        return BlockIntervals.stack(
                List.of(products, Box.point(Nd4j.zeros(lower.dataType(), phi.kept(), lower.size(1)))));
    }

    @Override
    public double lipschitz() {
        return phi.lipschitz();
    }

    @Override
    public boolean isComponentwise() {
        return false;
    }
}
