package org.implicitdl.train.minibatch;

import java.util.function.UnaryOperator;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.operator.Blas;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states of one batch of an implicit model, samples as rows, by Picard's iteration: of the rule itself, and of the
 * relaxed problem (10) around its solution.
 *
 * <p>With E = λ(P − φ(Z)) the optimality of (10) in X is μ(X − P) = AᵀE, and in P it is
 * P = φ(Z + (Cᵀw + μ(X − P))/λ) with the residual w of the loss. Both hold at once exactly if
 *
 * <p>E = ψ(AᵀE + Cᵀw), ψ(s) = λ(φ(Z + s/λ) − φ(Z)),
 *
 * <p>whatever μ is. Z and w are taken at the solution of the rule, from which they move by the order of 1/λ and 1/μ. This is
 * a rule of the kind of the model's own, with the transposed matrix: for ‖A‖∞ ≤ κ and a φ of the Lipschitz constant L it
 * contracts by κL in the norm ℓ₁, as the model's does in ℓ∞.
 *
 * @param a Aᵀ [n, n]
 */
record BatchStates(FenchelActivation phi, INDArray a) {
    private static final double OF_STATES = 1e-4;
    private static final double OF_ERRORS = 1e-3;
    /** Enough for the tolerances at rates of up to 0.85; more are seldom met, and no step of a minibatch needs better. */
    private static final int MOST = 60;

    /**
     * Z = AX + V at states X = φ(Z) that solve it, until a step is at most {@value #OF_STATES} of the norm of them all.
     *
     * @param known V [m, n] in 'c' order
     */
    INDArray weighted(INDArray known) {
        INDArray x = iterate(known, false, this::apply, OF_STATES);
        return plus(known, x, false);
    }

    /** φ(Z) of Z in 'c' order. */
    INDArray states(INDArray z) {
        return apply(z.dup('c'));
    }

    private INDArray apply(INDArray z) {
        phi.applyInPlace(z.transpose());
        return z;
    }

    /**
     * E, until a step is at most {@value #OF_ERRORS} of the norm of all.
     *
     * @param map ψ
     * @param pull Cᵀw [m, n] in 'c' order
     */
    INDArray errors(RelaxedError map, INDArray pull) {
        return iterate(pull, true, map::replace, OF_ERRORS);
    }

    /** The fixed point of a map of V + AX, or V + AᵀX, that is written to the place of its argument; from zero. */
    private INDArray iterate(INDArray known, boolean transposed, UnaryOperator<INDArray> map, double tolerance) {
        INDArray x = map.apply(known.dup('c'));
        for (int k = 1; k < MOST; k++) {
            INDArray next = map.apply(plus(known, x, transposed));
            double change = x.subi(next).norm2Number().doubleValue();
            x = next;
            if (change <= tolerance * x.norm2Number().doubleValue()) {
                break;
            }
        }
        return x;
    }

    /** V + AX, or V + AᵀX, as a new array. */
    private INDArray plus(INDArray known, INDArray x, boolean transposed) {
        INDArray sum = known.dup('c');
        Blas.multiply(x, false, a, transposed, 1, sum, false);
        return sum;
    }
}
