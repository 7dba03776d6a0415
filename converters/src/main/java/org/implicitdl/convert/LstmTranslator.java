package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.AbstractLSTM;

/** An LSTM, unrolled; Graves' has peepholes, which its parameters tell. */
final class LstmTranslator<L extends AbstractLSTM> implements LayerTranslator<L> {
    private final Class<L> type;

    LstmTranslator(Class<L> type) {
        this.type = type;
    }

    @Override
    public Class<L> type() {
        return type;
    }

    @Override
    public Signal translate(LayerSource<L> layer, Signal input) {
        AbstractLSTM conf = layer.conf();
        Sequences.require(layer, input.shape(), conf.getRnnDataFormat());
        LstmCell cell = LstmCell.of(layer, conf.getActivationFn(), conf.getGateActivationFn(), "");
        return Signal.sequence(cell.unroll(input.steps()), input.shape().withChannels((int) conf.getNOut()));
    }
}
