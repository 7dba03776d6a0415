package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.bcd.BlockCoordinateDescent;
import org.implicitdl.train.bcd.ExactOptions;
import org.implicitdl.train.descent.ProximalGradient;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.WeightMethod;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.penalty.L1Ball;
import org.implicitdl.train.penalty.Parts;
import org.implicitdl.train.penalty.Ridge;
import org.implicitdl.train.penalty.SparsityMask;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A training that is interrupted and resumed comes to the bits of one that was not. */
class CheckpointTest {
    private static final int SAMPLES = 60;
    private static final long SHUFFLE = 41;

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
    void whatIsOfAnotherTrainingIsRefusedByName() {
        trainer(builder -> builder).fit(Networks.small(DataType.DOUBLE), data(DataType.DOUBLE));

        requireRefusal(
                trainer(builder -> builder.method(
                        BlockCoordinateDescent.exact(ExactOptions.defaults().withRidge(1e-5)))),
                Networks.small(DataType.DOUBLE),
                data(DataType.DOUBLE),
                "settings of its trainer differ: ridge is 1.0E-6, but here it is 1.0E-5, and window of the acceleration is");
        requireRefusal(
                trainer(builder -> builder.polishSteps(1)),
                Networks.small(DataType.DOUBLE),
                data(DataType.DOUBLE),
                "differ: number of polishing steps is 0, but here it is 1; resume");
        requireRefusal(
                trainer(builder -> builder.method(MinibatchDescent.withDefaults())),
                Networks.small(DataType.DOUBLE),
                data(DataType.DOUBLE),
                "differ: method is exact block coordinate descent, but here it is minibatch block coordinate descent;");
        requireRefusal(
                trainer(builder -> builder),
                Networks.small(DataType.FLOAT),
                data(DataType.FLOAT),
                "configuration of its network differs",
                "dataType is \"DOUBLE\", but here it is \"FLOAT\"");
        requireRefusal(
                trainer(builder -> builder),
                Networks.dense(DataType.DOUBLE, Activation.TANH, LossFunction.MSE, Activation.IDENTITY, true, 4, 6, 2),
                data(DataType.DOUBLE),
                "confs[0].layer.nout is 5, but here it is 6");
        DataSet other = data(DataType.DOUBLE).copy();
        other.getFeatures().putScalar(7, 2, 0.125);
        requireRefusal(
                trainer(builder -> builder), Networks.small(DataType.DOUBLE), other, "same shape", "other numbers");
        requireRefusal(
                trainer(builder -> builder),
                Networks.small(DataType.DOUBLE),
                Networks.data(DataType.DOUBLE, LossFunction.MSE, 50),
                "features [60, 4]",
                "here they are \"features [50, 4]");
        requireRefusal(
                new BcdTrainer.Builder().checkpoint(folder.resolve("none"), 1).build(),
                Networks.small(DataType.DOUBLE),
                data(DataType.DOUBLE),
                "There is no checkpoint");
    }

    /** Every single byte counts. */
    @Test
    void damageIsFound() throws IOException {
        BcdTrainer trainer = trainer(builder -> builder);
        trainer.fit(Networks.small(DataType.DOUBLE), data(DataType.DOUBLE));
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at += 1 + good.length / 97) {
            byte[] bad = good.clone();
            bad[at] ^= 4;
            Files.write(file, bad);
            requireRefusal(trainer, Networks.small(DataType.DOUBLE), data(DataType.DOUBLE), "checkpoint");
        }
        for (int length : new int[] {0, 5, 22, 40, good.length - 1}) {
            Files.write(file, Arrays.copyOf(good, length));
            requireRefusal(trainer, Networks.small(DataType.DOUBLE), data(DataType.DOUBLE), "checkpoint");
        }
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        BcdTrainer trainer = trainer(builder -> builder);
        trainer.fit(Networks.small(DataType.DOUBLE), data(DataType.DOUBLE));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer.wrap(bytes).putInt("implicitdl training\n".length(), 9);
        Files.write(file, bytes);
        requireRefusal(trainer, Networks.small(DataType.DOUBLE), data(DataType.DOUBLE), "version 9");
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
    void whereTheNumberOfSweepsMattersAnotherOneIsRefusedWithTheReason() {
        BcdTrainer.Builder batches =
                new BcdTrainer.Builder().method(MinibatchDescent.withDefaults()).checkpoint(file, 1);
        batches.sweeps(2).build().fit(Networks.small(DataType.DOUBLE), shuffled(DataType.DOUBLE));
        requireRefusal(
                batches.sweeps(3).build(),
                Networks.small(DataType.DOUBLE),
                shuffled(DataType.DOUBLE),
                "its plan was 2 sweeps, but here it is 3",
                "the length of its steps");

        BcdTrainer.Builder polished = new BcdTrainer.Builder().polishSteps(2).checkpoint(file, 1);
        polished.sweeps(2).build().fit(Networks.small(DataType.DOUBLE), shuffled(DataType.DOUBLE));
        requireRefusal(
                polished.sweeps(9).build(),
                Networks.small(DataType.DOUBLE),
                shuffled(DataType.DOUBLE),
                "its polish has begun");
        requireRefusal(
                polished.sweeps(3).build(),
                Networks.small(DataType.DOUBLE),
                shuffled(DataType.DOUBLE),
                "its plan was 2 sweeps, but here it is 3, and its polish has begun");
    }

    /** Masks of as many free entries, and methods of other settings. */
    @Test
    void penaltiesAndTheirMethodsAreToldApart() {
        ProximalGradient method = ProximalGradient.withDefaults().withIterations(20);
        trainer(builder -> builder.method(masked(0, method)))
                .fit(Networks.implicit(DataType.DOUBLE), data(DataType.DOUBLE));
        requireOtherSettings(masked(1, method), "differ: penalty is ");
        requireOtherSettings(masked(0, method.withIterations(21)), "differ: method for the penalty is ");
    }

    @Test
    void ofTheSettingsOfAnImplicitDescentThoseAreToldThatDiffer() {
        ImplicitDescent method = ImplicitDescent.withDefaults();
        trainer(builder -> builder.method(method)).fit(Networks.implicit(DataType.DOUBLE), data(DataType.DOUBLE));
        requireOtherSettings(method.withRuleSteps(6), "differ: number of steps in (A, B) is 5, but here it is 6;");
        requireRefusal(
                trainer(builder -> builder.method(method).polishSteps(2)),
                Networks.implicit(DataType.DOUBLE),
                data(DataType.DOUBLE),
                "differ: number of polishing steps is 0, but here it is 2;");
    }

    private void requireOtherSettings(ImplicitDescent other, String message) {
        requireRefusal(
                trainer(builder -> builder.method(other)),
                Networks.implicit(DataType.DOUBLE),
                data(DataType.DOUBLE),
                message);
    }

    private static ImplicitDescent masked(int column, ProximalGradient method) {
        double[] free = new double[25];
        for (int i = 0; i < 5; i++) {
            free[5 * column + i] = 1;
        }
        return ImplicitDescent.withDefaults()
                .withPenalty(
                        Parts.of(7, 10)
                                .with(
                                        0,
                                        5,
                                        0,
                                        5,
                                        SparsityMask.of(new Matrix(5, 5, free)).and(L1Ball.ofRows(0.5)))
                                .with(0, 7, 5, 10, new Ridge(1e-2)),
                        WeightMethod.of(method));
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

    private static void requireRefusal(BcdTrainer trainer, MultiLayerNetwork net, DataSet data, String... messages) {
        requireRefusal(trainer, net, new SingletonDataSetIterator(data), messages);
    }

    private static void requireRefusal(
            BcdTrainer trainer, MultiLayerNetwork net, DataSetIterator data, String... messages) {
        INDArray before = net.params().dup();
        assertThatThrownBy(() -> trainer.resume(net, data))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(messages);
        assertThat(net.params()).isEqualTo(before);
        assertThat(net.getIterationCount()).isZero();
    }

    private static DataSet data(DataType type) {
        return Networks.data(type, LossFunction.MSE, SAMPLES);
    }

    /** Batches of 20 in an order that a seed draws at every reset. */
    private static DataSetIterator shuffled(DataType type) {
        List<DataSet> samples = data(type).asList();
        Random random = new Random(SHUFFLE);
        return new ExistingDataSetIterator((Iterable<DataSet>) () -> {
            List<DataSet> order = new ArrayList<>(samples);
            Collections.shuffle(order, random);
            return Stream.of(0, 20, 40)
                    .map(from -> DataSet.merge(order.subList(from, from + 20)))
                    .iterator();
        });
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
