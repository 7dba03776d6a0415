package org.implicitdl.gradient;

import org.implicitdl.activation.Activation;
import org.implicitdl.activation.SampledActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The linear map Y ↦ φ'(Z)ᵀY of a φ that mixes components.
 *
 * @param phi φ
 * @param z Z [n, m]
 */
record TransposedJacobian(Activation phi, INDArray z) implements SampledActivation {

    @Override
    public INDArray apply(INDArray y) {
        return phi.transposedJacobianTimes(z, y);
    }

    /** {@inheritDoc} φ'(Z)V, whatever Y is, from the rows of φ'(Z): as many products as there are components. */
    @Override
    public INDArray transposedJacobianTimes(INDArray y, INDArray v) {
        INDArray result = Nd4j.createUninitialized(v.dataType(), v.shape(), 'f');
        for (int i = 0; i < v.size(0); i++) {
            INDArray unit = Nd4j.zeros(v.dataType(), v.shape());
            unit.getRow(i).assign(1);
            result.getRow(i).assign(apply(unit).muli(v).sum(0));
        }
        return result;
    }

    /** {@inheritDoc} That of φ: ‖Jᵀ‖₁ = ‖J‖∞ and ‖Jᵀ‖₂ = ‖J‖₂. */
    @Override
    public double lipschitz() {
        return phi.lipschitz();
    }

    @Override
    public boolean isComponentwise() {
        return phi.isComponentwise();
    }

    @Override
    public TransposedJacobian slice(int from, int to) {
        return new TransposedJacobian(phi.slice(from, to), z.get(NDArrayIndex.interval(from, to), NDArrayIndex.all()));
    }

    @Override
    public TransposedJacobian columns(int[] kept) {
        return new TransposedJacobian(
                SampledActivation.columns(phi, kept), z.getColumns(kept).dup('f'));
    }

    @Override
    public String toString() {
        return "product with the transposed Jacobian of " + phi;
    }
}
