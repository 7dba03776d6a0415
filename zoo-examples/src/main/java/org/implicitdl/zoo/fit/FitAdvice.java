package org.implicitdl.zoo.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.implicitdl.text.Count;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.BlockDescentSettings;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.MinibatchBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;

/** What the figures of a fit suggest to try. */
public final class FitAdvice {
    private static final int PARTS = 4;
    /** What a score that moves by chance from batch to batch seldom falls by. */
    private static final double STILL_FALLING = 0.8;

    /** Below this a score that is much better may still be chance. */
    private static final int FEW_ROWS = 30;

    private static final double ALMOST_PERFECT = 0.98;
    private static final double BY_HEART = 0.05;

    private FitAdvice() {}

    /** A line for each thing that is amiss; none if the fit is clearly better than the baseline and has settled. */
    public static List<String> of(FitResults results) {
        List<String> lines = new ArrayList<>();
        if (!results.isClearlyAboveBaseline()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "The held-out rows are not predicted clearly better than by %s (%s, against %s): %s.",
                    results.baselineDescription(),
                    results.heldOutScore().headline(),
                    results.baselineScore().headline(),
                    isUndecided(results)
                            ? "they are too few to tell; hold out more (--held-out 0.5), or take more rows"
                            : "if the columns tell anything of '"
                                    + results.label().name() + "', try " + remedy(results.settings())));
        }
        if (isStillFalling(results)) {
            List<Double> curve = results.trainingCurve();
            lines.add(String.format(
                    Locale.ROOT,
                    "The training score still fell in the last of %s, to %.4g: try %s.",
                    Count.of(curve.size(), "epoch"),
                    curve.get(curve.size() - 1),
                    twice(results.settings().trainer())));
        }
        return lines;
    }

    private static boolean isUndecided(FitResults results) {
        return results.predicted().rows() < FEW_ROWS
                && results.heldOutScore().value() > results.baselineScore().value();
    }

    private static String remedy(FitSettings settings) {
        if (settings.shape() instanceof HiddenLayers layers && layers.widths().isEmpty()) {
            return "hidden units (--hidden 16)";
        }
        TrainerSettings trainer = settings.trainer();
        if (trainer instanceof BcdSettings || trainer instanceof ImplicitBcdSettings) {
            return polishSteps(trainer) == 0
                    ? "--polish 12, --batch 32, or --trainer adam"
                    : "--polish " + 2L * polishSteps(trainer) + ", --batch 32 instead, or --trainer adam";
        }
        return trainer instanceof MinibatchBcdSettings
                ? "more --sweeps, more units, or --trainer adam"
                : "more --epochs, another --learning-rate, more units, or --trainer bcd";
    }

    /** The option for twice as long a training; that of the polish where it comes last, as it is what still falls. */
    private static String twice(TrainerSettings trainer) {
        int polish = polishSteps(trainer);
        if (polish > 0) {
            return "--polish " + 2L * polish;
        }
        return (trainer instanceof BackPropagationSettings ? "--epochs " : "--sweeps ") + 2L * trainer.epochs();
    }

    private static int polishSteps(TrainerSettings trainer) {
        return trainer instanceof BlockDescentSettings descent ? descent.polishSteps() : 0;
    }

    /** Whether a polish has come to an end of its own. */
    private static boolean isPolished(FitResults results) {
        TrainerSettings trainer = results.settings().trainer();
        return polishSteps(trainer) > 0 && results.trainingCurve().size() < trainer.epochs();
    }

    /** A fit by heart, whose held-out rows are far behind the training rows, is not helped by more of it. */
    private static boolean isStillFalling(FitResults results) {
        double trained = results.trainingScore().value();
        List<Double> curve = results.trainingCurve();
        return curve.size() >= 2 * PARTS
                && !isPolished(results)
                && trained < ALMOST_PERFECT
                && trained - results.heldOutScore().value() < BY_HEART
                && mean(curve, PARTS - 1) < STILL_FALLING * mean(curve, PARTS - 2);
    }

    /** The mean of a quarter of the curve, counted from 0. */
    private static double mean(List<Double> curve, int part) {
        int from = part * curve.size() / PARTS;
        int to = (part + 1) * curve.size() / PARTS;
        return curve.subList(from, to).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
