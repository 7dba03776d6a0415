package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.implicitdl.wellposed.RowL1Ball;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The rule [A B b] of an implicit model, whose A stays in its ball. */
final class RuleBlock {
    private final WeightBlock block;
    private final RowL1Ball ball;
    private final int states;
    private final INDArray a;
    private final INDArray b;

    /** @param b B with the weights of the constant input in the last column */
    RuleBlock(MinibatchDescent method, Matrix a, Matrix b, double kappa, DataType type) {
        this.block = new WeightBlock(method, Matrix.beside(a, b), type);
        this.ball = new RowL1Ball(kappa);
        this.states = a.rows();
        this.a = block.rows(0, states);
        this.b = block.rows(states, block.theta().rows());
        ball.enforce(this.a.transpose());
    }

    INDArray theta() {
        return block.theta();
    }

    /** Aᵀ [n, n], a view. */
    INDArray a() {
        return a;
    }

    /** [X U 1] of a batch, without X yet. */
    INDArray design(INDArray features) {
        INDArray design = block.designWithOnes(features.size(0));
        Blas.copy(features, WeightBlock.columns(design, states, design.columns() - 1));
        return design;
    }

    /** BU + b for a design, in 'c' order. */
    INDArray known(INDArray design) {
        INDArray known = Nd4j.createUninitialized(a.dataType(), new long[] {design.size(0), states}, 'c');
        Blas.multiply(WeightBlock.columns(design, states, design.columns()), false, b, false, 0, known, false);
        return known;
    }

    /**
     * The step of a block to [A° B°], the projection A of A° onto the ball, and the B that for this A minimizes the distance
     * from there in the metric G + ρI of the step, B = B° + (A° − A)G_xu(G_uu + ρI)⁻¹, as the inputs u tell a part of what
     * the states x told.
     *
     * @param errors E [m, n]
     * @throws org.implicitdl.operator.NonFiniteException if the weights no longer are finite
     */
    void step(INDArray design, INDArray errors, double length, int steps) {
        block.step(design, errors, length, steps);
        INDArray lost = a.dup('f');
        if (ball.enforce(a.transpose())) {
            Blas.multiply(block.regressionOfFirst(states), false, lost.subi(a), false, 1, b, false);
            block.requireFinite();
        }
    }

    void save(StateWriter writer) {
        block.save(writer);
    }

    void restore(StateReader reader) {
        block.restore(reader);
    }
}
