package org.implicitdl.convert.certify;

import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.AxisSoftmax;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.activation.MaxPooling;
import org.implicitdl.activation.Nd4jActivation;
import org.implicitdl.activation.NormPooling;
import org.implicitdl.activation.ProductActivation;
import org.implicitdl.activation.Softmax;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationCube;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationRationalTanh;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationRectifiedTanh;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationThresholdedReLU;

/** The interval extension of each activation map. */
final class IntervalActivations {
    /** |φ'| of mish is largest at 1.4907, 1.08858; that of GELU in its precise form at ±√2, 1.12904. */
    private static final double MISH = 1.0886;

    private static final double PRECISE_GELU = 1.1291;

    private static final List<Class<? extends IActivation>> MONOTONE = List.of(
            ActivationCube.class,
            ActivationHardSigmoid.class,
            ActivationReLU6.class,
            ActivationRectifiedTanh.class,
            ActivationRationalTanh.class,
            ActivationSELU.class);

    private IntervalActivations() {}

    /**
     * The extension of a φ.
     *
     * @throws UnboundedException if nothing is known of φ that bounds it on a box
     */
    static IntervalActivation of(Activation phi) {
        if (phi instanceof FenchelActivation fenchel) {
            return FenchelIntervals.of(fenchel);
        }
        if (phi instanceof BlockActivation blocks) {
            return new BlockIntervals(
                    blocks.partition(),
                    IntStream.range(0, blocks.partition().count())
                            .mapToObj(i -> of(blocks.block(i)))
                            .toList());
        }
        if (phi instanceof Softmax softmax) {
            return new SoftmaxIntervals(softmax);
        }
        if (phi instanceof AxisSoftmax softmax) {
            return new AxisSoftmaxIntervals(softmax);
        }
        if (phi instanceof MaxPooling pooling) {
            return new MaxPoolingIntervals(pooling);
        }
        if (phi instanceof NormPooling pooling) {
            return new NormPoolingIntervals(pooling);
        }
        if (phi instanceof ProductActivation product) {
            return new ProductIntervals(product);
        }
        if (phi instanceof Nd4jActivation nd4j) {
            return of(nd4j);
        }
        return byLipschitz(phi);
    }

    private static IntervalActivation of(Nd4jActivation phi) {
        IActivation function = phi.function();
        Class<?> type = function.getClass();
        if (MONOTONE.contains(type)) {
            return PiecewiseIntervals.of(phi, phi.lipschitz());
        }
        if (type == ActivationSwish.class) {
            return PiecewiseIntervals.valley(phi, phi.lipschitz(), -3, 0);
        }
        if (function instanceof ActivationGELU gelu && type == ActivationGELU.class) {
            return PiecewiseIntervals.valley(phi, gelu.isPrecise() ? PRECISE_GELU : phi.lipschitz(), -2, 0);
        }
        if (type == ActivationMish.class) {
            return PiecewiseIntervals.valley(phi, MISH, -3, 0);
        }
        if (type == ActivationELU.class) {
            // With a negative α, which no FenchelActivation has, it decreases up to 0.
            return PiecewiseIntervals.of(phi, phi.lipschitz(), 0);
        }
        if (function instanceof ActivationThresholdedReLU relu && relu.getTheta() >= 0) {
            return PiecewiseIntervals.of(phi, phi.lipschitz());
        }
        return byLipschitz(phi);
    }

    private static IntervalActivation byLipschitz(Activation phi) {
        if (phi.lipschitz() == Double.POSITIVE_INFINITY) {
            throw new UnboundedException("How the activation " + phi + " maps intervals is not known, and it has no"
                    + " Lipschitz constant to go by; certify the part of the model without it.");
        }
        return new LipschitzIntervals(phi);
    }
}
