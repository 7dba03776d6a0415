package org.implicitdl.train.minibatch;

import org.implicitdl.operator.Blas;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The rule (A, B) and the readout (C, D) of an implicit model, whose constant input is added here. */
final class ImplicitBlocks implements Blocks {
    private final ImplicitForm form;
    private final double ratio;
    private final RuleBlock rule;
    private final Readout readout;

    /** @param weights B with the weights of the constant input in its last column, D with all columns or but that one */
    ImplicitBlocks(MinibatchDescent method, ImplicitForm form, ImplicitWeights weights, DataType type) {
        this.form = form;
        this.ratio = method.ratio();
        this.rule = new RuleBlock(method, weights.a(), weights.b(), form.kappa(), type);
        this.readout = weights.c().rows() == 0
                ? new StateReadout()
                : new LinearReadout(method, weights.c(), weights.d(), type);
    }

    @Override
    public INDArray step(INDArray features, INDArray labels, double length, int steps) {
        INDArray design = rule.design(features);
        BatchStates batch = new BatchStates(form.phi(), rule.a());
        INDArray z = batch.weighted(rule.known(design));
        INDArray x = batch.states(z);
        Blas.copy(x, WeightBlock.columns(design, 0, x.columns()));
        INDArray outputs = readout.outputs(design, x);
        INDArray residual = form.loss().residual(outputs, labels);
        INDArray errors = batch.errors(z, x, readout.pull(residual), ratio);
        readout.step(residual, length, steps);
        rule.step(design, errors, length, steps);
        return outputs;
    }

    @Override
    public INDArray weights(int block) {
        return block == 0 ? rule.theta() : readout.weights();
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
