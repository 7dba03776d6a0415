package org.implicitdl.zoo.fit;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The network for a table: hidden layers, and softmax with cross-entropy for classes or the squared loss for numbers. */
final class TableNetwork {
    private TableNetwork() {}

    static MultiLayerNetwork create(FitSettings settings, Task task, int features, int outputs) {
        NeuralNetConfiguration.Builder global = new NeuralNetConfiguration.Builder()
                .seed(settings.seed())
                .weightInit(WeightInit.XAVIER)
                .activation(settings.activation());
        settings.trainer().configure(global);
        NeuralNetConfiguration.ListBuilder layers = global.list();
        int width = features;
        if (settings.implicitStates() > 0) {
            width = settings.implicitStates();
            layers.layer(new ImplicitLayer.Builder()
                    .nIn(features)
                    .stateSize(width)
                    .stateOutput(true)
                    .build());
        } else {
            for (int units : settings.hidden()) {
                layers.layer(new DenseLayer.Builder().nIn(width).nOut(units).build());
                width = units;
            }
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.layer(output(task, width, outputs)).build());
        network.init();
        return network;
    }

    private static OutputLayer output(Task task, int width, int outputs) {
        boolean classes = task == Task.CLASSIFICATION;
        return new OutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
                .nIn(width)
                .nOut(outputs)
                .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
                .build();
    }
}
