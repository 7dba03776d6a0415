package org.implicitdl.zoo.cli;

import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.nd4j.linalg.activations.Activation;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The options of the commands that train a network with an implicit layer; their defaults come from the command. */
final class ClassifierOptions {
    /** What the help texts say about the files. */
    static final String FILES = """

            Files, in DIR:
              summary.md           settings, accuracy, tables, the certificate
              learning-curve.png   score, accuracy, solver iterations and margin by epochs
              confusion.png        which class was taken for which
              mistakes.png         test images that were not recognized
              epochs.csv           the learning curve by epochs
              updates.csv          the learning curve update by update
              model.zip            the network, for MultiLayerNetwork.load
            """;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often each training image is seen (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images for one update (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(names = "--state", paramLabel = "N", description = "States of the layer (default: ${DEFAULT-VALUE}).")
    private int state;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "Of Adam at the start; it falls with every epoch (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Seed of the initial weights, the order of the images, and the choice of those that are held"
                    + " out (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--activation",
            paramLabel = "PHI",
            description = "The activation of the state, as DL4J names them: relu, tanh, sigmoid, elu, leakyrelu, ..."
                    + " (default: ${DEFAULT-VALUE}).")
    private Activation activation;

    @Option(
            names = "--well-posed",
            paramLabel = "HOW",
            description = "How the equation is kept well-posed, one of ${COMPLETION-CANDIDATES} (default:"
                    + " ${DEFAULT-VALUE}).")
    private WellPosed wellPosed;

    @Option(
            names = "--kappa",
            paramLabel = "K",
            description = "The bound of --well-posed, above 0 and below 1 (default: the layer's).")
    private Double kappa;

    @Option(
            names = "--solver",
            paramLabel = "METHOD",
            description = "What finds the state, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private SolverType solver;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the files, made if missing (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private ThreadOption threads;

    @Option(
            names = "--ui",
            paramLabel = "PORT",
            arity = "0..1",
            fallbackValue = "9000",
            description = "Open DL4J's training UI, with the charts of the implicit layer, at this port (without one:"
                    + " ${FALLBACK-VALUE}).")
    private Integer uiPort;

    /** Where the training UI is to be opened, if it is. */
    OptionalInt uiPort() {
        return uiPort == null ? OptionalInt.empty() : OptionalInt.of(uiPort);
    }

    Path out() {
        return out;
    }

    ThreadOption threads() {
        return threads;
    }

    /** What was chosen, once the numbers are what they must be. */
    ClassifierSettings settings(Requirement numbers) {
        numbers.atLeastOne("--epochs", epochs);
        numbers.atLeastOne("--batch", batch);
        numbers.atLeastOne("--state", state);
        threads.check(numbers);
        numbers.positive("--learning-rate", learningRate);
        if (uiPort != null) {
            numbers.port("--ui", uiPort);
        }
        if (kappa != null) {
            numbers.betweenZeroAndOne("--kappa", kappa);
        }
        return new ClassifierSettings(
                epochs,
                batch,
                state,
                seed,
                activation,
                wellPosed,
                kappa == null ? OptionalDouble.empty() : OptionalDouble.of(kappa),
                solver,
                learningRate);
    }

    /** Defaults for the options, which may be overwritten by the options themselves. */
    static class Defaults implements IDefaultValueProvider {
        private final ClassifierSettings settings;
        private final String out;

        Defaults(ClassifierSettings settings, String out) {
            this.settings = settings;
            this.out = out;
        }

        @Override
        public String defaultValue(ArgSpec argument) {
            return argument instanceof OptionSpec option
                    ? switch (option.longestName()) {
                        case "--epochs" -> String.valueOf(settings.epochs());
                        case "--batch" -> String.valueOf(settings.batchSize());
                        case "--state" -> String.valueOf(settings.stateSize());
                        case "--learning-rate" -> String.valueOf(settings.learningRate());
                        case "--seed" -> String.valueOf(settings.seed());
                        case "--activation" -> settings.activation().name();
                        case "--well-posed" -> settings.wellPosed().name();
                        case "--solver" -> settings.solver().name();
                        case "--out" -> out;
                        default -> null;
                    }
                    : null;
        }
    }
}
