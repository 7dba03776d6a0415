package org.implicitdl.train;

import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.minibatch.ImplicitForm;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * The implicit layer of a network that goes on after it, with the loss of what comes after as the loss of its outputs: its
 * proxies minimize the tangent of that loss and the divergence. What comes after is left as it is.
 */
final class TrainableInnerLayer implements BatchwiseNetwork {
    private final MultiLayerNetwork net;
    private final ImplicitPart part;
    private final RestOfNetwork rest;

    /** @throws UnsupportedNetworkException naming the layer and the reason, if the network is of another kind */
    TrainableInnerLayer(MultiLayerNetwork net) {
        this.net = net;
        this.part = new ImplicitPart(net);
        this.rest = new RestOfNetwork(net, part);
    }

    @Override
    public void requireFit(DataSet data) {
        part.features(data);
        INDArray outputs = net.output(data.getFeatures());
        if (!outputs.equalShapes(data.getLabels())) {
            throw new ShapeException("The network takes labels of the shape of its outputs, "
                    + Arrays.toString(outputs.shape()) + ", but found "
                    + Arrays.toString(data.getLabels().shape()) + ".");
        }
    }

    @Override
    public MinibatchRun start(MinibatchDescent method, DataType type) {
        return method.start(
                new ImplicitForm(part.phi(), rest, part.kappa()), parameters().weights(), type);
    }

    private ImplicitParameters parameters() {
        return part.parameters(ImplicitParameters.Place.NOWHERE);
    }

    @Override
    public INDArray features(DataSet batch) {
        return part.features(batch);
    }

    @Override
    public void assign(MinibatchRun run) {
        parameters().assign(run);
    }

    @Override
    public boolean putsOutWhatTheLossMeets() {
        return false;
    }

    @Override
    public boolean trains(int l) {
        return l == part.index();
    }
}
