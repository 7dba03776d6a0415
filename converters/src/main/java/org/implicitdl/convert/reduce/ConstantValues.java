package org.implicitdl.convert.reduce;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.SparseMatrix;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.Solution;
import org.implicitdl.solver.Solvers;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The states that no input reaches, solved for component by component. */
final class ConstantValues {
    /** Closer than the default of the solvers, because what remains of it is carried by every later output. */
    private static final StoppingRule CLOSE = StoppingRule.withDefaults().withTolerance(1e-14);

    private final SparseModel model;
    private final SparseMatrix m;
    private final Dependencies graph;
    private final double[] values;
    private final int[] place;

    ConstantValues(SparseModel model, Dependencies graph) {
        this.model = model;
        this.m = model.matrix();
        this.graph = graph;
        this.values = new double[model.states()];
        this.place = new int[model.states()];
    }

    /** The value of each state; NaN if an input reaches it, or if it cannot be solved for. */
    double[] solve() {
        boolean[] reached = graph.reachedByInputs();
        Arrays.fill(values, Double.NaN);
        Arrays.fill(place, -1);
        for (int[] component : graph.components()) {
            if (!reached[component[0]]) {
                IntStream.range(0, component.length).forEach(k -> place[component[k]] = k);
                solve(component).ifPresent(x -> IntStream.range(0, x.length).forEach(k -> values[component[k]] = x[k]));
                IntStream.of(component).forEach(i -> place[i] = -1);
            }
        }
        return values;
    }

    private Optional<double[]> solve(int[] component) {
        boolean isCyclic = graph.isCyclic(component[0]);
        Matrix a = isCyclic ? Matrix.zeros(component.length, component.length) : null;
        Matrix v = Matrix.zeros(component.length, 1);
        for (int r = 0; r < component.length; r++) {
            for (int k = m.start(component[r]); k < m.end(component[r]); k++) {
                int j = m.column(k);
                if (j < model.states() && place[j] >= 0) {
                    a.set(r, place[j], m.value(k));
                } else {
                    v.values()[r] += m.value(k) * (j == model.constant() ? 1 : values[j]);
                }
            }
        }
        if (!Arrays.stream(v.values()).allMatch(Double::isFinite)) {
            return Optional.empty();
        }
        Activation phi = model.maps().keep(component).join();
        INDArray column = v.toArray(DataType.DOUBLE);
        return isCyclic
                ? solve(DenseOperator.copyOf(a.toArray(DataType.DOUBLE)), column, phi)
                : Optional.of(Matrix.copyOf(phi.apply(column)).values());
    }

    private static Optional<double[]> solve(DenseOperator a, INDArray v, Activation phi) {
        return WellPosedness.find(a, phi)
                .map(certificate -> Solvers.forCertificate(certificate, CLOSE).solve(new FixedPointProblem(a, v, phi)))
                .filter(solution -> solution.report().converged())
                .map(Solution::state)
                .map(x -> Matrix.copyOf(x).values());
    }
}
