package org.implicitdl.zoo.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.report.Progress;

/** Tells and keeps the progress of a training after every epoch, and ends one that has diverged. */
final class FitProgress extends BaseTrainingListener {
    private final TrainerSettings trainer;
    private final Progress progress;
    private final List<Double> scores = new ArrayList<>();

    FitProgress(TrainerSettings trainer, Progress progress) {
        this.trainer = trainer;
        this.progress = progress;
    }

    @Override
    public void onEpochEnd(Model model) {
        if (!Double.isFinite(model.score())) {
            throw new DivergedException(trainer);
        }
        scores.add(model.score());
        progress.doing(String.format(Locale.ROOT, "score %.4g", model.score()));
        progress.step();
    }

    /** The score after every epoch. */
    List<Double> scores() {
        return scores;
    }
}
