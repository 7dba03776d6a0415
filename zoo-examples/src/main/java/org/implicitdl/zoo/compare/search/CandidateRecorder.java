package org.implicitdl.zoo.compare.search;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.BaseStatusListener;
import org.deeplearning4j.arbiter.task.TaskListener;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.arbiter.TrainingReport;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.FittedModel;
import org.implicitdl.zoo.fit.Score;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.Prepared;
import org.implicitdl.zoo.table.TableData;

/**
 * Keeps what becomes of the candidates of one search that trains one after the other, failed ones too, and scores them in
 * full, in the unit of the label: what Arbiter keeps of them is one number.
 */
final class CandidateRecorder extends BaseStatusListener implements TaskListener {
    private static final long serialVersionUID = 1L;

    private final transient FitSpace space;
    private final transient CandidateSearch search;
    private final transient Prepared prepared;
    private final transient Progress progress;
    private final transient List<TriedCandidate> candidates = new ArrayList<>();
    private transient Score score;

    CandidateRecorder(FitSpace space, CandidateSearch search, Prepared prepared, Progress progress) {
        this.space = space;
        this.search = search;
        this.prepared = prepared;
        this.progress = progress;
    }

    synchronized List<TriedCandidate> candidates() {
        return List.copyOf(candidates);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Arbiter declares it
    public <T extends Model> T preProcess(T model, Candidate candidate) {
        return model;
    }

    /** @throws ArithmeticException if the loss is not finite, though the largest of the outputs may be the right one */
    @Override
    @SuppressWarnings("rawtypes") // as Arbiter declares it
    public synchronized void postProcess(Model model, Candidate candidate) {
        TableData data = search.data();
        int[] validation = search.split().heldOut();
        FittedModel fitted =
                new FittedModel((MultiLayerNetwork) model, prepared.transform(), prepared.normalizer(), data.label());
        score = Score.of(data.label(), data.labels(validation), fitted.predict(data.table(), validation));
        if (!Double.isFinite(score.loss())) {
            throw new ArithmeticException("the training diverged: the validation loss is " + score.loss());
        }
    }

    @Override
    public synchronized void onCandidateStatusChange(
            CandidateInfo info, IOptimizationRunner runner, OptimizationResult result) {
        if (info.getCandidateStatus() == CandidateStatus.Complete) {
            double seconds = ((TrainingReport) result.getModelSpecificResults()).trainingSeconds();
            candidates.add(TriedCandidate.trained(candidates.size() + 1, settings(result), score, seconds));
            progress.step();
        } else if (info.getCandidateStatus() == CandidateStatus.Failed) {
            String reason = info.getExceptionStackTrace().lines().findFirst().orElse("no reason is known");
            candidates.add(TriedCandidate.failed(candidates.size() + 1, settings(result), reason));
            progress.step();
        }
    }

    private FitSettings settings(OptimizationResult result) {
        return space.settings(result.getCandidate().getFlatParameters());
    }
}
