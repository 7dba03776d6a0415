package org.implicitdl.zoo.classify.report;

import java.util.List;
import java.util.Locale;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.classify.ClassifierSettings;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Percent;

/** The classification on one page of Markdown. */
final class ClassificationSummary {
    private static final String HEAD = """
            # %s with an implicit layer

            A Deeplearning4j network maps the pixels u of an image to ŷ = Cx + Du + d, where the state x solves
            x = φ(Ax + Bu + b), and the softmax of ŷ is the probability of each class.

            **%s of %,d test images right**, after %s and %.1f s of training.

            """;

    private static final String FILES = """
            ## Files

            - `learning-curve.png`, `confusion.png`, `mistakes.png`: the figures above
            - `epochs.csv`, `updates.csv`: the learning curve by epochs, and update by update
            - `model.zip`: the network, to be read with `MultiLayerNetwork.load(file, true)`; it was read again and gave the
              same outputs
            """;

    private ClassificationSummary() {}

    static String markdown(ClassificationResults results, List<String> circumstances) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                HEAD,
                capitalized(results.images().name()),
                Percent.of(results.test().accuracy()),
                results.test().images().size(),
                Count.of(results.settings().epochs(), "epoch"),
                results.epochs().get(results.epochs().size() - 1).seconds()));
        settings(results).forEach(line -> text.append("- ").append(line).append('\n'));
        circumstances.forEach(line -> text.append("- ").append(line).append('\n'));
        text.append("\n![Learning curve](learning-curve.png)\n\n## Epochs\n\n")
                .append(ClassificationTables.epochs(results).toMarkdown())
                .append("\n## Test images by class\n\n")
                .append(ClassificationTables.classes(results).toMarkdown())
                .append("\n![Confusion matrix](confusion.png)\n\n![Mistakes](mistakes.png)\n\n")
                .append(FILES);
        return text.toString();
    }

    private static List<String> settings(ClassificationResults results) {
        ClassifierSettings settings = results.settings();
        ImageSplit images = results.images();
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%,d images for training, %,d for validation, %,d for the test; seed %d",
                        images.train().size(),
                        images.validation().size(),
                        images.test().size(),
                        settings.seed()),
                "batches of " + settings.batchSize() + ", Adam with a learning rate that falls from "
                        + settings.learningRate() + " to zero",
                layer(results),
                certificate(results));
    }

    private static String layer(ClassificationResults results) {
        ImplicitLayer layer = results.layer().layerConf();
        return String.format(
                Locale.ROOT,
                "an implicit layer of %d states, activation %s, well-posed by %s%s, solver %s; %,d parameters",
                layer.getStateSize(),
                layer.getActivationFn(),
                layer.getWellPosed(),
                results.settings().kappa().isPresent() ? " with κ = " + layer.getKappa() : "",
                layer.getSolver().type(),
                results.network().numParams());
    }

    private static String certificate(ClassificationResults results) {
        return results.certificate()
                .map(certificate -> String.format(
                        Locale.ROOT,
                        "certificate after training: %s, margin %.3g; the smallest margin from the initial weights on: %.3g",
                        certificate.statement(),
                        certificate.margin(),
                        results.smallestMargin()))
                .orElse("nothing was enforced, and nothing is promised about the equation");
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
