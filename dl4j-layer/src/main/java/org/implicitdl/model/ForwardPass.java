package org.implicitdl.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorBlocks;
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
 * block is computed once, and the state is never put together, so that nothing is copied.
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
    }

    /** The pass, or empty if a block depends on itself, or φ mixes blocks. */
    static Optional<ForwardPass> of(ImplicitModel model) {
        Partition blocks = model.blocks();
        Optional<int[]> order = order(OperatorBlocks.divide(model.a(), blocks, blocks));
        return order.flatMap(
                o -> StateActivation.slices(model.phi(), blocks).map(phi -> new ForwardPass(model, phi, o)));
    }

    /** The blocks in an order in which each comes after all that it depends on. */
    private static Optional<int[]> order(BlockOperator a) {
        int count = a.rowBlocks().count();
        int[] order = new int[count];
        boolean[] placed = new boolean[count];
        for (int k = 0; k < count; k++) {
            int next = -1;
            // From the last block, because that is the order of §2.2.
            for (int i = count - 1; i >= 0 && next < 0; i--) {
                int row = i;
                boolean ready = IntStream.range(0, count)
                        .allMatch(j -> placed[j] || a.block(row, j).isZero());
                next = ready && !placed[i] ? i : -1;
            }
            if (next < 0) {
                return Optional.empty();
            }
            order[k] = next;
            placed[next] = true;
        }
        return Optional.of(order);
    }

    /** The outputs [q, m] for inputs [p, m], as a new array outside all workspaces. */
    INDArray output(INDArray u) {
        // Fresh memory costs more than the activations: the blocks go to memory that each thread uses again.
        try (MemoryWorkspace blocks = Nd4j.getWorkspaceManager().getAndActivateWorkspace(REUSED, "IMPLICIT_FORWARD")) {
            return readOut(states(u), u).detach();
        }
    }

    private List<INDArray> states(INDArray u) {
        List<INDArray> inputs = b.colBlocks().split(u);
        List<INDArray> states = Arrays.asList(new INDArray[order.length]);
        for (int i : order) {
            Optional<INDArray> fromStates = a.rowTimes(i, states);
            Optional<INDArray> fromInput = b.rowTimes(i, inputs);
            INDArray z = Stream.of(fromStates, fromInput)
                    .flatMap(Optional::stream)
                    .reduce(INDArray::addi)
                    .orElseGet(() -> zeros(u, b.rowBlocks().size(i)));
            states.set(i, phi.get(i).apply(bias.get(i).addTo(z)));
        }
        return states;
    }

    private INDArray readOut(List<INDArray> states, INDArray u) {
        INDArray[] rows = IntStream.range(0, c.rowBlocks().count())
                .mapToObj(i -> readOut(i, states)
                        .orElseGet(() -> zeros(u, c.rowBlocks().size(i))))
                .toArray(INDArray[]::new);
        INDArray y = rows.length == 1 ? rows[0] : Nd4j.concat(0, rows);
        return shift.addTo(d.isZero() ? y : y.addi(d.times(u)));
    }

    /** A row of C times the states; a single row that is one state itself needs no copy of it. */
    private Optional<INDArray> readOut(int row, List<INDArray> states) {
        int[] used = IntStream.range(0, order.length)
                .filter(j -> !c.block(row, j).isZero())
                .toArray();
        boolean isState =
                c.rowBlocks().count() == 1 && used.length == 1 && c.block(row, used[0]) instanceof IdentityOperator;
        return isState ? Optional.of(states.get(used[0])) : c.rowTimes(row, states);
    }

    private static INDArray zeros(INDArray u, int rows) {
        return Nd4j.create(u.dataType(), new long[] {rows, u.size(1)}, 'f');
    }
}
