package org.implicitdl.activation;

/**
 * A nondecreasing function φ : ℝ → ℝ, applied to each component, with its Fenchel divergence
 * f(x, z) = φ*(x) + Φ(z) − xz, where Φ' = φ (§4.1, with (7) for ReLU and (8) for tanh).
 *
 * <p>f ≥ 0, and f(x, z) = 0 exactly if x = φ(z); f(x, z) ≥ ½(x − φ(z))² if φ is 1-Lipschitz; ∂f/∂z = φ(z) − x. All
 * functions are accurate and free of NaN for all finite arguments.
 */
public interface FenchelActivation extends Activation {

    /** φ(z). */
    double value(double z);

    /** φ'(z); at a kink, the derivative from the left as DL4J takes it. */
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

    /** The divergence f(x, z) = φ*(x) + Φ(z) − xz. */
    default double divergence(double x, double z) {
        return conjugate(x) + potential(z) - x * z;
    }

    /** The nearest point of the closed range. */
    default double projectToRange(double x) {
        return Math.min(upperBound(), Math.max(lowerBound(), x));
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
