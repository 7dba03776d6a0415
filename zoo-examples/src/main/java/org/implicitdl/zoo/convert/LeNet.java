package org.implicitdl.zoo.convert;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small LeNet: two convolutions with max pooling, and two dense layers, trained by Deeplearning4j itself. */
public final class LeNet {
    private static final int BATCH = 32;
    private static final int KERNEL = 3;
    private static final double LEARNING_RATE = 2e-3;

    private LeNet() {}

    /** Trains on images of any size from 8 by 8, one step of progress for each time that all were seen. */
    public static MultiLayerNetwork train(ImageSet images, int epochs, long seed, Progress progress) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(LEARNING_RATE))
                .activation(Activation.RELU)
                .list()
                .layer(convolution(6))
                .layer(pooling())
                .layer(convolution(16))
                .layer(pooling())
                .layer(new DenseLayer.Builder().nOut(64).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(images.classes())
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(images.rows(), images.columns(), 1))
                .build());
        network.init();
        DataSetIterator batches = images.shuffledIterator(BATCH, seed);
        IntStream.range(0, epochs).forEach(epoch -> {
            network.fit(batches);
            progress.step();
        });
        return network;
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(KERNEL, KERNEL)
                .nOut(channels)
                .padding(1, 1)
                .build();
    }

    private static SubsamplingLayer pooling() {
        return new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build();
    }
}
