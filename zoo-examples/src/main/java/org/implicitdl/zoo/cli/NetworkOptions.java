package org.implicitdl.zoo.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.implicitdl.zoo.fit.HiddenLayers;
import org.implicitdl.zoo.fit.ImplicitStates;
import org.implicitdl.zoo.fit.NetworkShape;
import org.nd4j.linalg.activations.Activation;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What stands between the features of a network and its outputs. */
final class NetworkOptions {
    private static final List<Integer> DEFAULT_WIDTHS = List.of(16);

    @ArgGroup
    private Layers layers = new Layers();

    @Option(
            names = "--activation",
            paramLabel = "PHI",
            defaultValue = "tanh",
            description = "Of the hidden layers or the states, as DL4J names them: tanh, relu, sigmoid, elu, ..."
                    + " (default: ${DEFAULT-VALUE}).")
    private Activation activation;

    /** One or the other. */
    static final class Layers {
        @Option(
                names = "--hidden",
                paramLabel = "N",
                split = ",",
                description =
                        "Units of the hidden dense layers, such as 16,8; 0 for none, a linear model (default: 16).")
        private List<Integer> hidden;

        @Option(
                names = "--states",
                paramLabel = "N",
                description = "Instead of dense layers an implicit layer with so many states.")
        private Integer states;
    }

    /** What was chosen, once the numbers are what they must be. */
    NetworkShape shape(Requirement numbers) {
        if (layers.states != null) {
            numbers.atLeastOne("--states", layers.states);
            return new ImplicitStates(layers.states, activation);
        }
        List<Integer> widths = layers.hidden == null ? DEFAULT_WIDTHS : layers.hidden;
        if (widths.equals(List.of(0))) {
            return new HiddenLayers(List.of(), activation);
        }
        if (widths.stream().anyMatch(width -> width < 1)) {
            throw new ParameterException(
                    numbers.line(),
                    "The numbers for --hidden must be at least 1, or 0 alone for no hidden layer, but are "
                            + widths.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return new HiddenLayers(widths, activation);
    }
}
