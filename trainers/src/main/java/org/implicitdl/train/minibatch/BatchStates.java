package org.implicitdl.train.minibatch;

import java.util.function.Consumer;
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
     * Z = AX + V at states X = φ(Z) that solve it, until a step is at most {@value #OF_STATES} of the norm of the first.
     *
     * @param known V [m, n] in 'c' order; Z takes its place
     */
    INDArray weighted(INDArray known) {
        INDArray x = iterate(known, false, this::activate, OF_STATES);
        Blas.multiply(x, false, a, false, 1, known, false);
        return known;
    }

    /** φ(Z) of Z in 'c' order. */
    INDArray states(INDArray z) {
        INDArray x = z.dup('c');
        activate(x);
        return x;
    }

    /**
     * E, until a step is at most {@value #OF_ERRORS} of the norm of the first; what is iterated is E/λ.
     *
     * @param z Z [m, n] in 'c' order
     * @param x φ(Z)
     * @param pull Cᵀw [m, n] in 'c' order; changed
     * @param lambda λ
     */
    INDArray errors(INDArray z, INDArray x, INDArray pull, double lambda) {
        Consumer<INDArray> map = s -> {
            activate(s);
            s.subi(x);
        };
        return iterate(pull.divi(lambda).addi(z), true, map, OF_ERRORS).muli(lambda);
    }

    /** φ(Z) in the place of Z. */
    private void activate(INDArray z) {
        phi.applyInPlace(z.transpose());
    }

    /**
     * The fixed point of a map of V + AX, or V + AᵀX, from zero, until a step is at most a part of the first one.
     *
     * @param map writes to its argument
     */
    private INDArray iterate(INDArray known, boolean transposed, Consumer<INDArray> map, double tolerance) {
        INDArray x = known.dup('c');
        map.accept(x);
        double enough = tolerance * x.norm2Number().doubleValue();
        INDArray next = known.dup('c');
        for (int k = 1; k < MOST; k++) {
            Blas.multiply(x, false, a, transposed, 1, next, false);
            map.accept(next);
            double step = next.distance2(x);
            INDArray before = x;
            x = next;
            if (step <= enough) {
                break;
            }
            next = before;
            Blas.copy(known, next);
        }
        return x;
    }
}
