package org.implicitdl.zoo.recovery.method;

import org.implicitdl.activation.Activations;
import org.implicitdl.train.descent.Minimum;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.equilibrium.ImplicitLoss;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.zoo.recovery.Recovery;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryProblem;
import org.implicitdl.zoo.recovery.RecoveryTrial;

/** The squared loss with the penalty (19), minimized by the proximal gradient method with exact implicit gradients. */
record PenalizedModel() implements RecoveryMethod {
    private static final double WEIGHT = 200;
    private static final double RIDGE = 40;
    private static final ProximalGradient METHOD = new ProximalGradient(200, 1e-4);

    @Override
    public String id() {
        return "proximal";
    }

    @Override
    public String name() {
        return "penalty (19), proximal gradient";
    }

    @Override
    public String settings() {
        return "penalty " + WEIGHT + " on the columns of B above D, ridge " + RIDGE + " on C, " + METHOD.iterations()
                + " steps; support: above the largest ratio of neighbouring column norms";
    }

    @Override
    public Recovery recover(RecoveryTrial trial) {
        ImplicitLoss loss = ImplicitLoss.squared(RecoveryProblem.STATES, Activations.relu(), trial.train());
        Minimum minimum = METHOD.minimize(
                loss,
                PenaltyProblem.penalty(WEIGHT, RIDGE),
                PenaltyProblem.start(trial.startSeed()).m());
        return PenaltyProblem.recovery(new ModelMatrix(RecoveryProblem.STATES, minimum.w()));
    }
}
