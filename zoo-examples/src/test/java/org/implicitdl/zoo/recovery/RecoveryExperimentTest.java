package org.implicitdl.zoo.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activations;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.equilibrium.ImplicitLoss;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.zoo.recovery.method.RecoveryMethods;
import org.implicitdl.zoo.recovery.report.RecoveryReport;
import org.implicitdl.zoo.recovery.report.RecoveryTable;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecoveryExperimentTest {
    private static final RecoveryProblem PROBLEM = new RecoveryProblem(1);

    @TempDir
    private Path folder;

    @Test
    void trialsHaveThePapersSizesAndStayInTheBall() {
        for (int number = 1; number <= 5; number++) {
            RecoveryTrial trial = PROBLEM.trial(number);
            assertThat(trial.truth().states()).isEqualTo(20);
            assertThat(trial.truth().inputs()).isEqualTo(100);
            assertThat(trial.train().u()).hasToString("matrix [100, 400]");
            assertThat(trial.train().y()).hasToString("matrix [1, 400]");
            assertThat(L1Ball.ofRows(0.5).value(trial.truth().a())).isZero();
            double[] norms = trial.truth().inputNorms();
            assertThat(IntStream.range(0, 100).filter(j -> norms[j] > 0).boxed())
                    .hasSize(10)
                    .isEqualTo(trial.support());
            Matrix outputs = ImplicitLoss.predict(
                            trial.truth(), Activations.relu(), trial.train().u())
                    .orElseThrow();
            assertThat(trial.train().y()).isEqualTo(outputs);
        }
    }

    @Test
    void trialsDependOnSeedAndNumberAlone() {
        assertThat(PROBLEM.trial(2).train().y())
                .isEqualTo(PROBLEM.trial(2).train().y())
                .isNotEqualTo(PROBLEM.trial(3).train().y())
                .isNotEqualTo(new RecoveryProblem(2).trial(2).train().y());
    }

    @Test
    void scoresAreCountedAgainstTheTruth() {
        RecoveryTrial trial = PROBLEM.trial(1);
        double[] scores = new double[100];
        List<Integer> wrong = IntStream.range(0, 100)
                .filter(j -> !trial.support().contains(j))
                .limit(10)
                .boxed()
                .toList();
        List<Integer> chosen = new ArrayList<>(trial.support().subList(0, 9));
        chosen.add(wrong.get(0));
        chosen.sort(null);
        chosen.forEach(j -> scores[j] = 1);
        RecoveryOutcome outcome = new RecoveryOutcome(
                "m", trial, new Recovery(scores, chosen, OptionalDouble.empty(), u -> Matrix.zeros(1, u.cols())), 1);
        assertThat(outcome.isExact()).isFalse();
        assertThat(outcome.precision()).isEqualTo(0.9);
        assertThat(outcome.recall()).isEqualTo(0.9);
        // Nine win over 89 and tie with one; the tenth ties with 89 and loses to one.
        assertThat(outcome.auc()).isCloseTo((9 * 89.5 + 44.5) / 900, within(1e-15));
    }

    @Test
    void aPerfectPredictionHasNoTestErrorAndTheMeanHasOne() {
        RecoveryTrial trial = PROBLEM.trial(1);
        double mean = Arrays.stream(trial.test().y().values()).average().orElseThrow();
        assertThat(new RecoveryOutcome("truth", trial, Recovery.of(trial.truth(), trial.support()), 1)
                        .relativeTestError())
                .isLessThan(1e-10);
        Recovery constant = new Recovery(new double[100], List.of(), OptionalDouble.empty(), u -> {
            Matrix outputs = Matrix.zeros(1, u.cols());
            Arrays.fill(outputs.values(), mean);
            return outputs;
        });
        RecoveryOutcome outcome = new RecoveryOutcome("mean", trial, constant, 1);
        assertThat(outcome.relativeTestError()).isCloseTo(1, within(1e-12));
        assertThat(outcome.precision()).isEqualTo(1);
        assertThat(outcome.auc()).isEqualTo(0.5);
    }

    /** The whole experiment on one trial: the elimination finds the support, and the files are there (some seconds). */
    @Test
    void theEliminationFindsTheSupportThatTheLassoDoesNot() throws Exception {
        List<RecoveryMethod> methods = RecoveryMethods.all().stream()
                .filter(method -> List.of("lasso", "elimination").contains(method.id()))
                .toList();
        RecoveryExperiment experiment = new RecoveryExperiment(PROBLEM, methods, 1);
        List<RecoveryOutcome> outcomes = experiment.run(Progress.none());

        assertThat(outcomes).extracting(RecoveryOutcome::isExact).containsExactly(false, true);
        assertThat(outcomes.get(1).recovery().stateNorm().orElseThrow()).isLessThanOrEqualTo(0.5);
        assertThat(outcomes.get(1).relativeTestError())
                .isLessThan(outcomes.get(0).relativeTestError());
        List<Path> files = RecoveryReport.write(experiment, outcomes, List.of("a machine"), OutputFolder.open(folder));
        assertThat(files).extracting(file -> file.getFileName().toString()).isEqualTo(RecoveryReport.FILES);
        assertThat(Files.readAllLines(files.get(0))).hasSize(1 + 2);
        assertThat(Files.readAllLines(files.get(1))).hasSize(1 + 2 * 100);
        assertThat(Files.readString(files.get(3))).contains("1 of 1", "Bayesian", "a machine");
        assertThat(RecoveryTable.of(methods, outcomes).toText()).contains("Lasso", "elimination");
    }

    @Test
    void anExperimentWithoutTrialsOrMethodsIsRefused() {
        assertThatThrownBy(() -> new RecoveryExperiment(PROBLEM, List.of(), 1)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new RecoveryExperiment(PROBLEM, RecoveryMethods.all(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
