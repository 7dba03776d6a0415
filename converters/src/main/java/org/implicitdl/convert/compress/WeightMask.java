package org.implicitdl.convert.compress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Which weights of a network are left. As a listener it puts the zeros back after every update. DL4J projects onto its
 * constraints only afterwards, but each of them scales weights or cuts them off at a bound, and so keeps zeros.
 */
final class WeightMask extends BaseTrainingListener {
    private final List<INDArray> weights;
    /** Ones where a weight stays, of the shape of the weights. */
    private final List<INDArray> masks;

    private WeightMask(List<INDArray> weights, List<INDArray> masks) {
        this.weights = weights;
        this.masks = masks;
    }

    /** The mask of the largest weights. */
    static WeightMask of(Model network, Pruning pruning) {
        List<INDArray> weights = prunable(network);
        double whole = pruning.scope() == Pruning.Scope.WHOLE_MODEL
                ? pruning.threshold(weights.stream().flatMapToDouble(WeightMask::sizes))
                : 0;
        return new WeightMask(
                weights,
                weights.stream()
                        .map(w -> mask(
                                w, pruning.scope() == Pruning.Scope.WHOLE_MODEL ? whole : pruning.threshold(sizes(w))))
                        .toList());
    }

    private static DoubleStream sizes(INDArray weights) {
        return Arrays.stream(weights.dup('c').data().asDouble()).map(Math::abs);
    }

    private static INDArray mask(INDArray weights, double threshold) {
        return Transforms.abs(weights, true).gte(threshold).castTo(weights.dataType());
    }

    /** The number of weights that may be pruned and are not zero. */
    static long weights(Model network) {
        return prunable(network).stream()
                .mapToLong(w -> sizes(w).filter(size -> size > 0).count())
                .sum();
    }

    /** The arrays of weights, as the network holds them. */
    private static List<INDArray> prunable(Model network) {
        Layer[] layers =
                network instanceof MultiLayerNetwork net ? net.getLayers() : ((ComputationGraph) network).getLayers();
        List<INDArray> found = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop) {
                continue;
            }
            layer.paramTable().forEach((key, array) -> {
                boolean isWeight = layer.conf()
                        .getLayer()
                        .initializer()
                        .isWeightParam(layer.conf().getLayer(), key);
                if (isWeight && array.rank() >= 2) {
                    requireNumbers(layer, key, array);
                    found.add(array);
                }
            });
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "The network has no weights to prune: its layers that are not frozen have"
                            + " no arrays of at least two dimensions.");
        }
        return found;
    }

    private static void requireNumbers(Layer layer, String key, INDArray array) {
        if (array.isNaN().any()) {
            throw new IllegalArgumentException("The parameter " + key + " of layer \""
                    + layer.conf().getLayer().getLayerName() + "\" holds NaN; look at how the network was trained, for"
                    + " example with a smaller learning rate.");
        }
    }

    /** Sets the pruned weights to zero. */
    void apply() {
        for (int i = 0; i < weights.size(); i++) {
            weights.get(i).muli(masks.get(i));
        }
    }

    @Override
    public void iterationDone(Model model, int iteration, int epoch) {
        apply();
    }

    /** @throws IllegalStateException if a pruned weight is not zero */
    void check() {
        for (int i = 0; i < weights.size(); i++) {
            INDArray lost = weights.get(i).sub(weights.get(i).mul(masks.get(i)));
            if (lost.amaxNumber().doubleValue() != 0) {
                throw new IllegalStateException("Training set pruned weights of the shape "
                        + Arrays.toString(weights.get(i).shape())
                        + " to other values than zero; it must keep the listeners of the network that it is given, so"
                        + " use addListeners and not setListeners.");
            }
        }
    }
}
