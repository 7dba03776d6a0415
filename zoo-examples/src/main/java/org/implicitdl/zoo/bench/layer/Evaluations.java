package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.solver.AndersonSolver;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.NewtonSolver;
import org.implicitdl.solver.PicardSolver;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.MonotoneParametrization;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Evaluations of φ(Ax + v) until the residual is 1e-6 of the state. */
final class Evaluations implements Measurement {
    private static final StoppingRule RULE =
            StoppingRule.withDefaults().withTolerance(1e-6).withFloor(1e-30);

    private static final int SAMPLES = 8;
    private static final double HALF = 0.5;

    /** Equations whose Picard iteration contracts at a given rate, and what can be asked there. */
    private record Family(String name, INDArray a, Activation phi, double scale, Bound asked) {}

    @Override
    public String name() {
        return "evaluations";
    }

    @Override
    public String description() {
        return "Evaluations to a relative residual of 1e-6 (double, 8 samples)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (double rate : effort.quick() ? new double[] {0.9} : new double[] {0.9, 0.95, 0.99}) {
            families(effort.size(200, 40), rate).forEach(family -> rows.addAll(accelerated(family, rate)));
        }
        for (Activation phi : List.of(Activations.relu(), Activations.tanh())) {
            for (double twist : new double[] {0.1, 1}) {
                rows.addAll(newton(phi, twist, effort.size(100, 20)));
            }
        }
        return rows;
    }

    private static List<Family> families(int n, double rate) {
        Draws draws = new Draws(7, DataType.DOUBLE);
        Bound half = Bound.atMost(HALF);
        return List.of(
                new Family(
                        "symmetric, eigenvalues in [0, κ], identity",
                        draws.symmetric(n, 0, rate),
                        Activations.identity(),
                        1,
                        half),
                new Family(
                        "symmetric, eigenvalues in [−κ, κ], identity",
                        draws.symmetric(n, -rate, rate),
                        Activations.identity(),
                        1,
                        half),
                new Family(
                        "symmetric, eigenvalues in [0, κ], tanh of small arguments",
                        draws.symmetric(n, 0, rate),
                        Activations.tanh(),
                        1e-2,
                        half),
                new Family("positive rows of norm κ, ReLU", draws.positiveRows(n, rate), Activations.relu(), 1, half),
                new Family(
                        "κ times an orthogonal matrix, identity: no Krylov method gains much",
                        draws.orthogonal(n).muli(rate),
                        Activations.identity(),
                        1,
                        Bound.none()),
                new Family(
                        "random rows of norm κ, ReLU: Picard is much faster than κ",
                        draws.rows(n, rate),
                        Activations.relu(),
                        1,
                        Bound.none()));
    }

    private static List<Row> accelerated(Family family, double rate) {
        INDArray v = new Draws(11, DataType.DOUBLE)
                .normal(family.a().rows(), SAMPLES)
                .muli(family.scale());
        FixedPointProblem problem = new FixedPointProblem(DenseOperator.viewOf(family.a()), v, family.phi());
        double picard = mean(converged(PicardSolver.with(RULE), problem));
        double anderson = mean(converged(AndersonSolver.with(RULE), problem));
        String where = "κ = " + rate + ", " + family.name();
        return List.of(
                Row.told("Picard, " + where, picard, ""),
                Row.asked("Anderson over Picard, " + where, family.asked(), anderson / picard, "x"));
    }

    /** A monotone A whose skew part is so large that Picard diverges. */
    private static List<Row> newton(Activation phi, double twist, int n) {
        Draws draws = new Draws(13, DataType.DOUBLE);
        INDArray a = MonotoneParametrization.withMargin(0.1)
                .matrix(List.of(
                        draws.normal(n, n).muli(1 / Math.sqrt(n)),
                        draws.normal(n, n).muli(twist)));
        FixedPointProblem problem = new FixedPointProblem(DenseOperator.viewOf(a), draws.normal(n, SAMPLES), phi);
        SolverReport picard = PicardSolver.with(RULE).solve(problem).report();
        SolverReport newton = converged(NewtonSolver.with(RULE), problem);
        String where =
                "monotone A of norm " + Math.round(DenseOperator.viewOf(a).normInf()) + ", " + phi;
        return List.of(
                Row.told("samples of " + SAMPLES + " for which Picard fails, " + where, picard.failures(), ""),
                Row.asked("Newton, " + where, Bound.atMost(10), newton.maxIterations(), ""));
    }

    private static SolverReport converged(FixedPointSolver solver, FixedPointProblem problem) {
        var solution = solver.solve(problem);
        solution.orElseThrow();
        return solution.report();
    }

    private static double mean(SolverReport report) {
        return Arrays.stream(report.iterations()).average().orElseThrow();
    }
}
