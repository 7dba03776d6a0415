package org.implicitdl.zoo.recovery.method;

import org.implicitdl.activation.Activations;
import org.implicitdl.train.sparse.FeatureElimination;
import org.implicitdl.zoo.recovery.Recovery;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryProblem;
import org.implicitdl.zoo.recovery.RecoveryTrial;

/** The elimination of inputs by the smallest column norms, with the Levenberg–Marquardt polish of implicit models. */
record Elimination() implements RecoveryMethod {
    private static final FeatureElimination METHOD = FeatureElimination.withRadius(RecoveryProblem.KAPPA);

    @Override
    public String id() {
        return "elimination";
    }

    @Override
    public String name() {
        return "penalty (19) with elimination";
    }

    @Override
    public String settings() {
        return "penalty " + METHOD.penalty() + " at first, " + METHOD.rounds() + " rounds of " + METHOD.steps()
                + " Levenberg–Marquardt steps a stage, " + METHOD.restarts()
                + " restarts; support: the stage with the least Bayesian information criterion";
    }

    @Override
    public Recovery recover(RecoveryTrial trial) {
        FeatureElimination.Stage stage =
                METHOD.select(RecoveryProblem.STATES, Activations.relu(), trial.train(), trial.startSeed());
        return Recovery.of(stage.over(RecoveryProblem.INPUTS), stage.inputs());
    }
}
