package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.implicitdl.train.Checkpoints.data;
import static org.implicitdl.train.Checkpoints.requireRefusal;
import static org.implicitdl.train.Checkpoints.shuffled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A training that is interrupted and resumed comes to the bits of one that was not. */
class CheckpointTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("training.checkpoint");
    }

    /** What DL4J users meet when a process ends. */
    private static final class Interruption extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static Stream<Arguments> trainings() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(
                        training(
                                "accelerated sweeps, then the polish",
                                type,
                                Networks::small,
                                full -> full.polishSteps(4)),
                        training(
                                "accelerated sweeps, then the polish without a matrix",
                                type,
                                Networks::small,
                                full -> full.polish(new LevenbergMarquardt(0, 0))
                                        .polishSteps(4)),
                        training(
                                "sweeps as published, with states that are kept",
                                type,
                                Networks::small,
                                full -> full.method(BlockCoordinateDescent.published())),
                        training(
                                "minibatches",
                                type,
                                Networks::small,
                                mini -> mini.method(
                                        MinibatchDescent.withDefaults().withStepLength(0.1))),
                        training(
                                "minibatches of an implicit layer",
                                type,
                                Networks::implicit,
                                mini -> mini.method(
                                        MinibatchDescent.withDefaults().withStepLength(0.1))),
                        training(
                                "minibatches of an implicit layer, with others in turn",
                                type,
                                Networks::amongOthers,
                                mini -> mini.method(MinibatchDescent.withDefaults())
                                        .otherLayers(OtherLayers.TRAINED)),
                        training(
                                "implicit, then the polish",
                                type,
                                Networks::implicit,
                                implicit -> implicit.method(ImplicitDescent.withDefaults())
                                        .polishSteps(4)),
                        training(
                                "implicit, then the polish without a matrix",
                                type,
                                Networks::implicit,
                                implicit -> implicit.method(ImplicitDescent.withDefaults())
                                        .polish(new LevenbergMarquardt(0, 0))
                                        .polishSteps(4)),
                        training(
                                "implicit",
                                type,
                                Networks::implicit,
                                implicit -> implicit.method(ImplicitDescent.withDefaults()
                                        .withKeptStates()
                                        .withContinuation(1.5, 1e-6)))));
    }

    private static Arguments training(
            String name,
            DataType type,
            Function<DataType, MultiLayerNetwork> network,
            Consumer<BcdTrainer.Builder> settings) {
        return Arguments.of(name, type, network, settings);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("trainings")
    void aResumedTrainingComesToTheSameBits(
            String name,
            DataType type,
            Function<DataType, MultiLayerNetwork> network,
            Consumer<BcdTrainer.Builder> settings) {
        Supplier<MultiLayerNetwork> networks = () -> network.apply(type);
        BcdTrainer.Builder builder = new BcdTrainer.Builder().sweeps(5);
        settings.accept(builder);
        MultiLayerNetwork whole = networks.get();
        builder.build().fit(whole, shuffled(type));
        BcdTrainer trainer = builder.checkpoint(file, 1).build();

        // In the sweeps, and after the last of them, which may be in the polish.
        for (int passes : new int[] {2, whole.getEpochCount() - 1}) {
            MultiLayerNetwork interrupted = networks.get();
            interrupted.setListeners(new InterruptedAfter(passes));
            assertThatThrownBy(() -> trainer.fit(interrupted, shuffled(type))).isInstanceOf(Interruption.class);
            MultiLayerNetwork resumed = networks.get();
            resumed.params().muli(-2);
            trainer.resume(resumed, shuffled(type));

            assertThat(resumed.params()).isEqualTo(whole.params());
            assertThat(resumed.getEpochCount()).isEqualTo(whole.getEpochCount());
            assertThat(resumed.getIterationCount()).isEqualTo(whole.getIterationCount());
        }
    }

    @Test
    void aTrainingThatIsThroughIsResumedToItsEnd() {
        MultiLayerNetwork net = Networks.small(DataType.FLOAT);
        BcdTrainer trainer = trainer(builder -> builder.checkpoint(file, 1000));
        trainer.fit(net, shuffled(DataType.FLOAT));
        MultiLayerNetwork resumed = Networks.small(DataType.FLOAT);
        trainer.resume(resumed, shuffled(DataType.FLOAT));
        assertThat(resumed.params()).isEqualTo(net.params());
        assertThat(resumed.score()).isEqualTo(net.score());
        assertThat(resumed.getIterationCount()).isEqualTo(3);
    }

    @Test
    void aWriteThatFailsLeavesTheTrainingsWeights() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        net.setListeners(new BaseTrainingListener() {
            @Override
            public void onEpochStart(Model model) {
                assertThat(gone.toFile().delete()).isTrue();
            }
        });
        BcdTrainer trainer = new BcdTrainer.Builder()
                .sweeps(2)
                .checkpoint(gone.resolve("file"), 1)
                .build();
        assertThatThrownBy(() -> trainer.fit(net, data(DataType.DOUBLE))).hasMessageContaining("could not be written");
        assertThat(net.getEpochCount()).isEqualTo(1);
    }

    @Test
    void aPlaceWhereNoFileCanBeIsNamedBeforeTheTraining() {
        for (Path impossible : List.of(folder, folder.resolve("missing").resolve("file"))) {
            MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
            BcdTrainer trainer =
                    new BcdTrainer.Builder().checkpoint(impossible, 10).build();
            assertThatThrownBy(() -> trainer.start(net, data(DataType.DOUBLE)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContainingAll("folder", folder.toString());
        }
    }

    static Stream<Arguments> trainingsOfAnyNumberOfSweeps() {
        return trainings()
                .filter(training -> training.get()[0].toString().matches("implicit|sweeps as published.*")
                        && training.get()[1] == DataType.DOUBLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("trainingsOfAnyNumberOfSweeps")
    void moreSweepsAfterTheLastAreThoseOfALongerTraining(
            String name,
            DataType type,
            Function<DataType, MultiLayerNetwork> network,
            Consumer<BcdTrainer.Builder> settings) {
        BcdTrainer.Builder builder = new BcdTrainer.Builder();
        settings.accept(builder);
        MultiLayerNetwork whole = network.apply(type);
        builder.sweeps(5).build().fit(whole, shuffled(type));
        builder.checkpoint(file, 1).sweeps(2).build().fit(network.apply(type), shuffled(type));
        MultiLayerNetwork longer = network.apply(type);

        builder.sweeps(5).build().resume(longer, shuffled(type));

        assertThat(longer.params()).isEqualTo(whole.params());
        assertThat(longer.getEpochCount()).isEqualTo(5);
        requireRefusal(builder.sweeps(4).build(), network.apply(type), shuffled(type), "5 are done already");
    }

    @Test
    void earlyStoppingTakesNoCheckpoints() {
        assertThatThrownBy(() -> new BcdEarlyStoppingTrainer(
                        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>().build(),
                        Networks.small(DataType.DOUBLE),
                        trainer(builder -> builder),
                        shuffled(DataType.DOUBLE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leave out checkpoint");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void checkpointsAreWrittenAfterSomeSweep(int every) {
        assertThatThrownBy(() -> new BcdTrainer.Builder().checkpoint(file, every))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not after " + every);
    }

    @Test
    void nothingIsResumedWithoutAFile() {
        assertThatThrownBy(() ->
                        new BcdTrainer.Builder().build().resume(Networks.small(DataType.DOUBLE), data(DataType.DOUBLE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("checkpoint(path, every)");
    }

    private BcdTrainer trainer(java.util.function.UnaryOperator<BcdTrainer.Builder> settings) {
        return settings.apply(new BcdTrainer.Builder().sweeps(3).checkpoint(file, 1))
                .build();
    }

    /** Ends a training in the middle of the epoch after so many. */
    private static final class InterruptedAfter extends BaseTrainingListener {
        private final int epochs;

        InterruptedAfter(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            if (epoch == epochs) {
                throw new Interruption();
            }
        }
    }
}
