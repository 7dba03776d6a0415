package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.saver.local.FileModelSaver;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderResultSaverTest {
    private final NetworkWithTrainer plan = Tasks.plan(Tasks.ADAM);

    @TempDir
    private Path folder;

    private OptimizationResult saved;

    @BeforeEach
    void save() {
        saved = Tasks.saved(plan, new FolderResultSaver(folder.resolve("search")));
    }

    private FolderResult readBack() throws IOException {
        List<FolderResult> results = FolderResultSaver.results(folder.resolve("search"));
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    @Test
    void theCandidateItsScoreAndItsTrainingComeBack() throws IOException {
        OptimizationResult back = readBack().getResult();

        assertThat(back.getCandidate().getValue()).isEqualTo(plan);
        assertThat(back.getCandidate().getFlatParameters())
                .isEqualTo(saved.getCandidate().getFlatParameters());
        assertThat(back.getIndex()).isEqualTo(saved.getIndex());
        assertThat(back.getScore()).isEqualTo(saved.getScore());
        assertThat(back.getModelSpecificResults()).isEqualTo(saved.getModelSpecificResults());
        assertThat(back.getCandidateInfo().getCandidateStatus()).isEqualTo(CandidateStatus.Complete);
        assertThat(back.getResultReference()).isEqualTo(saved.getResultReference());
    }

    @Test
    void theModelComesBackToTheBitAndCanBeTrainedOn() throws IOException {
        MultiLayerNetwork expected = new MultiLayerNetwork(plan.getMultiLayerConfiguration());
        expected.init();
        plan.trainer().fit(expected, Searches.data().trainData(null));

        MultiLayerNetwork back = readBack().getResultModel();

        assertThat(back.params()).isEqualTo(expected.params());
        plan.trainer().fit(expected, Searches.data().trainData(null));
        plan.trainer().fit(back, Searches.data().trainData(null));
        assertThat(back.params()).isEqualTo(expected.params());
    }

    @Test
    void resultsComeInTheOrderOfTheirCandidatesWithoutUnfinishedOnes() throws IOException {
        FolderResultSaver saver = new FolderResultSaver(folder.resolve("search"));
        MultiLayerNetwork net = new MultiLayerNetwork(plan.getMultiLayerConfiguration());
        net.init();
        for (int index : new int[] {10, 2}) {
            saver.saveModel(result(plan, index), net);
        }
        Files.createDirectories(folder.resolve("search").resolve("7"));
        Path other = Files.createDirectories(folder.resolve("search").resolve("the best"));
        Files.writeString(other.resolve("candidate.json"), "a copy");

        assertThat(FolderResultSaver.results(folder.resolve("search")))
                .extracting(FolderResult::index)
                .containsExactly(2, 5, 10);
    }

    @Test
    void arbitersOwnSaverTakesTheCandidatesToo() throws IOException {
        ResultReference result = Tasks.saved(
                        plan, new FileModelSaver(folder.resolve("arbiter").toString()))
                .getResultReference();

        assertThat(result.getResult().getScore()).isEqualTo(saved.getScore());
        assertThat(((MultiLayerNetwork) result.getResultModel()).params())
                .isEqualTo(readBack().getResultModel().params());
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        FolderResult result = readBack();
        byte[] model = Files.readAllBytes(result.model());
        Files.write(result.model(), Arrays.copyOf(model, model.length / 2));
        Files.writeString(result.candidate(), "{\"index\": 5, \"score\"");

        assertThatIOException().isThrownBy(result::getResultModel).withMessageContaining("model.zip");
        assertThatIOException().isThrownBy(result::getResult).withMessageContaining("candidate.json");
    }

    @Test
    void whatIsNoCandidateOfThisPackageIsRefused() {
        FolderResultSaver saver = new FolderResultSaver(folder);
        MultiLayerNetwork net = new MultiLayerNetwork(plan.getMultiLayerConfiguration());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> saver.saveModel(result("a text", 1), net))
                .withMessageContaining("NetworkWithTrainerSpace");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> saver.saveModel(result(plan, 1), "a text"))
                .withMessageContaining("java.lang.String");
    }

    private static OptimizationResult result(Object value, int index) {
        return new OptimizationResult(new Candidate<>(value, index, new double[0]), 1.0, index, null, null, null);
    }
}
