package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.GravesBidirectionalLSTM;

/** Two LSTMs with peepholes, one of which runs backwards; their outputs are added. */
@SuppressWarnings("deprecation") // Old files hold it.
final class GravesBidirectionalLstmTranslator implements LayerTranslator<GravesBidirectionalLSTM> {

    @Override
    public Class<GravesBidirectionalLSTM> type() {
        return GravesBidirectionalLSTM.class;
    }

    @Override
    public Signal translate(LayerSource<GravesBidirectionalLSTM> layer, Signal input) {
        GravesBidirectionalLSTM conf = layer.conf();
        Sequences.require(layer, input.shape(), conf.getRnnDataFormat());
        TensorShape to = input.shape().withChannels((int) conf.getNOut());
        return Sequences.merged(
                run(layer, input, "F", to),
                Sequences.reversed(run(layer, Sequences.reversed(input), "B", to)),
                Signal::plus);
    }

    private static Signal run(LayerSource<GravesBidirectionalLSTM> layer, Signal input, String suffix, TensorShape to) {
        GravesBidirectionalLSTM conf = layer.conf();
        LstmCell cell = LstmCell.of(layer, conf.getActivationFn(), conf.getGateActivationFn(), suffix);
        return Signal.sequence(cell.unroll(input.steps()), to);
    }
}
