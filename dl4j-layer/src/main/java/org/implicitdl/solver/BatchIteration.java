package org.implicitdl.solver;

import java.lang.ref.Reference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The loop that iterative methods share: it evaluates φ(Ax + v) once an iteration, which gives the true residual as well,
 * takes the samples out of the batch that are done, and keeps the best iterate of each.
 *
 * <p>It works in memory of its own, which is taken before the first iteration and given back after the last. The result is
 * a new array outside of the caller's workspaces.
 */
final class BatchIteration {

    /** A method. It works on the columns of the batch, and takes memory when it is made only. */
    interface Step {
        /** Sets the states of the batch from what is iterated; nothing for methods that iterate the state. */
        default void state() {}

        /** Sets the next states, or what is iterated; called after every evaluation for the samples that are left. */
        void next();

        /** The sample of column {@code from} is the one of column {@code to} from now on. */
        default void move(int from, int to) {}
    }

    /** How a method begins, given the batch with its first states. */
    interface Method {
        Step start(Batch batch, NativeMemory memory);
    }

    private final Batch batch;
    private final StoppingRule rule;
    private final double tolerance;
    private final SampleLog log;
    private final Panel result;

    private BatchIteration(Batch batch, StoppingRule rule, DataType type, SampleLog log, INDArray result) {
        this.batch = batch;
        this.rule = rule;
        this.tolerance = rule.tolerance(type);
        this.log = log;
        this.result = Panel.viewOf(result, result.dataType());
    }

    /** @param panels how many states of each sample the method keeps beside those of the batch */
    static Solution run(
            String name, FixedPointProblem problem, INDArray start, StoppingRule rule, int panels, Method method) {
        problem.requireState("start", start);
        if (Nd4j.getMemoryManager().getCurrentWorkspace() == null) {
            return outsideWorkspaces(name, problem, start, rule, panels, method);
        }
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            return outsideWorkspaces(name, problem, start, rule, panels, method);
        }
    }

    private static Solution outsideWorkspaces(
            String name, FixedPointProblem problem, INDArray start, StoppingRule rule, int panels, Method method) {
        DataType type = problem.input().dataType();
        SampleLog log = new SampleLog(problem.samples(), rule);
        long size = (long) problem.states() * problem.samples();
        try (NativeMemory memory = new NativeMemory(type, size * (Batch.PANELS + panels))) {
            INDArray result = Nd4j.create(memory.type(), new long[] {problem.states(), problem.samples()}, 'f');
            Batch batch = new Batch(problem, start, memory);
            new BatchIteration(batch, rule, type, log, result).iterate(method.start(batch, memory));
            return new Solution(result.castTo(type), log.report(name));
        } finally {
            // The panels know addresses only; the arrays behind them must not be collected before.
            Reference.reachabilityFence(problem);
            Reference.reachabilityFence(start);
        }
    }

    private void iterate(Step step) {
        for (int k = 1; batch.count() > 0; k++) {
            step.state();
            batch.evaluate();
            // Backwards, so that the column that fills a gap has been looked at.
            for (int j = batch.count() - 1; j >= 0; j--) {
                int sample = batch.sample(j);
                if (log.record(sample, k, batch.distance(j), batch.norm(j))) {
                    batch.x().copy(j, result, sample, 1);
                }
                if (log.isDone(sample, k, batch.distance(j), tolerance)) {
                    int last = batch.remove(j);
                    if (last != j) {
                        step.move(last, j);
                    }
                }
            }
            if (batch.count() > 0) {
                step.next();
            }
        }
    }
}
