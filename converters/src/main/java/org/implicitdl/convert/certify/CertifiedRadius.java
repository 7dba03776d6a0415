package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.Optional;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The largest σ for which {@link BoxBounds#margins} prove that the predicted class does not change on ‖u − û‖∞ ≤ σ: doubled
 * from the radius by derivatives as long as the proof succeeds, then bisected, for all samples of a batch at once.
 *
 * <p>An immutable configuration. A step takes a pass forward and q passes back; the classes are those of the model's
 * outputs, so that a softmax at its end is better left out.
 */
public final class CertifiedRadius {
    private static final CertifiedRadius DEFAULTS = new CertifiedRadius(1, 16, 256, Optional.empty());

    private final double largest;
    private final int steps;
    private final int batchSize;
    private final Optional<double[]> domain;

    private CertifiedRadius(double largest, int steps, int batchSize, Optional<double[]> domain) {
        this.largest = largest;
        this.steps = steps;
        this.batchSize = batchSize;
        this.domain = domain;
    }

    /** Radii up to 1, 16 steps, 256 samples at once, inputs anywhere. */
    public static CertifiedRadius withDefaults() {
        return DEFAULTS;
    }

    /**
     * The same search up to another radius.
     *
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public CertifiedRadius withLargest(double largest) {
        if (!(largest > 0) || Double.isInfinite(largest)) {
            throw new IllegalArgumentException(
                    "The largest radius must be positive and finite, but is " + largest + ".");
        }
        return new CertifiedRadius(largest, steps, batchSize, domain);
    }

    /**
     * The same search with another number of steps, each of which halves the uncertainty.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public CertifiedRadius withSteps(int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("The number of steps must not be negative, but is " + steps + ".");
        }
        return new CertifiedRadius(largest, steps, batchSize, domain);
    }

    /**
     * The same search with another number of samples at once, on which the memory depends.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public CertifiedRadius withBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("A batch must hold at least 1 sample, but is " + batchSize + ".");
        }
        return new CertifiedRadius(largest, steps, batchSize, domain);
    }

    /**
     * The same search over inputs of a domain only, such as gray values from 0 to 1.
     *
     * @throws IllegalArgumentException unless low < high
     */
    public CertifiedRadius withDomain(double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "A domain has its low end before its high one, but [" + low + ", " + high + "] was given.");
        }
        return new CertifiedRadius(largest, steps, batchSize, Optional.of(new double[] {low, high}));
    }

    /** {@link #of(ImplicitModel, INDArray, ProgressListener)} in silence. */
    public Radii of(ImplicitModel model, INDArray u) {
        return of(model, u, (done, all) -> {});
    }

    /**
     * The radii of samples.
     *
     * @param u Û [p, m], not changed
     * @throws ShapeException if the inputs do not have p rows
     * @throws IllegalArgumentException if the model has only one output, or an input lies outside the domain
     * @throws UnboundedException if nothing can be proven of the model, with the reason
     */
    public Radii of(ImplicitModel model, INDArray u, ProgressListener listener) {
        Classes.requireSeveral(model.outputs());
        BoxBounds bounds = BoxBounds.of(model);
        int samples = InputBox.around(u, 0).samples();
        int[] predicted = new int[samples];
        double[] certified = new double[samples];
        double[] byLipschitz = new double[samples];
        for (int from = 0; from < samples; from += batchSize) {
            int to = Math.min(samples, from + batchSize);
            INDArray batch = u.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to))
                    .castTo(DataType.DOUBLE)
                    .dup('f');
            INDArray outputs = model.output(batch);
            int[] classes = Classes.of(outputs);
            double[] quick = quick(bounds, batch, classes);
            double[] found = search(bounds, batch, classes, quick);
            System.arraycopy(Classes.withoutTies(outputs, classes), 0, predicted, from, to - from);
            System.arraycopy(quick, 0, byLipschitz, from, to - from);
            System.arraycopy(found, 0, certified, from, to - from);
            listener.onProgress(to, samples);
        }
        return new Radii(predicted, certified, byLipschitz);
    }

    /** min over j of (ŷ_y − ŷ_j)/‖g_j‖₁, where g_j bounds the derivatives of the margin over class j everywhere. */
    private double[] quick(BoxBounds bounds, INDArray u, int[] classes) {
        double[] radii = new double[classes.length];
        Gains gains = Gains.global(bounds.structure());
        if (!gains.areFinite()) {
            return radii;
        }
        Arrays.fill(radii, largest);
        INDArray margins = bounds.margins(InputBox.around(u, 0), classes);
        int q = bounds.structure().model().outputs();
        for (int j = 0; j < q; j++) {
            INDArray sums =
                    gains.transposeTimes(Classes.differences(classes, j, q)).sum(true, 0);
            for (int s = 0; s < radii.length; s++) {
                if (classes[s] != j) {
                    double margin = margins.getDouble(j, s);
                    // Of outputs that are the same everywhere, the derivatives are 0 as well.
                    double radius = margin > 0 ? margin / sums.getDouble(0, s) : 0;
                    radii[s] = Math.max(0, Math.min(radii[s], radius * (1 - Outward.sums(u.size(0)))));
                }
            }
        }
        return radii;
    }

    private double[] search(BoxBounds bounds, INDArray u, int[] classes, double[] quick) {
        double[] proven = quick.clone();
        double[] failed = new double[proven.length];
        Arrays.fill(failed, Double.POSITIVE_INFINITY);
        for (int k = 0; k < steps; k++) {
            double[] candidates = new double[proven.length];
            Arrays.setAll(candidates, s -> candidate(proven[s], failed[s]));
            if (Arrays.equals(candidates, proven)) {
                break;
            }
            boolean[] hold = hold(bounds, u, classes, candidates);
            for (int s = 0; s < proven.length; s++) {
                if (hold[s]) {
                    proven[s] = Math.max(proven[s], candidates[s]);
                } else {
                    failed[s] = candidates[s];
                }
            }
        }
        return proven;
    }

    private double candidate(double proven, double failed) {
        if (failed < Double.POSITIVE_INFINITY) {
            return (proven + failed) / 2;
        }
        return proven == 0 ? largest / 1024 : Math.min(2 * proven, largest);
    }

    /** Whether every margin is positive on the box of radius σ, for each sample. */
    private boolean[] hold(BoxBounds bounds, INDArray u, int[] classes, double[] sigma) {
        INDArray radius = Nd4j.zeros(DataType.DOUBLE, u.shape())
                .addiRowVector(Nd4j.createFromArray(sigma).reshape(1, sigma.length));
        INDArray margins = bounds.margins(clip(InputBox.around(u, radius)), classes);
        boolean[] hold = new boolean[sigma.length];
        for (int s = 0; s < hold.length; s++) {
            hold[s] = true;
            for (int j = 0; j < margins.size(0); j++) {
                hold[s] &= j == classes[s] || margins.getDouble(j, s) > 0;
            }
        }
        return hold;
    }

    /** The box of inputs that a radius is about. */
    InputBox box(INDArray u, double sigma) {
        return clip(InputBox.around(u, sigma));
    }

    private InputBox clip(InputBox box) {
        return domain.map(ends -> box.clippedTo(ends[0], ends[1])).orElse(box);
    }

    int batchSize() {
        return batchSize;
    }

    @Override
    public String toString() {
        return "certified radii up to " + largest + ", " + steps + " steps";
    }
}
