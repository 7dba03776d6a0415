package org.implicitdl.zoo.recovery.method;

import org.implicitdl.activation.Activations;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.implicit.ImplicitRun;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.zoo.recovery.Recovery;
import org.implicitdl.zoo.recovery.RecoveryMethod;
import org.implicitdl.zoo.recovery.RecoveryTrial;

/** Block coordinate descent on (10) with steps that solve their problems, and a ridge on C beside the penalty (19). */
record CorrectedBlocks() implements RecoveryMethod {
    private static final double WEIGHT = 5;
    private static final double RIDGE = 1;
    private static final int SWEEPS = 50;
    private static final ProximalGradient STEP = new ProximalGradient(20, 1e-6);

    @Override
    public String id() {
        return "bcd-corrected";
    }

    @Override
    public String name() {
        return "block descent, corrected";
    }

    @Override
    public String settings() {
        return SWEEPS + " sweeps from forward passes, λ = μ = 1, penalty " + WEIGHT + ", ridge " + RIDGE
                + " on C; support: above the largest ratio of neighbouring column norms";
    }

    @Override
    public Recovery recover(RecoveryTrial trial) {
        ImplicitProblem problem = ImplicitProblem.direct(
                trial.train().u(),
                trial.train().y(),
                new ComponentwiseLink(Activations.identity()),
                Activations.relu());
        ModelMatrix start = PenaltyProblem.start(trial.startSeed());
        ImplicitRun run = ImplicitDescent.withDefaults()
                .withPenalty(PenaltyProblem.penalty(WEIGHT, RIDGE), STEP::minimize)
                .start(problem, new ImplicitWeights(start.a(), start.b(), start.c(), start.d()));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            run.sweep();
        }
        ImplicitWeights found = run.weights();
        return PenaltyProblem.recovery(ModelMatrix.of(found.a(), found.b(), found.c(), found.d()));
    }
}
