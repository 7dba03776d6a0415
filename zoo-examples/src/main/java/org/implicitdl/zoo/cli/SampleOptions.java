package org.implicitdl.zoo.cli;

import java.util.Optional;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.zoo.convert.InputRange;
import org.implicitdl.zoo.convert.LabelledInputs;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which samples of its data a command takes, and where their inputs can lie at all. */
final class SampleOptions {
    private static final String LAST = "last";

    @Option(
            names = {"--samples", "--images"},
            paramLabel = "N",
            defaultValue = "100",
            description = "How many samples, the first of the table or of the test images (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--labels",
            paramLabel = "COLUMN",
            description =
                    "The column of the table with the classes, from 1, or last (default: the last one if there is one"
                            + " more than inputs).")
    private String labels;

    @Option(
            names = "--low",
            paramLabel = "LOW",
            description = "No input can be less (default: 0 for pixels; for a table, what the network holds for).")
    private Double low;

    @Option(
            names = "--high",
            paramLabel = "HIGH",
            description = "No input can be larger (default: 1 for pixels; for a table, what the network holds for).")
    private Double high;

    /** Looks at what can be told without data. */
    void check(CommandLine line) {
        Requirement numbers = new Requirement(line);
        numbers.atLeastOne("--samples", count);
        numbers.interval(low == null ? Double.NEGATIVE_INFINITY : low, high == null ? Double.POSITIVE_INFINITY : high);
        if (labels != null && !labels.equalsIgnoreCase(LAST) && !labels.matches("[1-9]\\d{0,8}")) {
            throw new ParameterException(
                    line, "--labels must be the number of a column, from 1, or last, but is '" + labels + "'");
        }
    }

    /** Refuses a column of classes where there is no table. */
    void requireNoLabels(CommandLine line) {
        if (labels != null) {
            throw new ParameterException(
                    line, "--labels is for a table, --data FILE.csv; the classes of images are known");
        }
    }

    int count() {
        return count;
    }

    /** The samples of a table. */
    LabelledInputs of(INDArray table, ImplicitNetwork network) {
        if (labels == null) {
            return LabelledInputs.of(table, count, network);
        }
        boolean last = labels.equalsIgnoreCase(LAST);
        return LabelledInputs.of(table, count, (last ? table.columns() : Integer.parseInt(labels)) - 1);
    }

    /** The range of the inputs, where it is told; otherwise what is usual. */
    InputRange range(InputRange usual) {
        return new InputRange(
                Optional.ofNullable(low).orElse(usual.low()),
                Optional.ofNullable(high).orElse(usual.high()));
    }
}
