package org.implicitdl.train;

import static org.implicitdl.train.Checkpoints.data;
import static org.implicitdl.train.Checkpoints.requireRefusal;
import static org.implicitdl.train.Checkpoints.shuffled;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A checkpoint of another training, or one that is damaged, is refused by what is different, and the network stays as it is. */
class ForeignCheckpointTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("training.checkpoint");
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

    private BcdTrainer trainer(java.util.function.UnaryOperator<BcdTrainer.Builder> settings) {
        return settings.apply(new BcdTrainer.Builder().sweeps(3).checkpoint(file, 1))
                .build();
    }
}
