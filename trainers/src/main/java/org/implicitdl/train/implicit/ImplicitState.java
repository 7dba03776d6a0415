package org.implicitdl.train.implicit;

import org.implicitdl.operator.Matrix;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;

/**
 * Where the descent stands: all that the next sweep depends on, beside the method and the data.
 *
 * @param weights A, B, C, D
 * @param x the states X [n, m]
 * @param v the proxy in the form V = φ⁻¹(P) [n, m]; without one, P = X
 * @param relaxation λ and μ, which a continuation changes
 * @param sweeps how many were made
 */
public record ImplicitState(ImplicitWeights weights, Matrix x, Matrix v, Relaxation relaxation, int sweeps) {

    /** Writes all of it. */
    public void save(StateWriter writer) {
        writer.matrix(weights.a());
        writer.matrix(weights.b());
        writer.matrix(weights.c());
        writer.matrix(weights.d());
        writer.matrix(x);
        writer.matrix(v);
        writer.vector(relaxation.lambdas());
        writer.number(relaxation.mu());
        writer.count(sweeps);
    }

    /** Reads what {@link #save} wrote. */
    public static ImplicitState restored(StateReader reader) {
        ImplicitWeights weights =
                new ImplicitWeights(reader.matrix(), reader.matrix(), reader.matrix(), reader.matrix());
        Matrix x = reader.matrix();
        Matrix v = reader.matrix();
        double[] lambdas = reader.vector();
        return new ImplicitState(weights, x, v, Relaxation.restored(lambdas, reader.number()), reader.count());
    }

    ImplicitState withWeights(ImplicitWeights other) {
        return new ImplicitState(other, x, v, relaxation, sweeps);
    }

    ImplicitState withStates(Matrix newX, Matrix newV) {
        return new ImplicitState(weights, newX, newV, relaxation, sweeps);
    }

    ImplicitState next(Relaxation newRelaxation) {
        return new ImplicitState(weights, x, v, newRelaxation, sweeps + 1);
    }
}
