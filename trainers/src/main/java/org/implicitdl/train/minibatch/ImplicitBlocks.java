package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.implicit.ImplicitForm;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The rule (A, B) and the readout (C, D) of an implicit model, whose constant input is added here. */
final class ImplicitBlocks implements Blocks {
    private final MinibatchDescent method;
    private final ImplicitForm form;
    private final int states;
    private final RuleBlock rule;
    private final WeightBlock readout;

    /** @param weights B with the weights of the constant input in its last column, D with all columns or but that one */
    ImplicitBlocks(MinibatchDescent method, ImplicitForm form, ImplicitWeights weights, DataType type) {
        this.method = method;
        this.form = form;
        this.states = weights.states();
        this.rule = new RuleBlock(method, weights.a(), weights.b(), form.kappa(), type);
        this.readout = new WeightBlock(method, Matrix.beside(weights.c(), weights.d()), type);
    }

    @Override
    public INDArray step(INDArray features, INDArray labels, double length, int steps) {
        INDArray design = rule.design(features);
        BatchStates batch = new BatchStates(form.phi(), rule.a());
        INDArray z = batch.weighted(rule.known(design));
        INDArray x = batch.states(z);
        Blas.copy(x, WeightBlock.columns(design, 0, states));
        INDArray read = readoutDesign(design, x);
        INDArray output = readout.times(read);
        INDArray residual = LayerBlock.applyTo(output.dup('c'), form.loss()).rsubi(labels);
        INDArray pull = Nd4j.createUninitialized(z.dataType(), z.shape(), 'c');
        Blas.multiply(residual, false, readout.rows(0, states), true, 0, pull, false);
        INDArray errors = batch.errors(z, x, pull, method.ratio());
        readout.step(read, residual, length, steps);
        rule.step(design, errors, length, steps);
        return output;
    }

    /** [X U 1], or [X 1] where the output does not meet the input. */
    private INDArray readoutDesign(INDArray design, INDArray x) {
        if (readout.theta().rows() == design.columns()) {
            return design;
        }
        INDArray read = readout.designWithOnes(x.size(0));
        Blas.copy(x, WeightBlock.columns(read, 0, states));
        return read;
    }

    @Override
    public INDArray weights(int block) {
        return block == 0 ? rule.theta() : readout.theta();
    }

    @Override
    public void save(StateWriter writer) {
        rule.save(writer);
        readout.save(writer);
    }

    @Override
    public void restore(StateReader reader) {
        rule.restore(reader);
        readout.restore(reader);
    }
}
