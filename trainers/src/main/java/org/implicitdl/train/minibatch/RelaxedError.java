package org.implicitdl.train.minibatch;

import org.implicitdl.activation.FenchelActivation;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the relaxed equation of some states leaves, as a function of what pulls at their proxy: ψ(s) = k(P − φ(Z)) where
 * P = φ(Z + s/k) minimizes k f_φ(P, Z) − ⟨s, P⟩. It has the Lipschitz constant of φ, and tends to φ'(Z)s for large k.
 *
 * @param z Z [m, n] in 'c' order
 * @param values φ(Z)
 * @param ratio k
 */
record RelaxedError(FenchelActivation phi, INDArray z, INDArray values, double ratio) {

    /** ψ(S) in the place of S [m, n], an array in 'c' order. */
    INDArray replace(INDArray pull) {
        pull.divi(ratio).addi(z);
        phi.applyInPlace(pull.transpose());
        return pull.subi(values).muli(ratio);
    }
}
