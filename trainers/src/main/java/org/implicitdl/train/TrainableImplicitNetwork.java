package org.implicitdl.train;

import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.operator.Matrix;
import org.implicitdl.train.feedforward.Link;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.minibatch.ImplicitForm;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.minibatch.MinibatchRun;
import org.implicitdl.train.minibatch.OutputLoss;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * A network that ends with an implicit layer and its loss, seen as the model x = φ(Ax + Bu + b), ŷ = Cx + Du + d of the
 * features that the layers before make. C, D and d are those of the implicit layer before a {@code LossLayer}; where it puts
 * out its state, C and d are those of the {@code OutputLayer} and D is not there.
 */
final class TrainableImplicitNetwork implements BatchwiseNetwork {
    private final ImplicitPart part;
    private final Link loss;

    /** Whether nothing but a loss, or an output layer for its states, follows the implicit layer of a network. */
    static boolean isEnd(ImplicitPart part) {
        // The exact class: subclasses such as center loss compute something else.
        return part.index() == part.last() - 1
                && (part.layer().isStateOutput()
                        ? part.conf(part.last()).getClass() == OutputLayer.class
                        : part.conf(part.last()) instanceof LossLayer);
    }

    /** @throws UnsupportedNetworkException naming the layer and the reason, if the network is of another kind */
    TrainableImplicitNetwork(MultiLayerNetwork net) {
        this.part = new ImplicitPart(net);
        if (part.index() != part.last() - 1) {
            throw part.unsupported(part.index(), "is not the last but one");
        }
        this.loss = link(part.last());
    }

    private Link link(int last) {
        if (!isEnd(part)) {
            throw part.unsupported(
                    last,
                    "follows an implicit layer that puts out "
                            + (part.layer().isStateOutput() ? "its state" : "Cx + Du + d"));
        }
        BaseLayer conf = (BaseLayer) part.conf(last);
        TrainableNetwork.requirePlain(last, conf);
        if (conf instanceof LossLayer lossLayer) {
            return TrainableNetwork.loss(last, conf, lossLayer.getLossFn());
        }
        if (!((OutputLayer) conf).hasBias()) {
            throw part.unsupported(last, "has no bias");
        }
        return TrainableNetwork.loss(last, (OutputLayer) conf);
    }

    /** The bound of ‖A‖∞ that the layer asks for. */
    double kappa() {
        return part.kappa();
    }

    /** Where the weights are. */
    ImplicitParameters parameters() {
        return part.parameters(ImplicitParameters.Place.NEXT_LAYER);
    }

    /**
     * The problem of a data set.
     *
     * @throws org.implicitdl.operator.ShapeException if features or labels have another shape
     */
    ImplicitProblem problem(DataSet data) {
        Matrix u = TrainingData.columns(features(data)).aboveOnes();
        Matrix y = TrainingData.columns(data.getLabels());
        Matrix v = parameters().hasDirectTerm() ? u : u.part(u.rows() - 1, u.rows(), 0, u.cols());
        return new ImplicitProblem(u, v, y, loss, part.phi());
    }

    @Override
    public INDArray features(DataSet batch) {
        INDArray features = part.features(batch);
        TrainingData.requireWidth("labels", batch.getLabels(), outputs());
        TrainingData.requireLabels(loss, batch.getLabels());
        return features;
    }

    private int outputs() {
        return (int)
                (part.layer().isStateOutput()
                        ? ((OutputLayer) part.conf(part.last())).getNOut()
                        : part.layer().getNOut());
    }

    @Override
    public MinibatchRun start(MinibatchDescent method, DataType type) {
        return method.start(
                new ImplicitForm(part.phi(), OutputLoss.of(loss), kappa()),
                parameters().weights(),
                type);
    }

    @Override
    public void assign(MinibatchRun run) {
        parameters().assign(run);
    }

    @Override
    public boolean putsOutWhatTheLossMeets() {
        return true;
    }

    @Override
    public boolean trains(int l) {
        return l >= part.index();
    }
}
