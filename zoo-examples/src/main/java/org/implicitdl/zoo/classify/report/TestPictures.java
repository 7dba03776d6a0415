package org.implicitdl.zoo.classify.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.implicitdl.zoo.classify.ClassificationResults;
import org.implicitdl.zoo.classify.Predictions;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.report.ConfusionMatrix;
import org.implicitdl.zoo.report.ImageGrid;
import org.implicitdl.zoo.report.Percent;

/** What the test images show: how classes are confused, and which images are not recognized. */
final class TestPictures {
    private static final int PER_LINE = 8;
    private static final int SHOWN = 40;

    private TestPictures() {}

    static ConfusionMatrix confusion(ClassificationResults results) {
        Predictions test = results.test();
        return new ConfusionMatrix(
                "Confusion matrix: " + results.images().name(),
                String.format(
                        Locale.ROOT,
                        "%s of %,d test images right, %,d wrong.",
                        Percent.of(test.accuracy()),
                        test.images().size(),
                        test.mistakes().size()),
                IntStream.range(0, test.images().classes())
                        .mapToObj(String::valueOf)
                        .toList(),
                test.confusion());
    }

    static ImageGrid mistakes(ClassificationResults results) {
        Predictions test = results.test();
        List<Integer> mistakes = test.mistakes();
        int shown = Math.min(SHOWN, mistakes.size());
        return new ImageGrid(
                "Mistakes on the test images: " + results.images().name(),
                (shown < mistakes.size() ? "The " + shown + " surest of " + mistakes.size() : "All " + shown)
                        + ", under each the true class, the predicted one, and its probability.",
                PER_LINE,
                mistakes.stream().limit(SHOWN).map(i -> tile(test, i)).toList());
    }

    private static ImageGrid.Tile tile(Predictions test, int image) {
        ImageSet images = test.images();
        float[] brightness = new float[images.pixels()];
        for (int i = 0; i < brightness.length; i++) {
            brightness[i] = images.brightness(image, i);
        }
        String label = String.format(
                Locale.ROOT,
                "%d → %d (%.2f)",
                images.label(image),
                test.predicted().get(image),
                test.probability().get(image));
        return new ImageGrid.Tile(label, images.columns(), brightness);
    }
}
