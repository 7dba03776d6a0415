package org.implicitdl.solver;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.SampledActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loop that iterative methods share: it evaluates φ(Ax + v) once an iteration, which gives the true residual as well,
 * takes the samples out of the batch that are done, and keeps the best iterate of each.
 */
final class BatchIteration {

    /** A method, as a map of what it iterates. Arrays are given to be read; those returned are new, or the same. */
    interface Step {
        /** The state x that belongs to what is iterated: the same for methods that iterate the state. */
        default INDArray state(INDArray iterate) {
            return iterate;
        }

        /**
         * The next iterate.
         *
         * @param iterate the iterate w
         * @param x its state
         * @param v the known part of the same samples
         * @param image φ(Ax + v)
         */
        INDArray next(INDArray iterate, INDArray x, INDArray v, INDArray image);
    }

    private final FixedPointProblem problem;
    private final StoppingRule rule;
    private final double tolerance;
    private final SampleLog log;
    private final INDArray result;

    /** The columns that are still iterated, by their numbers in the whole batch; the arrays hold these only. */
    private int[] active;

    private INDArray v;
    private INDArray iterate;
    private INDArray best;

    private BatchIteration(FixedPointProblem problem, INDArray start, StoppingRule rule) {
        this.problem = problem;
        this.rule = rule;
        this.tolerance = rule.tolerance(problem.input().dataType());
        this.log = new SampleLog(problem.samples());
        this.result = Nd4j.create(problem.input().dataType(), new long[] {problem.states(), problem.samples()}, 'f');
        double[] inputs = Columns.norms(problem.input());
        double[] starts = Columns.norms(start);
        this.active = IntStream.range(0, problem.samples())
                .filter(j -> Double.isFinite(inputs[j]) && Double.isFinite(starts[j]))
                .toArray();
        if (active.length > 0) {
            this.v = Columns.gather(problem.input(), active);
            this.iterate = Columns.gather(start, active).castTo(problem.input().dataType());
            this.best = iterate;
        }
    }

    static Solution run(String method, FixedPointProblem problem, INDArray start, StoppingRule rule, Step step) {
        problem.requireState("start", start);
        BatchIteration iteration = new BatchIteration(problem, start, rule);
        iteration.iterate(step);
        return new Solution(iteration.result, iteration.log.report(method));
    }

    private void iterate(Step step) {
        Activation phi = problem.phi();
        for (int k = 1; active.length > 0; k++) {
            INDArray x = step.state(iterate);
            INDArray image = phi.apply(problem.a().times(x).addi(v));
            double[] distances = Columns.norms(image.sub(x));
            double[] norms = Columns.norms(x);
            boolean[] improved = new boolean[active.length];
            boolean[] done = new boolean[active.length];
            for (int i = 0; i < active.length; i++) {
                improved[i] = log.record(active[i], k, distances[i], norms[i]);
                done[i] = log.isDone(active[i], k, distances[i], tolerance, rule);
            }
            keepBest(x, improved);
            if (release(done)) {
                if (active.length == 0) {
                    return;
                }
                int[] kept =
                        IntStream.range(0, done.length).filter(i -> !done[i]).toArray();
                iterate = Columns.gather(iterate, kept);
                x = Columns.gather(x, kept);
                image = Columns.gather(image, kept);
                v = Columns.gather(v, kept);
                best = Columns.gather(best, kept);
                phi = SampledActivation.columns(phi, kept);
            }
            iterate = step.next(iterate, x, v, image);
        }
    }

    private void keepBest(INDArray x, boolean[] improved) {
        int[] better =
                IntStream.range(0, improved.length).filter(i -> improved[i]).toArray();
        if (better.length == improved.length) {
            // No iterate is ever changed in place, so that no copy is needed.
            best = x;
        } else if (better.length > 0) {
            best = best.dup('f');
            Columns.scatter(x, better, best, better);
        }
    }

    /** Writes the best iterates of the samples that are done to the result; whether there are any. */
    private boolean release(boolean[] done) {
        int[] places = IntStream.range(0, done.length).filter(i -> done[i]).toArray();
        if (places.length == 0) {
            return false;
        }
        Columns.scatter(
                best, places, result, Arrays.stream(places).map(i -> active[i]).toArray());
        active = IntStream.range(0, done.length)
                .filter(i -> !done[i])
                .map(i -> active[i])
                .toArray();
        return true;
    }
}
