package org.implicitdl.zoo.compare.search;

import java.util.List;
import java.util.Locale;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.nn.weights.WeightInit;
import org.implicitdl.train.arbiter.NetworkWithTrainerSpace;
import org.implicitdl.train.settings.TrainerSettings;
import org.implicitdl.zoo.fit.FitSettings;
import org.implicitdl.zoo.fit.HiddenLayers;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Networks with a hidden layer for a table, each with its trainer: the networks that a {@link
 * org.implicitdl.zoo.fit.TableFit} trains, as Arbiter describes them.
 *
 * @param units of the hidden layer, a parameter of the networks
 * @param networks what is searched
 * @param seed of the weights that all of them begin with
 */
record FitSpace(ParameterSpace<Integer> units, NetworkWithTrainerSpace networks, long seed) {
    private static final int FEWEST_UNITS = 4;
    private static final int MOST_UNITS = 64;
    private static final Activation ACTIVATION = Activation.TANH;

    static String description() {
        return "networks with a hidden layer (" + ACTIVATION.name().toLowerCase(Locale.ROOT) + ") of " + FEWEST_UNITS
                + " to " + MOST_UNITS + " units";
    }

    static FitSpace of(Contender contender, int rows, int features, Label label, long seed) {
        ParameterSpace<Integer> units = new IntegerParameterSpace(FEWEST_UNITS, MOST_UNITS);
        MultiLayerSpace.Builder network = new MultiLayerSpace.Builder()
                .seed(seed)
                .weightInit(WeightInit.XAVIER)
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(features)
                        .nOut(units)
                        .activation(ACTIVATION)
                        .build())
                .addLayer(output(label, units));
        return new FitSpace(units, new NetworkWithTrainerSpace(network, contender.space(rows), DataType.DOUBLE), seed);
    }

    private static OutputLayerSpace output(Label label, ParameterSpace<Integer> units) {
        boolean classes = label.task() == Task.CLASSIFICATION;
        return new OutputLayerSpace.Builder()
                .nIn(units)
                .nOut(label.outputs())
                .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
                .lossFunction(classes ? LossFunction.MCXENT : LossFunction.MSE)
                .build();
    }

    /** What a candidate's numbers, each between 0 and 1, mean. */
    FitSettings settings(double[] numbers) {
        TrainerSettings trainer = networks.trainer().getValue(numbers);
        return new FitSettings(trainer, new HiddenLayers(List.of(units.getValue(numbers)), ACTIVATION), seed);
    }
}
