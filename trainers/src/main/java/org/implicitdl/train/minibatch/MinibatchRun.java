package org.implicitdl.train.minibatch;

import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One run of a {@link MinibatchDescent}; it belongs to one thread. Samples are rows here, as the batches are. */
public final class MinibatchRun {
    private final MinibatchDescent method;
    private final Blocks blocks;
    private int steps;

    MinibatchRun(MinibatchDescent method, Blocks blocks) {
        this.method = method;
        this.blocks = blocks;
    }

    /** The number of steps done. */
    public int steps() {
        return steps;
    }

    /**
     * The weights of a block, not to be changed: of layer l of a feedforward model, with the bias, if there is one, in the
     * last row, [inputs (+ 1), outputs]; of an implicit model [A B b]ᵀ for block 0 and [C D d]ᵀ for block 1.
     */
    public INDArray weights(int block) {
        return blocks.weights(block);
    }

    /**
     * One step on a batch.
     *
     * @param features [m, p], of the run's type
     * @param labels [m, q], of the run's type
     * @param progress how much of the training is done, from 0 to 1
     * @return the output Z [m, q] of the weights before the step, before the link of the loss; overwritten by the next step
     * @throws BlockStepException if the weights grow beyond all bounds; the run is then of no further use
     */
    public INDArray step(INDArray features, INDArray labels, double progress) {
        try {
            INDArray output = blocks.step(features, labels, method.stepLength(steps, progress), steps);
            NonFiniteException.check("output", output);
            steps++;
            return output;
        } catch (NonFiniteException e) {
            throw new BlockStepException("The weights grew beyond all bounds in step " + steps
                    + ", and are left as they were before it; shorten the steps, raise the damping, or scale the features to about 1. "
                    + e.getMessage());
        }
    }

    /** Writes all that further steps depend on, beside the method. */
    public void save(StateWriter writer) {
        writer.count(steps);
        blocks.save(writer);
    }

    /** Goes on from where another run stood, of the same method on a model of the same shape. */
    public void restore(StateReader reader) {
        steps = reader.count();
        blocks.restore(reader);
    }
}
