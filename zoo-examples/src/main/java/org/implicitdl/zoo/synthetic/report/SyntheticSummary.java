package org.implicitdl.zoo.synthetic.report;

import java.util.List;
import java.util.stream.Collectors;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.synthetic.SyntheticExperiment;
import org.implicitdl.zoo.synthetic.SyntheticProblem;
import org.implicitdl.zoo.synthetic.SyntheticResults;
import org.implicitdl.zoo.synthetic.SyntheticResults.TunedMethods;

/** The experiment on one page of Markdown. */
final class SyntheticSummary {
    private static final String INTRODUCTION = """
            # The synthetic experiment of §7.1

            Random sparse tanh networks (20 inputs, hidden layers of 12 and 6, 5 outputs, no biases) label normal inputs;
            each method fits a network of the same shape to the 1000 training samples of a trial, and is judged on these
            and on 500 test samples by RMSE = ‖Ŷ − Y‖_F/√m. Two numbers stand beside every method: what predicting zero
            gives, and what a plain linear regression gives.

            """;

    private static final String READING = """
            ## How to read it

            - *seconds* is the median time of a whole fit, *to RMSProp's* the median time until the training error was
              at the final one of RMSProp's 150 iterations on the same trial. Measuring the errors is not counted.
              *below linear* counts the trials with a training error below that of linear least squares.
            - Rows marked with * were run on the first trials only, and with both covariances on the shared one only.
              Hyperparameters were chosen on %d trials of their own.
            - With the covariance as the paper has it the training inputs leave out one direction of the input space,
              and the test inputs do not: the test error of an accurate fit is an accident of the start. The shared
              covariance is the one that tells methods apart on the test set.
            - The paper does not give the sign of its gap; here it is RMSProp minus the other method, so that a positive
              gap is in favour of the other.
            - Lines of the figure are means over the trials, bands reach from the 10 %% to the 90 %% quantile, and values
              below %.0e are drawn at that height.

            """;

    private SyntheticSummary() {}

    static String markdown(SyntheticResults results, List<String> circumstances) {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        SyntheticExperiment settings = results.settings();
        text.append("- ")
                .append(Count.of(settings.trials(), "trial"))
                .append(", seed ")
                .append(settings.problem().seed())
                .append(", ")
                .append(SyntheticProblem.TRAIN_SAMPLES)
                .append(" training and ")
                .append(SyntheticProblem.TEST_SAMPLES)
                .append(" test samples\n");
        circumstances.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n![Errors of the methods](figure1.png)\n\n");
        results.methods().forEach(tuned -> text.append(section(results, tuned)));
        text.append(String.format(
                java.util.Locale.ROOT, READING, SyntheticExperiment.TUNING_TRIALS, SyntheticFigure.FLOOR));
        text.append("## Files\n\n").append(files());
        return text.toString();
    }

    private static String section(SyntheticResults results, TunedMethods tuned) {
        return "## Covariance: " + tuned.covariance().description() + "\n\n"
                + SyntheticTables.errors(results, tuned).toMarkdown() + "\n"
                + SyntheticTables.gaps(results, tuned).toMarkdown() + "\n"
                + tuned.methods().stream()
                        .map(method -> "- " + method.name() + ": " + method.settings() + "\n")
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String files() {
        return "- `synthetic.csv`: every recorded iteration of every method on every trial\n"
                + "- `figure1.png`: the figure above\n";
    }
}
