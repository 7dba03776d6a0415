package org.implicitdl.zoo.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.certify.BoxBounds;
import org.implicitdl.convert.certify.CertifiedRadius;
import org.implicitdl.convert.certify.LipschitzBounds;
import org.implicitdl.convert.certify.ProjectedGradientAttack;
import org.implicitdl.convert.certify.Radii;
import org.implicitdl.convert.certify.RobustnessCurve;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Proves what a network puts out for inputs within σ of samples: bounds on its outputs, Lipschitz constants, and how many
 * samples keep their class.
 *
 * @param network the network, which must hold for the inputs of the range
 * @param range where inputs lie at all
 * @param sigma σ > 0, the largest change of each input
 * @param seed of the attack
 */
public record Certification(ImplicitNetwork network, InputRange range, double sigma, long seed) {
    private static final int BATCH = 20;
    private static final int POINTS = 6;
    private static final int ATTACK_STEPS = 10;

    /** How many steps of progress {@link #outputs} takes. */
    public static int outputSteps(int samples) {
        return batches(samples) + 1;
    }

    /** How many steps of progress {@link #classes} takes. */
    public static int classSteps(int samples) {
        return batches(samples) * (1 + POINTS);
    }

    private static int batches(int samples) {
        return (samples + BATCH - 1) / BATCH;
    }

    /**
     * Bounds on the outputs, and the Lipschitz constants.
     *
     * @param u Û [p, m] in the range
     * @throws org.implicitdl.convert.certify.UnboundedException if nothing can be proven of the model, with the reason
     */
    public Proofs outputs(INDArray u, Progress progress) {
        progress.doing("bounds");
        BoxBounds bounds = BoxBounds.of(network.model());
        List<OutputBounds> parts = new ArrayList<>();
        List<LipschitzBounds> local = new ArrayList<>();
        for (INDArray batch : batches(u)) {
            InputBox box = range.around(batch, sigma);
            parts.add(OutputBounds.of(bounds, network.model().output(batch), box));
            LipschitzConstants.ifBounded(() -> Arrays.stream(LipschitzBounds.within(bounds, box))
                            .reduce(LipschitzConstants::larger)
                            .orElseThrow())
                    .ifPresent(local::add);
            progress.step();
        }
        progress.doing("Lipschitz constants");
        List<LipschitzBounds> all = local.size() == parts.size() ? local : List.of();
        LipschitzConstants constants = LipschitzConstants.of(bounds, range, (int) u.size(0), all);
        progress.step();
        return new Proofs(OutputBounds.join(parts), constants);
    }

    /**
     * How many samples are proven to keep their class, the right one or else the one that is predicted, and how many do
     * under an attack.
     *
     * @param u Û [p, m] in the range
     * @throws IllegalArgumentException if a label is none of the outputs, or there is only one output
     * @throws org.implicitdl.convert.certify.UnboundedException if nothing can be proven of the model, with the reason
     */
    public Robustness classes(INDArray u, Optional<int[]> labels, Progress progress) {
        // Without the softmax, which does not change which output is the largest.
        ImplicitModel model = network.preOutput();
        int[] classes = labels.orElseGet(
                () -> Nd4j.argMax(model.output(u.castTo(DataType.DOUBLE)), 0).toIntVector());
        progress.doing("radii");
        Radii radii = CertifiedRadius.withDefaults()
                .withLargest(sigma)
                .withBatchSize(BATCH)
                .withDomain(range.low(), range.high())
                .of(model, u, (done, all) -> progress.step());
        progress.doing("attack");
        List<RobustnessCurve.Point> points = new ArrayList<>();
        for (int k = 0; k < POINTS; k++) {
            double radius = sigma * k / (POINTS - 1);
            int broken = broken(model, u, radius, classes, progress);
            points.add(new RobustnessCurve.Point(
                    radius,
                    radii.certifiedAccuracy(radius, classes),
                    (classes.length - broken) / (double) classes.length));
        }
        return new Robustness(labels, radii, new RobustnessCurve(radii.cleanAccuracy(classes), points));
    }

    private int broken(ImplicitModel model, INDArray u, double radius, int[] classes, Progress progress) {
        ProjectedGradientAttack attack = ProjectedGradientAttack.withDefaults()
                .withSteps(ATTACK_STEPS)
                .withStarts(1)
                .withSeed(seed);
        int broken = 0;
        int from = 0;
        for (INDArray batch : batches(u)) {
            int to = from + (int) batch.size(1);
            broken += attack.attack(model, range.around(batch, radius), Arrays.copyOfRange(classes, from, to))
                    .successes();
            from = to;
            progress.step();
        }
        return broken;
    }

    private static List<INDArray> batches(INDArray u) {
        int samples = (int) u.size(1);
        return IntStream.iterate(0, from -> from < samples, from -> from + BATCH)
                .mapToObj(from -> u.get(
                                NDArrayIndex.all(), NDArrayIndex.interval(from, Math.min(samples, from + BATCH)))
                        .castTo(DataType.DOUBLE)
                        .dup('f'))
                .toList();
    }
}
