package org.implicitdl.convert.reduce;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.NetworkConverter;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.ConvolutionOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.SubmatrixOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A convolutional network, drawn with seed 4, some weights of which are zero. */
class ConvolutionReductionTest {
    private static final int SIDE = 8;
    private static final int POOLED = SIDE * SIDE / 4;

    private static MultiLayerNetwork network(Layer middle) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .activation(Activation.RELU)
                .list()
                .layer(convolution(4))
                .layer(middle)
                .layer(convolution(5))
                .layer(new DenseLayer.Builder().nOut(6).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
                .build());
        network.init();
        return network;
    }

    private static Layer pooling(SubsamplingLayer.PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build();
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(3, 3).nOut(channels).padding(1, 1).build();
    }

    private static INDArray channel(INDArray weights, int dimension, int channel) {
        return dimension == 0
                ? weights.get(NDArrayIndex.point(channel))
                : weights.get(NDArrayIndex.all(), NDArrayIndex.point(channel));
    }

    private static Reduction reduce(MultiLayerNetwork network, InputBox box) {
        ImplicitModel model = NetworkConverter.standard().convert(network).model();
        Reduction reduction = Reducer.standard().reduce(model, box);
        INDArray features = Nd4j.rand(DataType.DOUBLE, 20, SIDE * SIDE);
        INDArray difference =
                reduction.model().output(features.transpose()).transpose().sub(network.output(features));
        assertThat(difference.amaxNumber().doubleValue()).isLessThan(1e-12);
        return reduction;
    }

    private static LinearOperator block(LinearOperator a, Class<?> type) {
        BlockOperator blocks = (BlockOperator) a;
        for (int i = 0; i < blocks.rowBlocks().count(); i++) {
            for (LinearOperator each : blocks.row(i).values()) {
                LinearOperator block = each instanceof PaddedOperator padded ? padded.core() : each;
                if (type.isInstance(block)) {
                    return block;
                }
            }
        }
        throw new AssertionError("There is no " + type.getSimpleName() + " in " + a + ".");
    }

    @Test
    void channelsThatAreNotUsedOrConstantLeaveAConvolutionOfTheOthers() {
        MultiLayerNetwork network = network(pooling(SubsamplingLayer.PoolingType.AVG));
        channel(network.getLayer(2).getParam("W"), 1, 2).assign(0);
        channel(network.getLayer(2).getParam("W"), 0, 1).assign(0);

        Reduction reduction = reduce(network, InputBox.everything(SIDE * SIDE));

        LinearOperator second = block(reduction.model().a(), ConvolutionOperator.class);
        assertThat(second.rows()).isEqualTo(4 * POOLED);
        assertThat(second.cols()).isEqualTo(3 * POOLED);
        assertThat(second.parameterCount()).isEqualTo(4 * 3 * 9);
        LinearOperator first = block(reduction.model().b(), ConvolutionOperator.class);
        assertThat(first.parameterCount()).isEqualTo(3 * 9);
    }

    @Test
    void singlePointsThatAreNotUsedLeaveTheConvolutionWithItsWeights() {
        MultiLayerNetwork network = network(pooling(SubsamplingLayer.PoolingType.MAX));
        INDArray dense = network.getLayer(3).getParam("W");
        for (int i : new int[] {3, 17, 40, 41, 77}) {
            dense.getRow(i).assign(0);
        }

        Reduction reduction = reduce(network, InputBox.everything(SIDE * SIDE));

        LinearOperator second = block(reduction.model().a(), SubmatrixOperator.class);
        assertThat(second.rows()).isEqualTo(5 * POOLED - 5);
        assertThat(second.parameterCount()).isEqualTo(5 * 4 * 9);
    }

    @Test
    void aChannelThatIsNeverActiveInABoxLeaves() {
        MultiLayerNetwork network = network(pooling(SubsamplingLayer.PoolingType.MAX));
        network.getLayer(2).getParam("b").putScalar(0, -100);

        Reduction reduction = reduce(network, InputBox.of(SIDE * SIDE, 0, 1));

        assertThat(block(reduction.model().a(), ConvolutionOperator.class).parameterCount())
                .isEqualTo(4 * 4 * 9);
    }
}
