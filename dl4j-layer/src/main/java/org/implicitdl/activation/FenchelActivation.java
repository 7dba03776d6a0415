package org.implicitdl.activation;

import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A nondecreasing function φ : ℝ → ℝ, applied to each component, with its Fenchel divergence
 * f(x, z) = φ*(x) + Φ(z) − xz, where Φ' = φ (§4.1, with (7) for ReLU and (8) for tanh).
 *
 * <p>f ≥ 0, and f(x, z) = 0 exactly if x = φ(z); f(x, z) ≥ ½(x − φ(z))² if φ is 1-Lipschitz; ∂f/∂z = φ(z) − x. All
 * functions are accurate and free of NaN for all finite arguments, up to the range of a double: Φ and φ* may grow like
 * a square. {@link Activations} makes the instances.
 */
public interface FenchelActivation extends Activation {

    /** φ(z). */
    double value(double z);

    /** φ'(z); at a kink, the one-sided derivative that DL4J takes. */
    double derivative(double z);

    /** The potential Φ(z), convex, with Φ' = φ. */
    double potential(double z);

    /** The conjugate φ*(x) = sup over z of xz − Φ(z); +∞ outside the closed domain. */
    double conjugate(double x);

    /**
     * A z with φ(z) = x, the one of least absolute value if there are several.
     *
     * @return ±∞ where x is an end of the range that no finite z reaches; NaN outside the closed range
     */
    double inverse(double x);

    /** The greatest lower bound of the range of φ, and of the domain of φ*. */
    double lowerBound();

    /** The least upper bound of the range of φ, and of the domain of φ*. */
    double upperBound();

    /** Whether φ(tz) = tφ(z) for t > 0, so that diagonal scaling DAD⁻¹ leaves the rule unchanged (§3.2). */
    default boolean isPositivelyHomogeneous() {
        return false;
    }

    /** Whether φ is the projection onto its range, so that φ*(x) = ½x² there. */
    default boolean isProjection() {
        return false;
    }

    /** The divergence f(x, z) = φ*(x) + Φ(z) − xz. */
    default double divergence(double x, double z) {
        return conjugate(x) + potential(z) - x * z;
    }

    /**
     * The conjugate in terms of v = φ⁻¹(x): φ*(φ(v)) = vφ(v) − Φ(v).
     *
     * <p>Where φ saturates, x = φ(v) rounds to the end of the range while v still tells the states apart.
     */
    default double conjugateAt(double v) {
        return v * value(v) - potential(v);
    }

    /**
     * The divergence in terms of v = φ⁻¹(x): f(φ(v), z) = Φ(z) − Φ(v) − φ(v)(z − v), also where φ(v) rounds to the end
     * of the range.
     */
    default double divergenceAt(double v, double z) {
        return divergence(value(v), z);
    }

    /** The nearest point of the closed range. */
    default double projectToRange(double x) {
        return Math.min(upperBound(), Math.max(lowerBound(), x));
    }

    /**
     * φ of a part of an array: {@code out[i] = value(z[i])} for {@code from ≤ i < to}.
     *
     * @param out may be {@code z} itself
     */
    default void values(double[] z, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = value(z[i]);
        }
    }

    /**
     * The same in single precision, to 2⁻²¹ max(|φ(z)|, 1): in loops that the JVM compiles to vector instructions where
     * that can be.
     *
     * @param out may be {@code z} itself
     */
    default void values(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (float) value(z[i]);
        }
    }

    /**
     * φ and φ' of a part of an array, for {@code from ≤ i < to}.
     *
     * @param values may be {@code z} itself
     * @param derivatives may not be {@code z} or {@code values}
     */
    default void valuesAndDerivatives(double[] z, double[] values, double[] derivatives, int from, int to) {
        for (int i = from; i < to; i++) {
            double zi = z[i];
            values[i] = value(zi);
            derivatives[i] = derivative(zi);
        }
    }

    /**
     * φ' of a part of an array in single precision, to 2⁻²⁰ max(|φ'(z)|, 1), for {@code from ≤ i < to}.
     *
     * @param out may be {@code z} itself
     */
    default void derivatives(float[] z, float[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = (float) derivative(z[i]);
        }
    }

    /** {@inheritDoc} A small array is gone through number by number, since a call of ND4J costs as much as hundreds. */
    @Override
    default void applyInPlace(INDArray z) {
        if (z.length() > Operands.SMALL || !Panel.isPanel(z)) {
            transform(z);
            return;
        }
        Panel panel = Panel.into(z);
        for (int s = 0; s < panel.samples(); s++) {
            long end = panel.start(s) + panel.rows();
            for (long i = panel.start(s); i < end; i++) {
                panel.numbers().set(i, value(panel.numbers().get(i)));
            }
        }
    }

    /** φ(Z) in the place of Z by an operation of ND4J. */
    default void transform(INDArray z) {
        z.assign(apply(z));
    }

    @Override
    default boolean isComponentwise() {
        return true;
    }

    @Override
    default Activation slice(int from, int to) {
        return this;
    }
}
