package org.implicitdl.zoo.fit;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The network for a table: softmax with cross-entropy for classes, the squared loss for numbers. */
final class TableNetwork {
    private TableNetwork() {}

    /** A network with initial weights, in double precision: tables are small. */
    static MultiLayerNetwork create(FitSettings settings, Label label, int features) {
        NeuralNetConfiguration.Builder global = new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.XAVIER);
        settings.trainer().configure(global);
        ListBuilder layers = global.list();
        int width = settings.shape().addTo(layers, features);
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.layer(output(label, width)).build());
        network.init();
        return network;
    }

    private static OutputLayer output(Label label, int width) {
        boolean classes = label.task() == Task.CLASSIFICATION;
        return new OutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
                .nIn(width)
                .nOut(label.outputs())
                .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
                .build();
    }
}
