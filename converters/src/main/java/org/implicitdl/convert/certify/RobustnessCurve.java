package org.implicitdl.convert.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The accuracy on a data set against the size σ of perturbations ‖u − û‖∞ ≤ σ: what is certified bounds the worst case
 * from below, what survives an attack bounds it from above. Ties count as wrong in all of them, as in {@link Radii}.
 *
 * @param clean the share of samples that are classified right without perturbation
 * @param points a point for each σ
 */
public record RobustnessCurve(double clean, List<Point> points) {

    /**
     * One σ.
     *
     * @param sigma σ
     * @param certified the share of samples that are proven to be classified right
     * @param attacked the share of samples that are still classified right under attack
     */
    public record Point(double sigma, double certified, double attacked) {}

    /** Copies the list. */
    public RobustnessCurve {
        points = List.copyOf(points);
    }

    /**
     * The curve of a model on a data set.
     *
     * @param u Û [p, m], not changed
     * @param labels the right class of each sample, from 0
     * @param sigmas the sizes σ
     * @throws ShapeException if the inputs do not have p rows, or there is not one label for each sample
     * @throws IllegalArgumentException if a label is none of the outputs, or as {@link CertifiedRadius#of}
     * @throws UnboundedException if nothing can be proven of the model, with the reason
     */
    public static RobustnessCurve of(
            ImplicitModel model,
            INDArray u,
            int[] labels,
            double[] sigmas,
            CertifiedRadius certifier,
            ProjectedGradientAttack attack,
            ProgressListener listener) {
        Classes.require(labels, model.outputs(), u.rank() == 2 ? u.size(1) : 0);
        Radii radii = certifier.of(model, u, listener);
        BoxBounds bounds = BoxBounds.of(model);
        List<Point> points = new ArrayList<>();
        for (double sigma : sigmas) {
            int broken = 0;
            for (int from = 0; from < labels.length; from += certifier.batchSize()) {
                int to = Math.min(labels.length, from + certifier.batchSize());
                INDArray batch = u.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to))
                        .castTo(DataType.DOUBLE);
                int[] classes = Arrays.copyOfRange(labels, from, to);
                broken += attack.attack(bounds, certifier.box(batch, sigma), classes)
                        .successes();
            }
            points.add(new Point(
                    sigma, radii.certifiedAccuracy(sigma, labels), (labels.length - broken) / (double) labels.length));
        }
        return new RobustnessCurve(radii.cleanAccuracy(labels), points);
    }
}
