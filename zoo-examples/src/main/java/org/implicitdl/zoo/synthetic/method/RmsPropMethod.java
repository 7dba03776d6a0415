package org.implicitdl.zoo.synthetic.method;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.synthetic.CurveRecorder;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.Trial;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Back-propagation with RMSProp, by DL4J itself, on the full batch.
 *
 * @param iterations the number of updates
 * @param trialLimit how many trials it is run on
 * @param decayTo the last learning rate as a part of the first, with exponential decay in between; 1 for a constant rate
 * @param rates among which {@link #tunedOn} chooses the first learning rate
 * @param rate the first learning rate
 */
record RmsPropMethod(String id, int iterations, int trialLimit, double decayTo, List<Double> rates, double rate)
        implements FittingMethod {
    private static final int PUBLISHED_ITERATIONS = 150;
    private static final List<Double> RATES = List.of(2e-3, 5e-3, 1e-2, 2e-2, 5e-2);

    /** The best of .005, .01 and .02 on tuning trials; to choose again in every run would take minutes. */
    private static final double LONG_RUN_RATE = 2e-2;

    private static final int LONG_RUN_ITERATIONS = 5_000;
    private static final int LONG_RUN_TRIALS = 3;
    private static final int LONG_RUN_INTERVAL = 50;

    /** The paper's: 150 updates at a constant rate. */
    static RmsPropMethod published() {
        return new RmsPropMethod("rmsprop", PUBLISHED_ITERATIONS, Integer.MAX_VALUE, 1, RATES, RATES.get(2));
    }

    /** What back-propagation reaches with time: 5,000 updates with decay, on three trials. */
    static RmsPropMethod longRun() {
        return new RmsPropMethod(
                "rmsprop-long", LONG_RUN_ITERATIONS, LONG_RUN_TRIALS, 1e-2, List.of(LONG_RUN_RATE), LONG_RUN_RATE);
    }

    @Override
    public String name() {
        return String.format(Locale.ROOT, "RMSProp, %,d iterations", iterations);
    }

    @Override
    public String settings() {
        return "DL4J, single precision, full batch, learning rate " + rate
                + (decayTo == 1 ? "" : String.format(Locale.ROOT, " falling to %.0e", rate * decayTo))
                + (rates.size() == 1 ? "" : ", the best of " + rates + " by training error on tuning trials");
    }

    @Override
    public FittingMethod tunedOn(List<Trial> tuning) {
        if (rates.size() == 1) {
            return this;
        }
        double best = rates.stream()
                .min(Comparator.comparingDouble(candidate -> withRate(candidate).meanTrainRmse(tuning)))
                .orElseThrow();
        return withRate(best);
    }

    private RmsPropMethod withRate(double otherRate) {
        return new RmsPropMethod(id, iterations, trialLimit, decayTo, rates, otherRate);
    }

    private double meanTrainRmse(List<Trial> tuning) {
        double mean = tuning.stream()
                .mapToDouble(trial ->
                        fit(trial, iteration -> iteration == iterations).last().trainRmse())
                .average()
                .orElseThrow();
        // A rate that diverges is the worst one, not one that compares as nothing does.
        return Double.isNaN(mean) ? Double.POSITIVE_INFINITY : mean;
    }

    /** Records all of the first 150 iterations, then one in fifty. */
    @Override
    public LearningCurve fit(Trial trial) {
        return fit(trial, iteration -> iteration <= PUBLISHED_ITERATIONS || iteration % LONG_RUN_INTERVAL == 0);
    }

    private LearningCurve fit(Trial trial, IntPredicate recorded) {
        INDArray features = trial.train().u().transpose().toArray(DataType.FLOAT);
        INDArray labels = trial.train().y().transpose().toArray(DataType.FLOAT);
        double decay = Math.pow(decayTo, 1.0 / iterations);
        MultiLayerNetwork network = PaperNetwork.create(
                trial.startSeed(), new RmsProp(new ExponentialSchedule(ScheduleType.ITERATION, rate, decay)));
        CurveRecorder recorder = CurveRecorder.start(trial);
        for (int iteration = 0; iteration <= iterations; iteration++) {
            if (iteration > 0) {
                network.fit(features, labels);
            }
            if (recorded.test(iteration)) {
                recorder.record(iteration, u -> PaperNetwork.weightsOf(network).predict(u));
            }
        }
        return recorder.curve();
    }
}
