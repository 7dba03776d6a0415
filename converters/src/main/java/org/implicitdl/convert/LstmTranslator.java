package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.AbstractLSTM;

/**
 * An LSTM, unrolled; Graves' has peepholes, which its parameters tell.
 *
 * @param type the class itself, or a subclass that computes the same
 */
record LstmTranslator<L extends AbstractLSTM>(Class<L> type) implements LayerTranslator<L> {

    @Override
    public Signal translate(LayerSource<L> layer, Signal input) {
        AbstractLSTM conf = layer.conf();
        Sequences.require(layer, input.shape(), conf.getRnnDataFormat());
        LstmCell cell = LstmCell.of(layer, conf.getActivationFn(), conf.getGateActivationFn(), "");
        return Signal.sequence(cell.unroll(input.steps()), input.shape().withChannels((int) conf.getNOut()));
    }
}
