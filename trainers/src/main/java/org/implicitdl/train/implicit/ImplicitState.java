package org.implicitdl.train.implicit;

import java.util.Optional;
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
 * @param best the weights whose own predictions were the best so far, if any fulfilled the constraints
 */
public record ImplicitState(
        ImplicitWeights weights, Matrix x, Matrix v, Relaxation relaxation, int sweeps, Optional<JudgedWeights> best) {

    /** Writes all of it. */
    public void save(StateWriter writer) {
        write(weights, writer);
        writer.matrix(x);
        writer.matrix(v);
        writer.vector(relaxation.lambdas());
        writer.number(relaxation.mu());
        writer.count(sweeps);
        writer.count(best.isPresent() ? 1 : 0);
        best.ifPresent(judged -> {
            write(judged.weights(), writer);
            writer.number(judged.value());
        });
    }

    private static void write(ImplicitWeights weights, StateWriter writer) {
        writer.matrix(weights.a());
        writer.matrix(weights.b());
        writer.matrix(weights.c());
        writer.matrix(weights.d());
    }

    /** Reads what {@link #save} wrote. */
    public static ImplicitState restored(StateReader reader) {
        ImplicitWeights weights = weights(reader);
        Matrix x = reader.matrix();
        Matrix v = reader.matrix();
        Relaxation relaxation = Relaxation.restored(reader.vector(), reader.number());
        int sweeps = reader.count();
        Optional<JudgedWeights> best = reader.count() == 0
                ? Optional.empty()
                : Optional.of(new JudgedWeights(weights(reader), reader.number()));
        return new ImplicitState(weights, x, v, relaxation, sweeps, best);
    }

    private static ImplicitWeights weights(StateReader reader) {
        return new ImplicitWeights(reader.matrix(), reader.matrix(), reader.matrix(), reader.matrix());
    }

    ImplicitState withWeights(ImplicitWeights other) {
        return new ImplicitState(other, x, v, relaxation, sweeps, best);
    }

    ImplicitState withStates(Matrix newX, Matrix newV) {
        return new ImplicitState(weights, newX, newV, relaxation, sweeps, best);
    }

    /** With these weights as the best ones, unless those before were better. */
    ImplicitState judged(double value) {
        JudgedWeights own = new JudgedWeights(weights, value);
        return new ImplicitState(
                weights,
                x,
                v,
                relaxation,
                sweeps,
                Optional.of(best.map(before -> before.orBetter(own)).orElse(own)));
    }

    ImplicitState next(Relaxation newRelaxation) {
        return new ImplicitState(weights, x, v, newRelaxation, sweeps + 1, best);
    }
}
