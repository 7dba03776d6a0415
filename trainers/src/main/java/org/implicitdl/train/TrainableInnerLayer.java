package org.implicitdl.train;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.minibatch.ImplicitForm;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The implicit layer of a network that goes on after it, with the loss of what comes after as the loss of its outputs: its
 * proxies minimize the tangent of that loss and the divergence. What comes after is left as it is.
 */
final class TrainableInnerLayer implements BatchwiseNetwork {
    private final MultiLayerNetwork net;
    private final ImplicitPart part;
    private final RestOfNetwork rest;
    private final Optional<Link> loss;
    private long[] ofOneSample;

    /** @throws UnsupportedNetworkException naming the layer and the reason, if the network is of another kind */
    TrainableInnerLayer(MultiLayerNetwork net) {
        this.net = net;
        this.part = new ImplicitPart(net);
        this.rest = new RestOfNetwork(net, part);
        Layer last = part.conf(part.last());
        this.loss = NetworkScore.loss(last).flatMap(function -> TrainableNetwork.knownLoss((BaseLayer) last, function));
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
        INDArray features = part.features(batch);
        INDArray labels = batch.getLabels();
        long[] shape = outputs(batch);
        if (!Arrays.equals(labels.shape(), shape)) {
            throw new ShapeException("The network takes labels of the shape of its outputs, " + Arrays.toString(shape)
                    + ", but found " + Arrays.toString(labels.shape()) + ".");
        }
        if (labels.rank() == 2) {
            loss.ifPresent(link -> TrainingData.requireLabels(link, labels));
        }
        return features;
    }

    /** The shape of the network's outputs on a batch; that of one sample is found out once. */
    private long[] outputs(DataSet batch) {
        if (ofOneSample == null) {
            ofOneSample = net.output(batch.getFeatures().get(NDArrayIndex.interval(0, 1)))
                    .shape();
        }
        long[] shape = ofOneSample.clone();
        shape[0] *= batch.numExamples();
        return shape;
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
