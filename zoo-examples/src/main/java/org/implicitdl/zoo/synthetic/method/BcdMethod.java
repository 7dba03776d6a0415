package org.implicitdl.zoo.synthetic.method;

import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.bcd.EpsilonSchedule;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.TrainingSet;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.implicitdl.zoo.synthetic.CurveRecorder;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.Trial;

/**
 * Block coordinate descent on Fenchel divergences, from the weights that back-propagation starts from too.
 *
 * @param descent how blocks are solved
 * @param sweeps how often all blocks are gone through
 * @param polishSteps how many Levenberg–Marquardt steps follow at most; each counts as an iteration
 */
record BcdMethod(String id, String name, BlockCoordinateDescent descent, int sweeps, int polishSteps)
        implements FittingMethod {
    /** The paper's number of sweeps. */
    private static final int PUBLISHED_SWEEPS = 5;

    private static final int LONG_SWEEPS = 50;
    private static final int WINDOW = 5;

    /** For a long run: a slower start than the default's, and a better end. */
    private static final EpsilonSchedule LONG_EPSILON = EpsilonSchedule.rising(1e-2, 1e-1, 30);

    /** Before the polish, which makes faster progress once the weights are anywhere near. */
    private static final int FIRST_SWEEPS = 2;

    private static final int POLISH_STEPS = 300;

    /** Finished at a training RMSE of 1e-5: the loss per sample is half its square. */
    private static final LevenbergMarquardt POLISH =
            LevenbergMarquardt.withDefaults().withTolerance(0.5e-10);

    static BcdMethod published() {
        return new BcdMethod(
                "bcd-published", "BCD as published", BlockCoordinateDescent.published(), PUBLISHED_SWEEPS, 0);
    }

    static BcdMethod exact() {
        return new BcdMethod("bcd-exact", "BCD exact", BlockCoordinateDescent.exact(), PUBLISHED_SWEEPS, 0);
    }

    static BcdMethod accelerated() {
        return new BcdMethod(
                "bcd-accelerated",
                "BCD exact, accelerated",
                BlockCoordinateDescent.exact().withEpsilon(LONG_EPSILON).withAcceleration(WINDOW),
                LONG_SWEEPS,
                0);
    }

    static BcdMethod polished() {
        return new BcdMethod("bcd-polish", "BCD + polish", BlockCoordinateDescent.exact(), FIRST_SWEEPS, POLISH_STEPS);
    }

    @Override
    public String settings() {
        return "double precision, all processors: " + sweeps + " sweeps of " + descent
                + (polishSteps == 0
                        ? ""
                        : ", then at most " + polishSteps
                                + " Levenberg-Marquardt steps, until the training RMSE is 1e-5");
    }

    @Override
    public LearningCurve fit(Trial trial) {
        FeedforwardModel start = start(trial);
        TrainingSet data = new TrainingSet(trial.train().u(), trial.train().y());
        CurveRecorder recorder = CurveRecorder.start(trial);
        recorder.record(0, start::output);
        BlockCoordinateDescent.Run run = descent.start(start, data);
        while (run.sweeps() < sweeps) {
            FeedforwardModel model = run.sweep();
            recorder.record(run.sweeps(), model::output);
        }
        if (polishSteps > 0) {
            LevenbergMarquardt.Run polish = POLISH.start(run.model(), data);
            for (int step = 1; step <= polishSteps && !polish.isFinished(); step++) {
                polish.step();
                recorder.record(sweeps + step, polish.model()::output);
            }
        }
        return recorder.curve();
    }

    private static FeedforwardModel start(Trial trial) {
        List<Matrix> weights =
                ConvertedNetwork.create(trial.startSeed()).weights().weights();
        ComponentwiseLink tanh = new ComponentwiseLink(Activations.tanh());
        ComponentwiseLink squaredLoss = new ComponentwiseLink(Activations.identity());
        int last = weights.size() - 1;
        return new FeedforwardModel(IntStream.rangeClosed(0, last)
                .mapToObj(l -> new FeedforwardLayer(weights.get(l), false, l == last ? squaredLoss : tanh))
                .toList());
    }
}
