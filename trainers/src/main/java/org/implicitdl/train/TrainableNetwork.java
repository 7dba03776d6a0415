package org.implicitdl.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.FenchelActivation;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.operator.Blas;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.train.feedforward.ComponentwiseLink;
import org.implicitdl.train.feedforward.FeedforwardLayer;
import org.implicitdl.train.feedforward.FeedforwardModel;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.feedforward.SoftmaxLink;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A network of dense layers and an output layer, seen as a feedforward model: its weights are read from the network's
 * own parameters and written back to them. The one place where samples change from DL4J's rows to columns.
 */
final class TrainableNetwork implements BatchwiseNetwork {
    private final MultiLayerNetwork net;
    private final FeedforwardModel initial;

    /**
     * @throws UnsupportedNetworkException naming the layer and the reason, if the network holds what cannot be trained
     */
    TrainableNetwork(MultiLayerNetwork net) {
        this.net = net;
        requireReady(net);
        if (!net.getLayerWiseConfigurations().getInputPreProcessors().isEmpty()) {
            throw new UnsupportedNetworkException(
                    "Block coordinate descent trains networks without input preprocessors,"
                            + " but there is one before layer "
                            + net.getLayerWiseConfigurations()
                                    .getInputPreProcessors()
                                    .keySet()
                                    .iterator()
                                    .next()
                            + "; flatten the features beforehand.");
        }
        List<FeedforwardLayer> layers = new ArrayList<>();
        for (int l = 0; l < net.getnLayers(); l++) {
            layers.add(layer(l));
        }
        this.initial = new FeedforwardModel(layers);
    }

    /** Refuses a network without parameters, or with parameters of half precision. */
    static void requireReady(MultiLayerNetwork net) {
        if (!net.isInitCalled()) {
            throw new UnsupportedNetworkException("The network is not initialized; call init() before it is trained.");
        }
        DataType type = net.params().dataType();
        if (type != DataType.FLOAT && type != DataType.DOUBLE) {
            throw new UnsupportedNetworkException(
                    "Block coordinate descent trains networks of FLOAT or DOUBLE, but found "
                            + type + "; name one of them by dataType(…) of the configuration, or convert the network by"
                            + " convertDataType.");
        }
    }

    /** The network's weights when this view was made. */
    FeedforwardModel model() {
        return initial;
    }

    @Override
    public MinibatchRun start(MinibatchDescent method, DataType type) {
        return method.start(initial, type);
    }

    @Override
    public INDArray features(DataSet batch) {
        TrainingData.requireShapes(initial, batch);
        NonFiniteException.check("features", batch.getFeatures());
        NonFiniteException.check("labels", batch.getLabels());
        TrainingData.requireLabels(initial.last().link(), batch.getLabels());
        return batch.getFeatures();
    }

    @Override
    public void assign(MinibatchRun run) {
        for (int l = 0; l < initial.depth(); l++) {
            assign(l, run.weights(l));
        }
    }

    @Override
    public boolean putsOutWhatTheLossMeets() {
        return true;
    }

    @Override
    public boolean trains(int l) {
        return true;
    }

    /** Writes weights to the network's parameters, in place. */
    void assign(FeedforwardModel model) {
        for (int l = 0; l < model.depth(); l++) {
            FeedforwardLayer layer = model.layer(l);
            INDArray weights = net.getLayer(l).getParam(DefaultParamInitializer.WEIGHT_KEY);
            weights.assign(
                    layer.weightsWithoutBias().toArray(weights.dataType()).transpose());
            if (layer.hasBias()) {
                INDArray bias = net.getLayer(l).getParam(DefaultParamInitializer.BIAS_KEY);
                double[] values = layer.bias();
                bias.assign(new Matrix(1, values.length, values).toArray(bias.dataType()));
            }
        }
    }

    /** Writes the weights [inputs, outputs] of layer l, with the bias as their last row if there is one. */
    private void assign(int l, INDArray theta) {
        INDArray weights = net.getLayer(l).getParam(DefaultParamInitializer.WEIGHT_KEY);
        Blas.copy(theta.get(NDArrayIndex.interval(0, weights.size(0)), NDArrayIndex.all()), weights);
        if (initial.layer(l).hasBias()) {
            INDArray bias = net.getLayer(l).getParam(DefaultParamInitializer.BIAS_KEY);
            bias.assign(theta.getRow(weights.size(0)).reshape(bias.shape()));
        }
    }

    private FeedforwardLayer layer(int l) {
        Layer conf = net.getLayer(l).conf().getLayer();
        boolean last = l == net.getnLayers() - 1;
        // The exact classes: subclasses such as center loss compute something else.
        if (conf.getClass() != (last ? OutputLayer.class : DenseLayer.class)) {
            throw unsupported(l, conf, "is not supported", supported(conf));
        }
        requirePlain(l, (BaseLayer) conf);
        INDArray weights = net.getLayer(l).getParam(DefaultParamInitializer.WEIGHT_KEY);
        INDArray bias = net.getLayer(l).getParam(DefaultParamInitializer.BIAS_KEY);
        NonFiniteException.check("weights of layer " + l, weights);
        Matrix theta = theta(Matrix.copyOf(weights), bias);
        Link link = last ? loss(l, (OutputLayer) conf) : activation(l, (DenseLayer) conf);
        return new FeedforwardLayer(theta, bias != null, link);
    }

    private static String supported(Layer conf) {
        return "dense layers followed by one output layer"
                + (conf instanceof ImplicitLayer || conf instanceof LossLayer
                        ? "; a network with an implicit layer takes method(MinibatchDescent.withDefaults()) or"
                                + " method(ImplicitDescent.withDefaults()) of BcdTrainer.Builder"
                        : "");
    }

    /** [W b] of samples as columns, from W [in, out] of samples as rows. */
    private static Matrix theta(Matrix weights, INDArray bias) {
        Matrix transposed = weights.transpose();
        return bias == null ? transposed : beside(transposed, bias);
    }

    /** [M v]. */
    static Matrix beside(Matrix m, INDArray v) {
        return Matrix.beside(m, new Matrix(m.rows(), 1, v.toDoubleVector()));
    }

    /** Refuses what the training would leave out. */
    static void requirePlain(int l, BaseLayer conf) {
        List<LayerConstraint> constraints = conf.getConstraints();
        if (conf.getIDropout() != null) {
            throw unsupported(l, conf, "has dropout", "layers without, as its blocks are solved for without noise");
        }
        if (conf.getWeightNoise() != null) {
            throw unsupported(l, conf, "has weight noise", "layers without");
        }
        if (constraints != null && !constraints.isEmpty()) {
            throw unsupported(l, conf, "has constraints", "layers without");
        }
        if (!conf.getRegularization().isEmpty() || !conf.getRegularizationBias().isEmpty()) {
            throw unsupported(
                    l,
                    conf,
                    "has l1, l2 or weight decay",
                    "layers without; its methods have penalties of their own: the ridge of ExactOptions or of"
                            + " ImplicitDescent, the weight decay of MinibatchDescent");
        }
        if (conf instanceof DenseLayer dense && dense.hasLayerNorm()) {
            throw unsupported(l, conf, "has layer normalization", "layers without");
        }
    }

    private static Link activation(int l, DenseLayer conf) {
        Activation phi = Activations.of(conf.getActivationFn());
        if (phi instanceof FenchelActivation fenchel) {
            return new ComponentwiseLink(fenchel);
        }
        throw unsupported(
                l,
                conf,
                "has the activation " + conf.getActivationFn() + ", which has no Fenchel divergence",
                "the activations " + Activations.all());
    }

    /** The link of a layer's loss. */
    static Link loss(int l, BaseOutputLayer conf) {
        return loss(l, conf, conf.getLossFn());
    }

    /** The link of a loss with the layer's activation. */
    static Link loss(int l, BaseLayer conf, ILossFunction loss) {
        return knownLoss(conf, loss)
                .orElseThrow(() -> unsupported(
                        l,
                        conf,
                        "has the loss " + loss + " with the activation " + conf.getActivationFn(),
                        "MSE or L2 with identity, MCXENT or NEGATIVELOGLIKELIHOOD with softmax, XENT with sigmoid, all"
                                + " without weights"));
    }

    /** The link of a loss with the layer's activation, if there is one. */
    static Optional<Link> knownLoss(BaseLayer conf, ILossFunction loss) {
        IActivation activation = conf.getActivationFn();
        if (loss instanceof LossL2 squared
                && activation instanceof ActivationIdentity
                && squared.getWeights() == null) {
            return Optional.of(new ComponentwiseLink(Activations.identity()));
        }
        if (loss instanceof LossMCXENT entropy
                && activation instanceof ActivationSoftmax
                && entropy.getWeights() == null) {
            return Optional.of(new SoftmaxLink());
        }
        if (loss instanceof LossBinaryXENT entropy
                && activation instanceof ActivationSigmoid
                && entropy.getWeights() == null) {
            return Optional.of(new ComponentwiseLink(Activations.sigmoid()));
        }
        return Optional.empty();
    }

    static UnsupportedNetworkException unsupported(int l, Layer conf, String reason, String supported) {
        // DL4J calls a layer without a name "layer0" and so on.
        String given = conf.getLayerName();
        String name = given == null || given.equals("layer" + l) ? "" : " '" + given + "'";
        return new UnsupportedNetworkException(
                "Layer " + l + name + " (" + conf.getClass().getSimpleName() + ") " + reason
                        + ". Block coordinate descent trains " + supported + ".");
    }
}
