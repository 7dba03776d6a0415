package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.train.LabelSmoothing;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.classify.Examples;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Clock;
import org.implicitdl.zoo.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

class TrainersTest {
    private static final Perceptron NETWORK = new Perceptron(Activation.RELU);

    @TempDir
    private Path folder;

    private static final Trainer DESCENT = new BlockDescent();
    private static final Trainer ADAM = new BackPropagation("adam", 0.003, Adam::new);

    static List<Trainer> updaters() {
        return List.of(
                ADAM,
                new BackPropagation("sgd", 0.05, Sgd::new),
                new BackPropagation("nesterovs", 0.005, Nesterovs::new),
                new BackPropagation("adagrad", 0.05, AdaGrad::new),
                new BackPropagation("adamax", 0.005, AdaMax::new));
    }

    static List<Trainer> trainers() {
        return Stream.concat(Stream.of(DESCENT), updaters().stream()).toList();
    }

    private Track track() {
        return new Track(Examples.images(folder), Clock.WALL, Progress.none());
    }

    @Test
    void gridsBeginWithTheNeighboursOfTheMiddle() {
        assertThat(DESCENT.grid().atFirst()).containsExactly(0.25, 0.5, 1.0);
        assertThat(ADAM.grid().atFirst()).containsExactly(0.001, 0.003, 0.01);
        assertThat(Grid.around(1e-9, List.of(1.0, 2.0, 4.0)).atFirst()).containsExactly(1.0, 2.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grid(List.of(2.0, 1.0), 0, 1))
                .withMessageContaining("must increase, but are [2.0, 1.0]");
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void everyTrainerLearnsImagesThatCanAllBeToldApart(Trainer trainer) {
        Entrant entrant = new Entrant(NETWORK, trainer);

        assertThat(trainer.grid().atFirst())
                .anySatisfy(value -> assertThat(track().end(entrant, value, Plan.ofEpochs(10), 3)
                                .last())
                        .hasValueSatisfying(
                                end -> assertThat(end.testAccuracy()).isEqualTo(1)));
    }

    static List<Trainer> trainersOfImplicitNetworks() {
        return List.of(DESCENT, ADAM);
    }

    @ParameterizedTest
    @MethodSource("trainersOfImplicitNetworks")
    void implicitNetworksLearnThemToo(Trainer trainer) {
        ImplicitClassifier network =
                new ImplicitClassifier(ClassifierSettings.mnist().withStateSize(20));
        double value = trainer.grid().atFirst().get(1);

        assertThat(track().run(new Entrant(network, trainer), value, Plan.ofEpochs(20), 3)
                        .last())
                .hasValueSatisfying(end -> assertThat(end.testAccuracy()).isEqualTo(1));
    }

    @ParameterizedTest
    @MethodSource("updaters")
    void ratesOfBackPropagationFallOnALineToZeroAfterTheLastEpoch(Trainer trainer) {
        try (Training training = new Entrant(NETWORK, trainer)
                .start(Examples.images(folder).train(), 1e-3, Plan.ofEpochs(4), 1, Clock.WALL)) {
            for (int epoch = 0; epoch < 4; epoch++) {
                assertThat(training.network().getLearningRate(0)).isCloseTo(1e-3 * (1 - epoch / 4.0), within(1e-12));
                training.runPart();
            }
        }

        assertThat(trainer.updater().getClass().getSimpleName()).isEqualToIgnoringCase(trainer.id());
    }

    @ParameterizedTest
    @MethodSource("trainers")
    void aTrainingStopsWhenItsTimeIsOver(Trainer trainer) {
        // A clock that goes on by a hundredth of the time whenever somebody looks.
        AtomicLong nanos = new AtomicLong();
        try (Training training = new Entrant(NETWORK, trainer)
                .start(Examples.images(folder).train(), 0.1, Plan.ofSeconds(1), 1, () -> nanos.addAndGet(10_000_000))) {
            training.finish();

            assertThat(training.course().seconds()).isBetween(1.0, 1.5);
            assertThat(training.course().epochs()).isPositive();
        }
    }

    @Test
    void blockCoordinateDescentEpochByEpochIsTheTrainingAsAWhole() {
        ImageSplit images = Examples.images(folder);
        Training training = new Entrant(NETWORK, DESCENT).start(images.train(), 0.25, Plan.ofEpochs(3), 7, Clock.WALL);
        try (training) {
            training.finish();
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

    /** Why the command refuses it; once this fails, it need not any longer. */
    @Test
    void noNetworkCanBeTrainedByTheAdaBeliefOfDeeplearning4j() {
        Entrant entrant = new Entrant(NETWORK, new BackPropagation("adabelief", 0.003, AdaBelief::new));
        ImageSplit images = Examples.images(folder);

        assertThatThrownBy(() -> entrant.start(images.train(), 1e-3, Plan.ofEpochs(1), 1, Clock.WALL))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void batchesAreSmallerWhereAnEpochWouldHaveFewUpdates() {
        assertThat(DESCENT.batchSize(ImageData.mnistSubset(1).train())).isEqualTo(3600 / 16);
        assertThat(ADAM.batchSize(ImageData.mnistSubset(1).train())).isEqualTo(128);
    }
}
