package org.implicitdl.convert.certify;

import org.implicitdl.convert.structure.InputBox;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A box c ± r for each column, in double precision. The arrays belong to the box: nobody changes them afterwards.
 *
 * @param center c [n, m]
 * @param radius r [n, m], not negative
 */
record Box(INDArray center, INDArray radius) {

    /**
     * The inputs.
     *
     * @throws IllegalArgumentException if an end is infinite
     */
    static Box of(InputBox inputs) {
        Box box = new Box(inputs.center(), inputs.radius());
        if (box.radius.size(0) > 0 && Double.isInfinite(box.radius.maxNumber().doubleValue())) {
            throw new IllegalArgumentException("Bounds on a model's outputs need a box of finite size, but got "
                    + inputs + "; give both ends of every input.");
        }
        return box;
    }

    static Box point(INDArray x) {
        return new Box(x, Nd4j.zeros(x.dataType(), x.shape()));
    }

    /** The box from a lower to an upper end, which are taken as exact; they may cross by as much as they were rounded. */
    static Box between(INDArray lower, INDArray upper) {
        INDArray center = lower.add(upper).muli(0.5);
        INDArray radius = Transforms.max(upper.sub(center), center.sub(lower), false);
        return new Box(center, Outward.widen(center, Transforms.max(radius, 0, false)));
    }

    INDArray lower() {
        return center.sub(radius);
    }

    INDArray upper() {
        return center.add(radius);
    }

    /** The largest absolute values |c| + r. */
    INDArray magnitude() {
        return Transforms.abs(center, true).addi(radius);
    }

    /** The sum of two boxes; the caller allows for its rounding. */
    Box plus(Box other) {
        return new Box(center.add(other.center), radius.add(other.radius));
    }

    Box intersect(Box other) {
        return between(Transforms.max(lower(), other.lower(), false), Transforms.min(upper(), other.upper(), false));
    }
}
