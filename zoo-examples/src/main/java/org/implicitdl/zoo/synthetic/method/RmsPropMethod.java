package org.implicitdl.zoo.synthetic.method;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.synthetic.CurveRecorder;
import org.implicitdl.zoo.synthetic.FittingMethod;
import org.implicitdl.zoo.synthetic.LearningCurve;
import org.implicitdl.zoo.synthetic.Trial;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Back-propagation with RMSProp, by DL4J itself, on the full batch.
 *
 * @param iterations the number of updates
 * @param trialLimit how many trials it is run on
 * @param decayTo the last learning rate as a part of the first, with exponential decay in between; 1 for a constant rate
 * @param rate the first learning rate
 */
record RmsPropMethod(String id, int iterations, int trialLimit, double decayTo, double rate) implements FittingMethod {
    /** The learning rates among which {@link #tunedOn} chooses. */
    static final List<Double> RATES = List.of(1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2);

    private static final int PUBLISHED_ITERATIONS = 150;

    /** The paper's: 150 updates at a constant rate. */
    static RmsPropMethod published() {
        return new RmsPropMethod("rmsprop", PUBLISHED_ITERATIONS, Integer.MAX_VALUE, 1, RATES.get(3));
    }

    /** What back-propagation reaches with time: 5,000 updates with decay, on three trials. */
    static RmsPropMethod longRun() {
        return new RmsPropMethod("rmsprop-long", 5_000, 3, 1e-2, RATES.get(3));
    }

    @Override
    public String name() {
        return String.format(Locale.ROOT, "RMSProp, %,d iterations", iterations);
    }

    @Override
    public String settings() {
        return "DL4J, full batch, learning rate " + rate
                + (decayTo == 1
                        ? ", the best of " + RATES + " by training error on tuning trials"
                        : " falling to " + rate * decayTo);
    }

    /** Chooses the first learning rate; a long run's by its first iterations, as if they were all. */
    @Override
    public FittingMethod tunedOn(List<Trial> tuning) {
        int tuningIterations = Math.min(iterations, PUBLISHED_ITERATIONS);
        double best = RATES.stream()
                .min(Comparator.comparingDouble(
                        candidate -> with(tuningIterations, candidate).meanTrainRmse(tuning)))
                .orElseThrow();
        return with(iterations, best);
    }

    private RmsPropMethod with(int otherIterations, double otherRate) {
        return new RmsPropMethod(id, otherIterations, trialLimit, decayTo, otherRate);
    }

    private double meanTrainRmse(List<Trial> tuning) {
        double mean = tuning.stream()
                .mapToDouble(trial -> fit(trial).last().trainRmse())
                .average()
                .orElseThrow();
        // A rate that diverges is the worst one, not one that compares as nothing does.
        return Double.isNaN(mean) ? Double.POSITIVE_INFINITY : mean;
    }

    @Override
    public LearningCurve fit(Trial trial) {
        CurveRecorder recorder = CurveRecorder.start(trial);
        INDArray features = trial.train().u().transpose().toArray(DataType.FLOAT);
        INDArray labels = trial.train().y().transpose().toArray(DataType.FLOAT);
        MultiLayerNetwork network = PaperNetwork.create(trial.startSeed(), new RmsProp(schedule()));
        record(recorder, 0, network);
        for (int iteration = 1; iteration <= iterations; iteration++) {
            network.fit(features, labels);
            if (isRecorded(iteration)) {
                record(recorder, iteration, network);
            }
        }
        return recorder.curve();
    }

    private ISchedule schedule() {
        return new ExponentialSchedule(ScheduleType.ITERATION, rate, Math.pow(decayTo, 1.0 / iterations));
    }

    /** All of the first 150, then one in fifty. */
    private boolean isRecorded(int iteration) {
        return iteration <= PUBLISHED_ITERATIONS || iteration % 50 == 0 || iteration == iterations;
    }

    private static void record(CurveRecorder recorder, int iteration, MultiLayerNetwork network) {
        recorder.record(iteration, u -> PaperNetwork.weightsOf(network).predict(u));
    }
}
