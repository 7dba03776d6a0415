package org.implicitdl.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.minibatch.OutputLoss;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The layers after an implicit layer with the network's loss, as a loss of what that layer puts out. */
final class RestOfNetwork implements OutputLoss {
    /** Of the layers after, with whose parameters it shares the memory. */
    private final MultiLayerNetwork rest;

    /** @throws UnsupportedNetworkException naming the layer and the reason, if their loss has no slope to be told */
    RestOfNetwork(MultiLayerNetwork net, ImplicitPart part) {
        for (int l = part.index() + 1; l <= part.last(); l++) {
            requireSlope(l, part);
        }
        if (!(net.getOutputLayer() instanceof IOutputLayer)) {
            throw part.unsupported(part.last(), "is the last one, without a loss");
        }
        int first = part.index() + 1;
        this.rest = new MultiLayerNetwork(configuration(net, first));
        long before = parametersBefore(net, first);
        long all = net.numParams();
        if (before == all) {
            rest.init();
        } else {
            rest.init(net.params().reshape(all).get(NDArrayIndex.interval(before, all)), false);
        }
    }

    private static void requireSlope(int l, ImplicitPart part) {
        Layer conf = part.conf(l);
        if (conf instanceof FrozenLayer || conf instanceof FrozenLayerWithBackprop) {
            throw part.unsupported(l, "is frozen, and comes after the implicit layer, where layers stay as they are");
        }
        if (conf instanceof BatchNormalization) {
            throw part.unsupported(l, "couples the samples of a batch after the implicit layer");
        }
        if (conf.getIDropout() != null || conf instanceof BaseLayer layer && layer.getWeightNoise() != null) {
            throw part.unsupported(l, "has dropout or weight noise after the implicit layer");
        }
    }

    private static MultiLayerConfiguration configuration(MultiLayerNetwork net, int first) {
        MultiLayerConfiguration configuration = net.getLayerWiseConfigurations().clone();
        configuration.setConfs(new ArrayList<>(
                configuration.getConfs().subList(first, configuration.getConfs().size())));
        Map<Integer, InputPreProcessor> shifted = new HashMap<>();
        configuration.getInputPreProcessors().forEach((l, preprocessor) -> {
            if (l >= first) {
                shifted.put(l - first, preprocessor);
            }
        });
        configuration.setInputPreProcessors(shifted);
        return configuration;
    }

    private static long parametersBefore(MultiLayerNetwork net, int layer) {
        long count = 0;
        for (int l = 0; l < layer; l++) {
            count += net.getLayer(l).numParams();
        }
        return count;
    }

    /** −∂ℓ/∂ŷ, by back-propagation through these layers. */
    @Override
    public INDArray residual(INDArray outputs, INDArray labels) {
        INDArray slope =
                rest.calculateGradients(outputs, labels, null, null).getSecond().dup('c');
        rest.clear();
        return slope.negi();
    }
}
