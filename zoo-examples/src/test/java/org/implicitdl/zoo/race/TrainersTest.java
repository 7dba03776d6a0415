package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.LabelSmoothing;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.classify.Examples;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.NoOp;

class TrainersTest {
    private static final Perceptron NETWORK = new Perceptron(Activation.RELU);

    @TempDir
    private Path folder;

    static List<String> ids() {
        return Trainers.ids();
    }

    static List<String> updaters() {
        return ids().stream().filter(id -> !id.equals("bcd")).toList();
    }

    @Test
    void anUnknownNameIsAnsweredByAllThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainers.named("adamm"))
                .withMessageContaining("'adamm'")
                .withMessageContaining("there are bcd, sgd, nesterovs, adagrad, rmsprop, adam, amsgrad, nadam, adamax");
        assertThat(Trainers.named("RMSProp").id()).isEqualTo("rmsprop");
    }

    @ParameterizedTest
    @MethodSource("ids")
    void everyTrainerLearnsImagesThatCanAllBeToldApart(String id) {
        Trainer trainer = Trainers.named(id);
        Track track = Track.quiet(Examples.images(folder), Clock.WALL);

        assertThat(trainer.candidates()).isSorted().hasSize(4);
        assertThat(track.run(new Entrant(NETWORK, trainer), trainer.candidates().get(2), Plan.ofEpochs(10), 3)
                        .last())
                .hasValueSatisfying(end -> assertThat(end.testAccuracy()).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bcd", "adam"})
    void implicitNetworksLearnThemToo(String id) {
        Trainer trainer = Trainers.named(id);
        ImplicitClassifier network =
                new ImplicitClassifier(ClassifierSettings.mnist().withStateSize(20));

        assertThat(Track.quiet(Examples.images(folder), Clock.WALL)
                        .run(new Entrant(network, trainer), trainer.candidates().get(2), Plan.ofEpochs(20), 3)
                        .last())
                .hasValueSatisfying(end -> assertThat(end.testAccuracy()).isEqualTo(1));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void ratesOfBackPropagationFallOnALineToZeroAfterTheLastEpoch(String id) {
        Entrant entrant = new Entrant(NETWORK, Trainers.named(id));

        Entrant.Training training = entrant.start(Examples.images(folder).train(), 1e-3, 4, 1);
        for (int epoch = 0; epoch < 4; epoch++) {
            assertThat(training.network().getLearningRate(0)).isCloseTo(1e-3 * (1 - epoch / 4.0), within(1e-12));
            training.epoch().run();
        }

        assertThat(entrant.trainer().updater().getClass().getSimpleName()).isEqualToIgnoringCase(id);
    }

    @Test
    void blockCoordinateDescentEpochByEpochIsTheTrainingAsAWhole() {
        ImageSplit images = Examples.images(folder);
        Entrant.Training training = new Entrant(NETWORK, Trainers.named("bcd")).start(images.train(), 0.25, 3, 7);
        for (int epoch = 0; epoch < 3; epoch++) {
            training.epoch().run();
        }

        MultiLayerNetwork whole = NETWORK.create(images.train(), new NoOp(), 7);
        DataSetIterator batches = images.train().shuffledIterator(90 / 16, 7);
        batches.setPreProcessor(new LabelSmoothing(0.1));
        new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withStepLength(0.25).withWeightDecay(0.002))
                .sweeps(3)
                .build()
                .fit(whole, batches);

        assertThat(training.network().params()).isEqualTo(whole.params());
        assertThat(training.network().getEpochCount()).isEqualTo(3);
    }

    @Test
    void batchesAreSmallerWhereAnEpochWouldHaveFewUpdates() {
        assertThat(Trainers.named("bcd").batchSize(ImageData.mnistSubset(1).train()))
                .isEqualTo(3600 / 16);
        assertThat(Trainers.named("adam").batchSize(ImageData.mnistSubset(1).train()))
                .isEqualTo(128);
    }
}
