package org.implicitdl.convert;

import org.deeplearning4j.nn.conf.layers.LocallyConnected1D;

/** A locally connected layer of sequences, with DL4J's W [windows, n_in · kernel, n_out]. */
final class LocallyConnected1DTranslator implements LayerTranslator<LocallyConnected1D> {

    @Override
    public Class<LocallyConnected1D> type() {
        return LocallyConnected1D.class;
    }

    @Override
    public Signal translate(LayerSource<LocallyConnected1D> layer, Signal input) {
        LocallyConnected1D conf = layer.conf();
        TensorShape from = input.shape();
        Images.require(layer, from, false, 1);
        Grids.refuseCausal(layer, conf.getCm());
        TensorShape to = from.withChannels((int) conf.getNOut()).withGrid(conf.getOutputSize());
        int steps = from.grid().get(0);
        LocallyConnectedTranslator.Entries entries =
                new LocallyConnectedTranslator.Entries(layer.parameter("W"), to.points());
        for (int place = 0; place < to.points(); place++) {
            for (int f = 0; f < from.channels() * conf.getKernel(); f++) {
                int step = place * conf.getStride() - conf.getPadding() + f % conf.getKernel();
                entries.connect(place, f, step >= 0 && step < steps ? f / conf.getKernel() * steps + step : -1);
            }
        }
        Signal z =
                input.affine(entries.toOperator(to.size(), from.size()), Grids.bias(layer, conf.isHasBias(), to), to);
        return Maps.activated(layer, z, Maps.ofSameDiff(conf.getActivation()), Maps.SoftmaxAxis.LAST);
    }
}
