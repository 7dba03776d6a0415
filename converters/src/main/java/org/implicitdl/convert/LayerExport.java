package org.implicitdl.convert;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.activation.ActivationBlocks;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.WellPosed;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.wellposed.StrictBlockUpperTriangular;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * The way from an implicit network back to Deeplearning4j: one {@link ImplicitLayer} with dense A, B, C and D, followed by
 * the loss or the activation of the network's last layer. The same function, which is then trained as a whole: all
 * entries of A that the condition of well-posedness allows, not only those that the network had, are free.
 *
 * <p>Immutable.
 */
public final class LayerExport {
    private static final int MOST_STATES = 4000;
    private static final double DEFAULT_RATE = 1e-3;

    private final IUpdater updater;
    private final WellPosed wellPosed;
    private final double kappa;

    private LayerExport(IUpdater updater, WellPosed wellPosed, double kappa) {
        this.updater = updater;
        this.wellPosed = wellPosed;
        this.kappa = kappa;
    }

    /** A stays strictly upper triangular (6) in training, by Adam with a learning rate of 0.001. */
    public static LayerExport withDefaults() {
        return new LayerExport(new Adam(DEFAULT_RATE), WellPosed.STRICTLY_UPPER_TRIANGULAR, 0);
    }

    /** With another updater. */
    public LayerExport withUpdater(IUpdater other) {
        return new LayerExport(other, wellPosed, kappa);
    }

    /**
     * With A released to the ball L‖A‖ ≤ κ of a norm, so that training may feed states back; the A of the network must lie
     * in it.
     *
     * @param norm {@link WellPosed#NORM_INF}, {@link WellPosed#NORM_ONE} or {@link WellPosed#NORM_TWO}
     * @param kappa κ, 0 < κ < 1
     * @throws IllegalArgumentException if the choice is no norm, or κ is out of range
     */
    public LayerExport withNormBall(WellPosed norm, double kappa) {
        if (norm != WellPosed.NORM_INF && norm != WellPosed.NORM_ONE && norm != WellPosed.NORM_TWO) {
            throw new IllegalArgumentException(
                    "A is released to the ball of a norm: NORM_INF, NORM_ONE or NORM_TWO, but got " + norm + ".");
        }
        if (!(kappa > 0 && kappa < 1)) {
            throw new IllegalArgumentException(
                    "The radius kappa of a norm ball must lie between 0 and 1, both excluded, but is " + kappa + ".");
        }
        return new LayerExport(updater, norm, kappa);
    }

    /**
     * The network of one implicit layer that computes the same.
     *
     * @throws ExportException if it has more than 4000 states, an activation that DL4J has not or that mixes states,
     *     several inputs or outputs, indices that an embedding looks up, sequences or outputs on a grid, or if A is not triangular or lies outside of the
     *     norm ball
     */
    public MultiLayerNetwork export(ImplicitNetwork network) {
        requireForm(network);
        Optional<IActivation> last = network.objective().isPresent() ? Optional.empty() : activationAfter(network);
        boolean split = network.objective().isPresent() || last.isPresent();
        ImplicitModel model = split ? network.preOutput() : network.model();
        requireSize(model);
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            INDArray a = model.a().toDense(network.dataType());
            requireInSet(a, model.phi().lipschitz());
            MultiLayerNetwork result = network(network, model, last);
            assign(result, "A", a);
            TensorShape input = network.inputs().get(0).shape();
            assign(result, "B", inArrayOrder(model.b().toDense(network.dataType()), input));
            assign(result, "C", model.c().toDense(network.dataType()));
            if (!model.d().isZero()) {
                assign(result, "D", inArrayOrder(model.d().toDense(network.dataType()), input));
            }
            assign(result, "b", model.stateBias(network.dataType()));
            assign(result, "d", model.outputBias(network.dataType()));
            return result;
        }
    }

    /** The columns in the order in which DL4J flattens its arrays: with the channels last if these are. */
    private static INDArray inArrayOrder(INDArray matrix, TensorShape input) {
        if (!input.channelsLast()) {
            return matrix;
        }
        TensorShape first = new TensorShape(input.channels(), input.grid(), false, false);
        return matrix.dup('c')
                .reshape('c', first.arrayShape(matrix.rows()))
                .permute(input.toArrayOrder())
                .dup('c')
                .reshape('c', matrix.rows(), matrix.columns());
    }

    private static void assign(MultiLayerNetwork network, String name, INDArray values) {
        INDArray parameter = network.getLayer(0).getParam(name);
        parameter.assign(parameter.rank() == 1 ? values.reshape(values.length()) : values);
    }

    private MultiLayerNetwork network(ImplicitNetwork source, ImplicitModel model, Optional<IActivation> last) {
        TensorShape input = source.inputs().get(0).shape();
        ImplicitLayer.Builder layer = new ImplicitLayer.Builder()
                .nIn(model.inputs())
                .nOut(model.outputs())
                .stateSize(model.states())
                .directTerm(!model.d().isZero())
                .wellPosed(wellPosed)
                .activation(activation(model));
        if (wellPosed != WellPosed.STRICTLY_UPPER_TRIANGULAR) {
            layer.kappa(kappa);
        }
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .dataType(source.dataType())
                .updater(updater)
                .list()
                .layer(layer.build());
        source.objective().ifPresent(objective -> layers.layer(loss(objective)));
        last.ifPresent(activation -> layers.layer(new ActivationLayer(activation)));
        if (!input.grid().isEmpty()) {
            layers.setInputType(input.toInputType());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    private static Layer loss(Objective objective) {
        return new LossLayer.Builder(Copies.of(objective.loss()))
                .activation(Copies.of(objective.activation()))
                .build();
    }

    /** What the network applies to Cx + Du, if that is a state of its own in the model. */
    private static Optional<IActivation> activationAfter(ImplicitNetwork network) {
        ImplicitModel whole = network.model();
        int more = whole.states() - network.preOutput().states();
        return more == whole.outputs()
                ? Optional.of(nd4j(whole.phi() instanceof BlockActivation phi ? phi.slice(0, more) : whole.phi()))
                : Optional.empty();
    }

    private static IActivation activation(ImplicitModel model) {
        IActivation activation = nd4j(model.phi());
        if (!model.phi().isComponentwise()) {
            throw new ExportException("The activation " + model.phi() + " mixes states, but one layer needs a strictly"
                    + " upper triangular A by single states; only the last layer may have such an activation.");
        }
        return activation;
    }

    private static IActivation nd4j(org.implicitdl.activation.Activation phi) {
        try {
            return ActivationBlocks.of(phi);
        } catch (IllegalArgumentException e) {
            throw new ExportException(e.getMessage(), e);
        }
    }

    private static void requireForm(ImplicitNetwork network) {
        if (network.inputs().size() != 1 || network.outputs().size() != 1) {
            throw new ExportException("A network of one layer has one input and one output, but this one has "
                    + network.inputs().size() + " and " + network.outputs().size() + "; use its model() instead.");
        }
        TensorShape input = network.inputs().get(0).shape();
        if (network.inputs().get(0).indices()) {
            throw new ExportException(
                    "The network looks up " + network.inputs().get(0).takes() + " in an embedding, but"
                            + " an ImplicitLayer takes features, and would read an index as a number; use the network's model()"
                            + " instead, or train a DenseLayer on one-hot features in place of the embedding.");
        }
        if (input.grid().size() == 1) {
            throw new ExportException("The network was unrolled over sequences of " + input + ", but an ImplicitLayer"
                    + " maps each time step on its own; use the network's model() instead.");
        }
        TensorShape output = network.outputs().get(0).shape();
        if (!output.grid().isEmpty()) {
            throw new ExportException("An ImplicitLayer puts out rows of features, but the network puts out " + output
                    + "; use the network's model() instead.");
        }
    }

    private static void requireSize(ImplicitModel model) {
        if (model.states() > MOST_STATES) {
            long entries = (long) model.states() * model.states();
            throw new ExportException("An ImplicitLayer holds a dense A, which for the " + model.states()
                    + " states of this model has " + entries + " entries (" + entries / (1 << 18)
                    + " MB in single precision); at most " + MOST_STATES
                    + " states are taken. Reduce the model first, or use it as it is.");
        }
    }

    private void requireInSet(INDArray a, double lipschitz) {
        if (wellPosed == WellPosed.STRICTLY_UPPER_TRIANGULAR) {
            requireTriangular(a);
            return;
        }
        double norm = switch (wellPosed) {
            case NORM_ONE -> DenseOperator.viewOf(a).norm1();
            case NORM_TWO ->
                Lapack.svd(Matrix.copyOf(a.castTo(DataType.DOUBLE))).singularValues()[0];
            default -> DenseOperator.viewOf(a).normInf();
        };
        if (lipschitz * norm > kappa) {
            throw new ExportException("A is outside of the ball that it would be released to: its " + wellPosed
                    + " times the Lipschitz constant of the activation is " + lipschitz * norm + ", but at most "
                    + kappa + " was asked for; train with weight decay first, or keep A triangular.");
        }
    }

    /** The layer would not use the rest of another matrix, and compute something else. */
    private static void requireTriangular(INDArray a) {
        int[] ones = new int[a.rows()];
        Arrays.fill(ones, 1);
        if (!new StrictBlockUpperTriangular(Partition.of(ones)).contains(a)) {
            throw new ExportException("A is not strictly upper triangular, because states of the network depend on each"
                    + " other in a cycle; release it to the ball of a norm with withNormBall(norm, kappa).");
        }
    }
}
