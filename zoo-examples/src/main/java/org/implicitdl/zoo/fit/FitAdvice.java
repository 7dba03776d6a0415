package org.implicitdl.zoo.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
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
            TrainerSettings trainer = results.settings().trainer();
            lines.add(String.format(
                    Locale.ROOT,
                    "The training score still fell in the last of %d epochs, to %.3g: try %s %d.",
                    results.trainingCurve().size(),
                    mean(results.trainingCurve(), PARTS - 1),
                    trainer instanceof BackPropagationSettings ? "--epochs" : "--sweeps",
                    2 * trainer.epochs()));
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
            return "--batch 32, or --trainer adam";
        }
        return trainer instanceof MinibatchBcdSettings
                ? "more --sweeps, more units, or --trainer adam"
                : "more --epochs, another --learning-rate, more units, or --trainer bcd";
    }

    /** A fit by heart, whose held-out rows are far behind the training rows, is not helped by more of it. */
    private static boolean isStillFalling(FitResults results) {
        double trained = results.trainingScore().value();
        List<Double> curve = results.trainingCurve();
        return curve.size() >= 2 * PARTS
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
