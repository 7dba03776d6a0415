package org.implicitdl.train.descent;

import org.implicitdl.operator.Matrix;

/** Matrices as vectors. */
final class Vectors {
    private Vectors() {}

    /** A + t(B − A). */
    static Matrix between(Matrix a, Matrix b, double t) {
        Matrix sum = a.copy();
        for (int i = 0; i < sum.values().length; i++) {
            sum.values()[i] += t * (b.values()[i] - a.values()[i]);
        }
        return sum;
    }

    /** ⟨G, A − B⟩. */
    static double innerDifference(Matrix g, Matrix a, Matrix b) {
        double sum = 0;
        for (int i = 0; i < g.values().length; i++) {
            sum += g.values()[i] * (a.values()[i] - b.values()[i]);
        }
        return sum;
    }

    /** ⟨A − B, C − D⟩. */
    static double innerDifferences(Matrix a, Matrix b, Matrix c, Matrix d) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += (a.values()[i] - b.values()[i]) * (c.values()[i] - d.values()[i]);
        }
        return sum;
    }
}
