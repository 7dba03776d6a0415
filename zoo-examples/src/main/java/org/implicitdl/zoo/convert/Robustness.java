package org.implicitdl.zoo.convert;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.convert.certify.Radii;
import org.implicitdl.convert.certify.RobustnessCurve;
import org.implicitdl.zoo.report.CsvFile;

/**
 * How far inputs may change before a network is no longer proven to put out the same class.
 *
 * @param labels the right classes; without them the question is whether the predicted class stays
 * @param radii the radius of each sample
 * @param curve the shares of samples by radius
 */
public record Robustness(Optional<int[]> labels, Radii radii, RobustnessCurve curve) {

    /** What is proven, as the title of a column. */
    String proven() {
        return labels.isPresent() ? "proven right" : "proven to stay";
    }

    /** What an attack leaves, as the title of a column. */
    String attacked() {
        return labels.isPresent() ? "right under attack" : "stays under attack";
    }

    /** The radii sample by sample; the label is empty where it is not known, and the class −1 where there is a tie. */
    CsvFile csv() {
        int[] predicted = radii.predicted();
        double[] certified = radii.certified();
        double[] byLipschitz = radii.byLipschitz();
        return new CsvFile(
                List.of("sample", "label", "predicted", "certified_radius", "radius_by_lipschitz"),
                IntStream.range(0, predicted.length)
                        .mapToObj(s -> List.<Object>of(
                                s,
                                labels.<Object>map(known -> known[s]).orElse(""),
                                predicted[s],
                                certified[s],
                                byLipschitz[s]))
                        .toList());
    }
}
