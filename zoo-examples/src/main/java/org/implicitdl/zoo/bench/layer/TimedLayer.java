package org.implicitdl.zoo.bench.layer;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.implicitdl.activation.Activations;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.FixedPointSolver;
import org.implicitdl.solver.SolverReport;
import org.implicitdl.solver.Solvers;
import org.implicitdl.solver.StoppingRule;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.Condition;
import org.implicitdl.wellposed.RowL1Ball;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * A layer of ReLU in single precision with a given A, ‖A‖∞ = .9, and features for it.
 *
 * @param features U, samples as rows
 * @param a A [n, n]
 * @param b B [n, p]
 */
record TimedLayer(INDArray features, INDArray a, INDArray b) {
    static final double NORM = 0.9;
    static final double TOLERANCE = 1e-5;

    /** With random entries of A, or with positive ones, for which Picard contracts no faster than the norm says. */
    static TimedLayer of(boolean positive, int states, int inputs, int samples) {
        Draws draws = new Draws(17, DataType.FLOAT);
        INDArray a = positive ? draws.positiveRows(states, NORM) : draws.rows(states, NORM);
        new RowL1Ball(NORM).enforce(a);
        return new TimedLayer(
                draws.normal(samples, inputs).dup('c'),
                a,
                draws.normal(states, inputs).muli(1 / Math.sqrt(inputs)));
    }

    /** The options of such a layer; outputs are still to be said. */
    ImplicitLayer.Builder options() {
        return new ImplicitLayer.Builder()
                .nIn(b.columns())
                .stateSize(a.rows())
                .activation(Activation.RELU)
                .kappa(NORM)
                .tolerance(TOLERANCE);
    }

    /** A network of that layer alone. */
    MultiLayerNetwork network(ImplicitLayer layer) {
        return with(Networks.of(DataType.FLOAT, new NoOp(), layer));
    }

    /** A network with a softmax behind it, to be trained. */
    MultiLayerNetwork classifier(int classes, IUpdater updater) {
        return with(Networks.of(
                DataType.FLOAT, updater, options().nOut(classes).build(), Networks.softmax(classes, classes)));
    }

    private MultiLayerNetwork with(MultiLayerNetwork network) {
        network.setParam("0_A", a);
        network.setParam("0_B", b);
        return network;
    }

    /** The forward pass of a network's first layer alone, as the network calls it. */
    Runnable forward(MultiLayerNetwork network) {
        LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.noWorkspaces();
        var layer = network.getLayer(0);
        return () -> {
            layer.setInput(features, workspaces);
            layer.activate(false, workspaces);
        };
    }

    /** The equation of the layer. */
    FixedPointProblem problem() {
        return new FixedPointProblem(
                DenseOperator.viewOf(a), b.mmul(features.transpose()).dup('f'), Activations.relu());
    }

    /** The solver that a layer chooses, from the certificate of its A. */
    FixedPointSolver solver() {
        Certificate certificate = WellPosedness.test(Condition.NORM_INF, DenseOperator.viewOf(a), Activations.relu())
                .certificate()
                .orElseThrow();
        return Solvers.forCertificate(certificate, StoppingRule.withDefaults().withTolerance(TOLERANCE));
    }

    /** What the solver takes. */
    SolverReport report() {
        return solver().solve(problem()).report();
    }
}
