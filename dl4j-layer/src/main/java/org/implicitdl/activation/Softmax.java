package org.implicitdl.activation;

import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SoftmaxBp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Softmax φ(z)ᵢ = exp zᵢ/∑ₖ exp zₖ of each column, the gradient of Φ(z) = log ∑ₖ exp zₖ, whose conjugate is
 * φ*(x) = ∑ xᵢ log xᵢ on the simplex.
 */
public record Softmax() implements Activation {

    @Override
    public INDArray apply(INDArray z) {
        Operands.requireMatrix(z);
        INDArray rows = shifted(z).transpose();
        return Nd4j.exec(new SoftMax(rows, rows))[0].transpose();
    }

    /** {@inheritDoc} A small array is gone through number by number, since a call of ND4J costs as much as hundreds. */
    @Override
    public void applyInPlace(INDArray z) {
        if (z.length() > Operands.SMALL || !Panel.isPanel(z)) {
            z.assign(apply(z));
            return;
        }
        Panel panel = Panel.into(z);
        for (int s = 0; s < panel.samples(); s++) {
            AxisSoftmax.normalize(panel.rows(), 1, panel.numbers(), panel.start(s), panel.numbers(), panel.start(s));
        }
    }

    @Override
    public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
        Operands.requireMatrix(z);
        INDArray result = Operands.resultFor(z, v);
        // The Jacobian is symmetric, so DL4J's product from the left serves.
        Nd4j.exec(new SoftmaxBp(shifted(z).transpose(), v.dup('f').transpose(), result.transpose(), -1));
        return result;
    }

    /** Z less the largest of each column: the same softmax, which ND4J makes NaN of where that is far below 0. */
    private static INDArray shifted(INDArray z) {
        return Operands.resultFor(z).assign(z).subiRowVector(z.max(true, 0));
    }

    /**
     * The potential Φ(z) = log ∑ₖ exp zₖ of each column.
     *
     * @param z [n, m], not changed
     * @return a new array [1, m]
     */
    public INDArray potential(INDArray z) {
        Operands.requireMatrix(z);
        INDArray max = z.max(true, 0);
        INDArray sums = Transforms.exp(z.sub(max.broadcast(z.shape())), false).sum(true, 0);
        return Transforms.log(sums, false).addi(max);
    }

    /**
     * {@inheritDoc}
     *
     * @return ½. The Jacobian is J = diag(p) − ppᵀ with p = φ(z) on the simplex. The absolute values in its row i, and in
     *     its column i, sum to pᵢ(1 − pᵢ) + pᵢ∑ₖ≠ᵢ pₖ = 2pᵢ(1 − pᵢ) ≤ ½, so that ‖J‖₁ = ‖J‖∞ ≤ ½ and
     *     ‖J‖₂ ≤ √(‖J‖₁‖J‖∞) ≤ ½. All three are attained for two components at z₁ = z₂.
     */
    @Override
    public double lipschitz() {
        return 0.5;
    }

    @Override
    public boolean isComponentwise() {
        return false;
    }

    /** @throws IllegalArgumentException always: every component depends on all others */
    @Override
    public Activation slice(int from, int to) {
        throw new IllegalArgumentException("Components " + from + " to " + to + " of a softmax depend on all others;"
                + " as a block of a BlockActivation, which knows its size, it can be taken as a whole.");
    }

    @Override
    public String toString() {
        return "softmax";
    }
}
