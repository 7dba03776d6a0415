package org.implicitdl.zoo.cli;

import java.util.List;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.fit.ImplicitStates;
import org.implicitdl.zoo.fit.NetworkShape;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which trainer finds the weights, and how it is set. */
final class TrainerOptions {
    private static final List<String> OF_BCD = List.of("--sweeps", "--ridge");
    private static final String POLISH = "--polish";
    private static final List<String> OF_BACK_PROPAGATION = List.of("--epochs", "--batch", "--learning-rate");

    @Option(
            names = "--trainer",
            paramLabel = "NAME",
            defaultValue = "bcd",
            description = "bcd, block coordinate descent without gradients of the network; or back-propagation by"
                    + " sgd, nesterovs, adagrad, rmsprop, adam, amsgrad, nadam or adamax (default: ${DEFAULT-VALUE}).")
    private TrainerChoice trainer;

    @Option(
            names = "--sweeps",
            paramLabel = "N",
            defaultValue = "20",
            description = "Of bcd: passes over all blocks of the problem (default: ${DEFAULT-VALUE}).")
    private int sweeps;

    @Option(
            names = "--ridge",
            paramLabel = "R",
            defaultValue = "0.1",
            description = "Of bcd: the penalty on weights, against fitting by heart (default: ${DEFAULT-VALUE}).")
    private double ridge;

    @Option(
            names = POLISH,
            paramLabel = "N",
            defaultValue = "0",
            description = "Of bcd with dense layers: Levenberg-Marquardt steps after the sweeps, at most, for an exact"
                    + " fit (default: ${DEFAULT-VALUE}).")
    private int polish;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "100",
            description = "Of back-propagation: how often each row is seen (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Of back-propagation: rows for one update (default: ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--learning-rate",
            paramLabel = "R",
            description = "Of back-propagation (default: 0.05 for sgd and adagrad, 0.005 for nesterovs and adamax,"
                    + " otherwise 0.003).")
    private Double learningRate;

    /**
     * What was chosen, once the numbers are what they must be.
     *
     * @throws ParameterException also if an option belongs to another trainer
     */
    TrainerSettings settings(NetworkShape shape, CommandLine line) {
        Requirement numbers = new Requirement(line);
        if (trainer.isBackPropagation()) {
            refuse(OF_BCD, line);
            refuse(List.of(POLISH), line);
            numbers.atLeastOne("--epochs", epochs);
            numbers.atLeastOne("--batch", batch);
            double rate = learningRate == null ? trainer.learningRate() : learningRate;
            numbers.positive("--learning-rate", rate);
            return new BackPropagationSettings(trainer.updater(rate), epochs, batch);
        }
        refuse(OF_BACK_PROPAGATION, line);
        numbers.atLeastOne("--sweeps", sweeps);
        numbers.positive("--ridge", ridge);
        if (shape instanceof ImplicitStates) {
            refuse(List.of(POLISH), line);
            return ImplicitBcdSettings.withDefaults().withSweeps(sweeps).withRidge(ridge);
        }
        numbers.notNegative(POLISH, polish);
        return BcdSettings.withDefaults().withSweeps(sweeps).withRidge(ridge).withPolishSteps(polish);
    }

    private void refuse(List<String> options, CommandLine line) {
        for (String option : options) {
            if (line.getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        line,
                        "The option " + option + " plays no part in training by " + trainer
                                + (option.equals(POLISH) ? " of this network" : "") + "; leave it out");
            }
        }
    }
}
