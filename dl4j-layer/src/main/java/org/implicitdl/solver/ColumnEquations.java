package org.implicitdl.solver;

import java.util.stream.IntStream;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.FenchelActivation;
import org.nd4j.linalg.api.buffer.DataType;

/** The equations x = φ(ax + c) of all components of one sample, with the same a for each, for a nondecreasing φ. */
interface ColumnEquations {

    /**
     * Solves them in place.
     *
     * @param sample the sample, by its number in the whole batch
     * @param column c; gets the state x
     */
    void solve(int sample, double[] column);

    /**
     * The equations of a problem.
     *
     * @param type the type that is computed with
     * @throws java.util.NoSuchElementException if a component of φ is no nondecreasing function
     */
    static ColumnEquations of(FixedPointProblem problem, DataType type, double a) {
        int n = problem.states();
        if (problem.phi() instanceof DiagonalActivation diagonal) {
            Panel factors = Panel.viewOf(diagonal.derivatives(), type);
            double[] d = new double[n];
            return (sample, column) -> {
                factors.read(sample, d);
                for (int i = 0; i < n; i++) {
                    column[i] *= d[i] / (1 - a * d[i]);
                }
            };
        }
        FenchelActivation[] phi = IntStream.range(0, n)
                .mapToObj(i -> Components.scalar(problem.phi(), i).orElseThrow())
                .toArray(FenchelActivation[]::new);
        ScalarEquation[] equations = IntStream.range(0, n)
                .mapToObj(i -> new ScalarEquation(phi[i], a))
                .toArray(ScalarEquation[]::new);
        return (sample, column) -> {
            for (int i = 0; i < n; i++) {
                column[i] = phi[i].value(equations[i].solve(column[i]));
            }
        };
    }
}
