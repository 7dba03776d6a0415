package org.implicitdl.solver;

import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** States of a matrix whose parts are scattered: they are gathered, row by row, from a dense copy. */
final class DensePartStates implements PartStates {
    private final INDArray a;
    private final INDArray input;
    private final Partition partition;

    /** The states, zero where they are not known yet, so that they add nothing to products. */
    private final INDArray states;

    DensePartStates(FixedPointProblem problem, Partition partition) {
        this.a = problem.a().toDense(problem.input().dataType());
        this.input = problem.input();
        this.partition = partition;
        this.states = Nd4j.create(input.dataType(), input.shape(), 'f');
    }

    @Override
    public LinearOperator diagonal(int[] blocks) {
        int[] indices = PartStates.indices(partition, blocks);
        return DenseOperator.copyOf(Columns.gather(Columns.gatherRows(a, indices), indices));
    }

    @Override
    public INDArray known(int[] blocks) {
        int[] indices = PartStates.indices(partition, blocks);
        return Columns.gatherRows(a, indices).mmul(states).addi(Columns.gatherRows(input, indices));
    }

    @Override
    public INDArray rows(int[] blocks, INDArray x) {
        return Columns.gatherRows(x, PartStates.indices(partition, blocks));
    }

    @Override
    public void put(int[] blocks, INDArray state) {
        Columns.scatterRows(state, states, PartStates.indices(partition, blocks));
    }

    @Override
    public INDArray join() {
        return states;
    }

    @Override
    public boolean coversMatrix() {
        return false;
    }
}
