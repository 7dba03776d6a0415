package org.implicitdl.train.arbiter;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.deeplearning4j.arbiter.listener.DL4JArbiterStatusReportingListener;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultSaver;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.task.TaskListener;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds, trains, scores and saves one candidate; what goes wrong in that is the candidate's failure. */
final class TrainerTask implements Callable<OptimizationResult> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerTask.class);

    private final Candidate<?> candidate;
    private final SearchData data;
    private final ScoreFunction scoreFunction;
    private final StatusReporter reporter;
    private final Optional<TaskListener> taskListener;

    TrainerTask(
            Candidate<?> candidate,
            SearchData data,
            ScoreFunction scoreFunction,
            StatusReporter reporter,
            Optional<TaskListener> taskListener) {
        this.candidate = candidate;
        this.data = data;
        this.scoreFunction = scoreFunction;
        this.reporter = reporter;
        this.taskListener = taskListener;
    }

    @Override
    public OptimizationResult call() {
        long start = System.currentTimeMillis();
        CandidateInfo running = info(CandidateStatus.Running, start);
        reporter.report(running, null);
        OptimizationResult result;
        try {
            result = complete(running);
        } catch (Throwable e) { // out of memory too: the next candidate may be smaller
            LOG.warn("Candidate {} failed: {}", candidate.getIndex(), e.toString());
            result = failed(start, e);
        } finally {
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
        }
        reporter.report(result.getCandidateInfo(), result);
        return result;
    }

    private OptimizationResult complete(CandidateInfo running) throws IOException {
        Stopwatch watch = new Stopwatch();
        NetworkWithTrainer plan = plan();
        MultiLayerNetwork net = network(plan.getMultiLayerConfiguration(), running);
        DataSetIterator training = data.trainingData();
        double building = watch.lap();
        TrainedNetwork trained = TrainedNetwork.of(plan, net, training);
        double fitting = watch.lap();
        double score = finite(data.score(trained.net(), scoreFunction), plan);
        TrainingReport report = new TrainingReport(
                building, fitting, watch.lap(), trained.epochs(), trained.net().numParams(), trained.ending());
        taskListener.ifPresent(listener -> listener.postProcess(trained.net(), candidate));
        CandidateInfo info = info(CandidateStatus.Complete, running.getStartTime());
        info.setScore(score);
        OptimizationResult result = new OptimizationResult(candidate, score, candidate.getIndex(), report, info, null);
        ResultSaver saver = reporter.saver();
        if (saver != null) {
            result.setResultReference(saver.saveModel(result, trained.net()));
        }
        return result;
    }

    private NetworkWithTrainer plan() {
        Object value = candidate.getValue();
        if (value instanceof ImpossibleNetwork impossible) {
            throw impossible.failure();
        }
        if (value instanceof NetworkWithTrainer plan) {
            return plan;
        }
        throw new IllegalArgumentException("The task creator runs candidates of a NetworkWithTrainerSpace, but got "
                + (value == null ? "nothing" : value.getClass().getName()) + "; search such a space.");
    }

    private MultiLayerNetwork network(MultiLayerConfiguration configuration, CandidateInfo running) {
        MultiLayerNetwork net = new MultiLayerNetwork(configuration);
        net.init();
        if (taskListener.isPresent()) {
            net = taskListener.get().preProcess(net, candidate);
        }
        net.addListeners(new DL4JArbiterStatusReportingListener(reporter.listeners(), running));
        return net;
    }

    private double finite(double score, NetworkWithTrainer plan) {
        if (!Double.isFinite(score)) {
            throw new ArithmeticException("The score is " + score + " after training by " + plan.trainer()
                    + "; a lower learning rate or a larger ridge may help, and the test data must not be empty.");
        }
        return score;
    }

    private OptimizationResult failed(long start, Throwable reason) {
        StringWriter trace = new StringWriter();
        reason.printStackTrace(new PrintWriter(trace));
        CandidateInfo info = info(CandidateStatus.Failed, start);
        info.setExceptionStackTrace(trace.toString());
        return new OptimizationResult(candidate, null, candidate.getIndex(), null, info, null);
    }

    private CandidateInfo info(CandidateStatus status, long start) {
        Long end = status == CandidateStatus.Running ? null : System.currentTimeMillis();
        return new CandidateInfo(
                candidate.getIndex(), status, null, start, start, end, candidate.getFlatParameters(), null);
    }

    /** Seconds between one call and the next. */
    private static final class Stopwatch {
        private long last = System.nanoTime();

        double lap() {
            long now = System.nanoTime();
            double seconds = (now - last) * 1e-9;
            last = now;
            return seconds;
        }
    }
}
