package org.implicitdl.zoo.recovery;

import java.util.HashSet;
import java.util.Set;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.TrainingSet;

/**
 * What a method made of a trial.
 *
 * @param method the id of the method
 * @param trial what it worked on
 * @param recovery what it found
 * @param seconds its time
 */
public record RecoveryOutcome(String method, RecoveryTrial trial, Recovery recovery, double seconds) {

    /** Whether the support is that of the true model. */
    public boolean isExact() {
        return recovery.support().equals(trial.support());
    }

    /** The share of the selected inputs that matter; 1 if none is selected. */
    public double precision() {
        int selected = recovery.support().size();
        return selected == 0 ? 1 : hits() / (double) selected;
    }

    /** The share of the inputs that matter that are selected. */
    public double recall() {
        return hits() / (double) trial.support().size();
    }

    private int hits() {
        Set<Integer> both = new HashSet<>(recovery.support());
        both.retainAll(trial.support());
        return both.size();
    }

    /** The probability that an input that matters has a larger score than one that does not, ties counted half. */
    public double auc() {
        double[] scores = recovery.scores();
        double wins = 0;
        for (int i : trial.support()) {
            for (int j = 0; j < scores.length; j++) {
                if (!trial.support().contains(j)) {
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        int active = trial.support().size();
        return wins / (active * (scores.length - active));
    }

    /** ‖Ŷ − Y‖/‖Y − mean‖ on the test data. */
    public double relativeTestError() {
        TrainingSet test = trial.test();
        Matrix prediction = recovery.predictor().apply(test.u());
        double mean = 0;
        for (double y : test.y().values()) {
            mean += y / test.y().values().length;
        }
        double errors = 0;
        double deviations = 0;
        for (int i = 0; i < test.y().values().length; i++) {
            double y = test.y().values()[i];
            errors += (prediction.values()[i] - y) * (prediction.values()[i] - y);
            deviations += (y - mean) * (y - mean);
        }
        return Math.sqrt(errors / deviations);
    }
}
