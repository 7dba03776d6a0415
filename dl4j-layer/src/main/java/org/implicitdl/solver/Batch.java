package org.implicitdl.solver;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The samples that are still iterated, in the first columns of panels: their states x, their images φ(Ax + v), and the
 * differences of both. Samples that leave are replaced by the last, so that no more than one column moves.
 */
final class Batch {
    /** How many panels of all samples it takes. */
    static final int PANELS = 3;

    private final FixedPointProblem problem;
    private final Evaluation evaluation;
    private final Panel residual;
    private final int[] samples;
    private final double[] distances;
    private final double[] norms;
    private Panel x;
    private Panel image;
    private int count;

    /** Whether all states are zero, so that there is no product with A to take. */
    private boolean zero = true;

    /** Ax + v, if the method asks for it; null otherwise. */
    private Panel argument;

    /** The samples whose known part and start are finite. */
    Batch(FixedPointProblem problem, INDArray start, NativeMemory memory) {
        this.problem = problem;
        int n = problem.states();
        int m = problem.samples();
        this.samples = new int[m];
        this.evaluation = new Evaluation(problem, memory, samples);
        this.x = memory.panel(n, m);
        this.image = memory.panel(n, m);
        this.residual = memory.panel(n, m);
        this.distances = new double[m];
        this.norms = new double[m];
        Panel first = Panel.viewOf(start, memory.type());
        for (int j = 0; j < m; j++) {
            double norm = first.norm(j);
            if (Double.isFinite(evaluation.input().norm(j)) && Double.isFinite(norm)) {
                zero &= norm == 0;
                first.copy(j, x, count, 1);
                samples[count++] = j;
            }
        }
    }

    FixedPointProblem problem() {
        return problem;
    }

    Evaluation evaluation() {
        return evaluation;
    }

    /** The number of samples that are left: the columns of the panels beyond are unset. */
    int count() {
        return count;
    }

    /** The sample in column j. */
    int sample(int j) {
        return samples[j];
    }

    /** The states. */
    Panel x() {
        return x;
    }

    /** φ(Ax + v). */
    Panel image() {
        return image;
    }

    /** φ(Ax + v) − x. */
    Panel residual() {
        return residual;
    }

    /** Keeps Ax + v from now on. */
    void keepArguments(NativeMemory memory) {
        argument = memory.panel(x.rows(), samples.length);
    }

    /** Ax + v, for methods that asked for it. */
    Panel argument() {
        return argument;
    }

    /** ‖φ(Ax + v) − x‖₂ of column j. */
    double distance(int j) {
        return distances[j];
    }

    /** ‖x‖₂ of column j. */
    double norm(int j) {
        return norms[j];
    }

    void evaluate() {
        if (zero) {
            evaluation.input(image, count);
            zero = false;
        } else {
            evaluation.argument(x, image, count);
        }
        if (argument != null) {
            image.copy(0, argument, 0, count);
        }
        evaluation.activate(image, count);
        image.copy(0, residual, 0, count);
        residual.add(-1, x, count);
        for (int j = 0; j < count; j++) {
            distances[j] = residual.norm(j);
            norms[j] = x.norm(j);
        }
    }

    /** Takes the sample in column j out, and returns the column whose sample takes its place. */
    int remove(int j) {
        int last = --count;
        if (last != j) {
            x.copy(last, x, j, 1);
            image.copy(last, image, j, 1);
            residual.copy(last, residual, j, 1);
            if (argument != null) {
                argument.copy(last, argument, j, 1);
            }
            samples[j] = samples[last];
            distances[j] = distances[last];
            norms[j] = norms[last];
        }
        return last;
    }

    /** Lets states and images change places: the images are the next states, and the old states are lost. */
    void swap() {
        Panel states = x;
        x = image;
        image = states;
    }
}
