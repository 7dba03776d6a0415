package org.implicitdl.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.NarrowingActivation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The outputs of a rule whose blocks depend on each other without cycles, such as a feedforward network (§2.2): each
 * block is computed once, in memory that is planned beforehand, and given up after its last use. The state is never put
 * together.
 */
final class ForwardPass {
    private static final WorkspaceConfiguration REUSED = WorkspaceConfiguration.builder()
            .initialSize(0)
            .overallocationLimit(0.02)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .build();

    private final BlockOperator a;
    private final BlockOperator b;
    private final BlockOperator c;
    private final LinearOperator d;
    private final List<Offset> bias;
    private final Offset shift;
    private final List<Activation> phi;
    private final int[] order;
    /** Where the argument z and the state x of each block begin; the same if φ acts in place. −1 for a z not stored. */
    private final long[] arguments;

    private final long[] states;
    private final long memory;

    private ForwardPass(ImplicitModel model, List<Activation> phi, int[] order) {
        Partition blocks = model.blocks();
        this.a = OperatorBlocks.divide(model.a(), blocks, blocks);
        this.b = OperatorBlocks.divide(model.b(), blocks, OperatorBlocks.colsOf(model.b()));
        this.c = OperatorBlocks.divide(model.c(), OperatorBlocks.rowsOf(model.c()), blocks);
        this.d = model.d();
        this.bias = model.bias().split(blocks);
        this.shift = model.shift();
        this.phi = phi;
        this.order = order;
        this.arguments = new long[order.length];
        this.states = new long[order.length];
        this.memory = plan();
    }

    /** The pass, or empty if a block depends on itself, or φ mixes blocks. */
    static Optional<ForwardPass> of(ImplicitModel model) {
        Partition blocks = model.blocks();
        return BlockOrder.of(OperatorBlocks.divide(model.a(), blocks, blocks))
                .flatMap(order ->
                        StateActivation.slices(model.phi(), blocks).map(phi -> new ForwardPass(model, phi, order)));
    }

    /** Gives every block its place for one sample, and returns how much memory all take. */
    private long plan() {
        int[] readers = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            a.row(i).keySet().forEach(j -> readers[j]++);
        }
        for (int i = 0; i < c.rowBlocks().count(); i++) {
            // What the outputs read is never given up.
            c.row(i).keySet().forEach(j -> readers[j] = Integer.MAX_VALUE);
        }
        MemoryPlan plan = new MemoryPlan();
        for (int i : order) {
            boolean stored = alias(i).isEmpty();
            arguments[i] = stored ? plan.take(size(i)) : -1;
            states[i] = isNarrowing(i) ? plan.take(kept(i)) : arguments[i];
            if (stored && isNarrowing(i)) {
                plan.release(arguments[i], size(i));
            }
            for (int j : a.row(i).keySet()) {
                if (--readers[j] == 0) {
                    plan.release(states[j], kept(j));
                }
            }
            if (readers[i] == 0) {
                plan.release(states[i], kept(i));
            }
        }
        return plan.total();
    }

    private int size(int i) {
        return a.rowBlocks().size(i);
    }

    private boolean isNarrowing(int i) {
        return phi.get(i) instanceof NarrowingActivation;
    }

    private int kept(int i) {
        return phi.get(i) instanceof NarrowingActivation narrowing ? narrowing.kept() : size(i);
    }

    /** The block whose state is the argument of another as it stands, and need not be copied. */
    private Optional<Integer> alias(int i) {
        SortedMap<Integer, LinearOperator> row = a.row(i);
        boolean alone = isNarrowing(i)
                && row.size() == 1
                && b.row(i).isEmpty()
                && bias.get(i).isZero();
        return alone && row.get(row.firstKey()) instanceof IdentityOperator && !isNarrowing(row.firstKey())
                ? Optional.of(row.firstKey())
                : Optional.empty();
    }

    /** The outputs [q, m] for inputs [p, m], as a new array outside all workspaces. */
    INDArray output(INDArray u) {
        INDArray y;
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            y = Nd4j.createUninitialized(u.dataType(), new long[] {c.rows(), u.size(1)}, 'f');
        }
        // Fresh memory costs more than the activations: the blocks go to memory that each thread uses again.
        try (MemoryWorkspace blocks = Nd4j.getWorkspaceManager().getAndActivateWorkspace(REUSED, "IMPLICIT_FORWARD")) {
            List<INDArray> inputs = b.colBlocks().split(u);
            List<INDArray> x = states(u, inputs);
            shift.fill(y);
            for (int i = 0; i < c.rowBlocks().count(); i++) {
                INDArray part = c.rowBlocks().part(y, i);
                c.row(i).forEach((j, block) -> addTimes(block, j, x.get(j), part));
            }
            if (!d.isZero()) {
                d.addTimes(u, y);
            }
        }
        return y;
    }

    /** The states by block, each valid until its memory is given up; of a narrowing φ the kept components. */
    private List<INDArray> states(INDArray u, List<INDArray> inputs) {
        long samples = u.size(1);
        INDArray all = Nd4j.createUninitialized(u.dataType(), memory * samples);
        List<INDArray> x = Arrays.asList(new INDArray[order.length]);
        for (int i : order) {
            INDArray z = alias(i).map(x::get).orElseGet(() -> view(all, arguments[i], size(i), samples));
            if (arguments[i] >= 0) {
                bias.get(i).fill(z);
                a.row(i).forEach((j, block) -> addTimes(block, j, x.get(j), z));
                b.row(i).forEach((k, block) -> block.addTimes(inputs.get(k), z));
            }
            if (phi.get(i) instanceof NarrowingActivation narrowing) {
                x.set(i, view(all, states[i], narrowing.kept(), samples));
                narrowing.narrow(z, x.get(i));
            } else {
                phi.get(i).applyInPlace(z);
                x.set(i, z);
            }
        }
        return x;
    }

    private static INDArray view(INDArray all, long start, int size, long samples) {
        return Nd4j.create(all.data(), new long[] {size, samples}, new long[] {1, size}, start * samples, 'f');
    }

    /** Adds a block's product with state j, of which only what φ keeps is at hand. */
    private void addTimes(LinearOperator block, int j, INDArray state, INDArray z) {
        if (block.cols() == state.size(0)) {
            block.addTimes(state, z);
        } else if (block instanceof PaddedOperator padded
                && padded.left() + padded.core().cols() <= state.size(0)) {
            padded.addTimesOfFirst(state, z);
        } else {
            INDArray whole = Nd4j.create(state.dataType(), new long[] {size(j), state.size(1)}, 'f');
            Partition.of(kept(j), size(j) - kept(j)).part(whole, 0).assign(state);
            block.addTimes(whole, z);
        }
    }
}
