package org.implicitdl.activation;

import java.util.Arrays;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The linear map φ(Z) = D ∘ Z of factors that differ from component to component and from sample to sample: the φ of the
 * adjoint equation S = D ∘ (AᵀS + G) with D = φ'(AX + V).
 */
public final class DiagonalActivation implements SampledActivation {
    private final INDArray derivatives;
    private final double lipschitz;

    private DiagonalActivation(INDArray derivatives, double lipschitz) {
        this.derivatives = derivatives;
        this.lipschitz = lipschitz;
    }

    /**
     * The product with an array of factors, which is not copied and must not change while the map is in use.
     *
     * @param derivatives D [n, m]
     * @param lipschitz a bound of |D|, such as the Lipschitz constant of the φ whose derivatives they are; not checked
     *     against D
     * @throws ShapeException if D is not of rank 2
     * @throws IllegalArgumentException if the bound is negative or NaN
     */
    public static DiagonalActivation viewOf(INDArray derivatives, double lipschitz) {
        if (derivatives.rank() != 2) {
            throw new ShapeException("The factors of a diagonal activation must be [components, samples], but have the"
                    + " shape " + Arrays.toString(derivatives.shape()) + "; reshape them.");
        }
        if (!(lipschitz >= 0)) {
            throw new IllegalArgumentException(
                    "The bound of the factors of a diagonal activation must be at least 0, but is " + lipschitz + ".");
        }
        return new DiagonalActivation(derivatives, lipschitz);
    }

    /**
     * The product with φ'(Z), which is written to the place of Z.
     *
     * @param phi φ, of whose derivatives its Lipschitz constant is the bound
     * @param z Z [n, m], FLOAT or DOUBLE, with columns without gaps; changed
     */
    public static DiagonalActivation ofDerivatives(FenchelActivation phi, INDArray z) {
        Derivatives.replace(phi, z);
        return viewOf(z, phi.lipschitz());
    }

    /** The factors D [n, m]; not to be changed. */
    public INDArray derivatives() {
        return derivatives;
    }

    /** Whether D ≥ 0, so that every component is nondecreasing; one pass over D. */
    public boolean isNondecreasing() {
        return derivatives.isEmpty() || derivatives.minNumber().doubleValue() >= 0;
    }

    /** @throws ShapeException if Z is not of the shape of D */
    @Override
    public INDArray apply(INDArray z) {
        if (!z.equalShapes(derivatives)) {
            throw new ShapeException("A diagonal activation is applied to arrays of the shape of its factors, "
                    + Arrays.toString(derivatives.shape()) + ", but the argument has the shape "
                    + Arrays.toString(z.shape()) + "; take the columns of the samples that are left.");
        }
        return derivatives.castTo(z.dataType()).mul(z, Operands.resultFor(z));
    }

    /** {@inheritDoc} D ∘ V, whatever Z is. */
    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        return apply(v);
    }

    @Override
    public double lipschitz() {
        return lipschitz;
    }

    @Override
    public boolean isComponentwise() {
        return true;
    }

    @Override
    public DiagonalActivation slice(int from, int to) {
        return new DiagonalActivation(derivatives.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()), lipschitz);
    }

    @Override
    public DiagonalActivation columns(int[] kept) {
        for (int sample : kept) {
            if (sample < 0 || sample >= derivatives.size(1)) {
                throw new IndexOutOfBoundsException(
                        "A diagonal activation of " + derivatives.size(1) + " samples has no sample " + sample + ".");
            }
        }
        return new DiagonalActivation(derivatives.getColumns(kept).dup('f'), lipschitz);
    }

    @Override
    public String toString() {
        return "product with " + Arrays.toString(derivatives.shape()) + " factors";
    }
}
