package org.implicitdl.solver;

import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.FenchelActivation;
import org.nd4j.linalg.api.buffer.DataType;

/** The scalar equations x = φᵢ(ax + c) of one component for all samples. */
interface RowMap {

    /**
     * Solves them in place.
     *
     * @param component the component i of φ
     * @param a the diagonal entry aᵢᵢ
     * @param row the known parts c of all samples; gets their states
     */
    void solve(int component, double a, double[] row);

    /** The equations of a φ that is given by scalar functions, or by factors of each sample; empty for others. */
    static Optional<RowMap> of(Activation phi, int states) {
        if (phi instanceof DiagonalActivation diagonal) {
            Panel factors = Panel.viewOf(diagonal.derivatives().transpose().dup('f'), diagonalType(diagonal));
            return Optional.of((component, a, row) -> {
                double[] d = new double[row.length];
                factors.read(component, d);
                for (int j = 0; j < row.length; j++) {
                    row[j] *= d[j] / (1 - a * d[j]);
                }
            });
        }
        if (phi instanceof FenchelActivation scalar) {
            return Optional.of((component, a, row) -> solve(scalar, a, row));
        }
        FenchelActivation[] scalars = IntStream.range(0, states)
                .mapToObj(i -> phi.isComponentwise() ? Components.scalar(phi, i).orElse(null) : null)
                .toArray(FenchelActivation[]::new);
        return IntStream.range(0, states).allMatch(i -> scalars[i] != null)
                ? Optional.of((component, a, row) -> solve(scalars[component], a, row))
                : Optional.empty();
    }

    private static DataType diagonalType(DiagonalActivation diagonal) {
        return diagonal.derivatives().dataType() == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    }

    private static void solve(FenchelActivation phi, double a, double[] row) {
        if (a == 0) {
            phi.values(row, row, 0, row.length);
            return;
        }
        ScalarEquation equation = new ScalarEquation(phi, a);
        for (int j = 0; j < row.length; j++) {
            row[j] = phi.value(equation.solve(row[j]));
        }
    }
}
