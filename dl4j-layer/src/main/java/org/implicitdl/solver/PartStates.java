package org.implicitdl.solver;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The states that are known so far in a back-substitution by parts. Made for one solution, and owned by it. */
sealed interface PartStates permits BlockPartStates, DensePartStates {

    static PartStates of(FixedPointProblem problem, Partition partition) {
        return problem.a() instanceof BlockOperator a
                        && a.rowBlocks().equals(partition)
                        && a.colBlocks().equals(partition)
                ? new BlockPartStates(a, problem.input())
                : new DensePartStates(problem, partition);
    }

    /** The diagonal block of A for a part. */
    LinearOperator diagonal(int[] blocks);

    /** V and the products with all states that are known, for the rows of a part; not to be changed. */
    INDArray known(int[] blocks);

    /** The rows of a part, of an array [n, m]. */
    INDArray rows(int[] blocks, INDArray x);

    /** Keeps the state of a part. */
    void put(int[] blocks, INDArray state);

    /** All states, as a new array. */
    INDArray join();

    /** Whether the parts' residuals are all there is: no entry of A can have been passed over. */
    boolean coversMatrix();

    /** The indices of the states in some blocks. */
    static int[] indices(Partition partition, int[] blocks) {
        return Arrays.stream(blocks)
                .flatMap(block -> IntStream.range(partition.start(block), partition.end(block)))
                .toArray();
    }
}
