package org.implicitdl.convert.certify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.NetworkConverter;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A convolutional network with max pooling, average pooling, batch normalization and softmax, drawn with seed 6: 10,000
 * tries, and attacks, on each of its certificates.
 */
class ConvolutionalSoundnessTest {
    private static final int SIDE = 8;
    private static final int PIXELS = SIDE * SIDE;
    private static final int BOXES = 4;
    private static final int TRIES = 2500;
    private static final double SIGMA = 0.02;

    private final ImplicitNetwork network = NetworkConverter.standard().convert(draw());
    private final INDArray centers = new Models(61).array(PIXELS, BOXES).addi(1).divi(2);

    private static MultiLayerNetwork draw() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(6)
                .dataType(DataType.DOUBLE)
                .activation(Activation.RELU)
                .list()
                .layer(convolution(3))
                .layer(pooling(SubsamplingLayer.PoolingType.MAX))
                .layer(convolution(4))
                .layer(new BatchNormalization())
                .layer(pooling(SubsamplingLayer.PoolingType.AVG))
                .layer(new DenseLayer.Builder().nOut(8).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(4)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.convolutionalFlat(SIDE, SIDE, 1))
                .build());
        network.init();
        Models random = new Models(62);
        network.getLayer(3).getParam("mean").assign(random.array(1, 4).muli(0.1));
        network.getLayer(3).getParam("gamma").assign(random.array(1, 4).addi(1.5));
        network.getLayer(3).getParam("beta").assign(random.array(1, 4));
        return network;
    }

    private static ConvolutionLayer convolution(int channels) {
        return new ConvolutionLayer.Builder(3, 3).nOut(channels).padding(1, 1).build();
    }

    private static SubsamplingLayer pooling(SubsamplingLayer.PoolingType type) {
        return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2).build();
    }

    /** Points of a box, every second one a corner. */
    private INDArray perturbed(int s, double sigma, Random random) {
        INDArray u = Nd4j.zeros(DataType.DOUBLE, PIXELS, TRIES);
        for (int k = 0; k < TRIES; k++) {
            for (int i = 0; i < PIXELS; i++) {
                double corner = random.nextBoolean() ? 1 : -1;
                double factor = k % 2 == 0 ? corner : corner * random.nextDouble();
                u.putScalar(i, k, centers.getDouble(i, s) + factor * sigma);
            }
        }
        return u;
    }

    private static void assertInside(INDArray values, Bounds bounds, int s, String what) {
        assertThat(values.subColumnVector(bounds.lower().getColumn(s, true))
                        .minNumber()
                        .doubleValue())
                .as("%s of box %d, below", what, s)
                .isGreaterThanOrEqualTo(0);
        assertThat(values.subColumnVector(bounds.upper().getColumn(s, true))
                        .maxNumber()
                        .doubleValue())
                .as("%s of box %d, above", what, s)
                .isLessThanOrEqualTo(0);
    }

    @Test
    void noPerturbationLeavesABoundAndTheMethodsAreOrderedByTightness() {
        BoxBounds bounds = BoxBounds.of(network.preOutput());
        BoxBounds probabilities = BoxBounds.of(network.model());
        InputBox boxes = InputBox.around(centers, SIGMA);
        Bounds perturbation = bounds.outputsByPerturbation(boxes);
        Bounds intervals = bounds.outputsByIntervals(boxes);
        Bounds linear = bounds.outputsByLinearBounds(boxes);
        Bounds states = bounds.states(boxes);
        Bounds classes = probabilities.outputsByIntervals(boxes);
        LipschitzBounds[] within = LipschitzBounds.within(bounds, boxes);
        Random random = new Random(63);
        for (int s = 0; s < BOXES; s++) {
            INDArray u = perturbed(s, SIGMA, random);
            INDArray y = network.preOutput().output(u);
            assertInside(y, perturbation, s, "outputs by perturbation");
            assertInside(y, intervals, s, "outputs by intervals");
            assertInside(y, linear, s, "outputs by linear bounds");
            assertInside(network.preOutput().state(u).orElseThrow(), states, s, "states");
            assertInside(network.model().output(u), classes, s, "probabilities");
            double moved =
                    y.subColumnVector(y.getColumn(0, true)).normmaxNumber().doubleValue();
            double distance =
                    u.subColumnVector(u.getColumn(0, true)).normmaxNumber().doubleValue();
            assertThat(moved).isLessThanOrEqualTo(within[s].inf() * distance);
        }
        double[] widths = {
            linear.width().meanNumber().doubleValue(),
            intervals.width().meanNumber().doubleValue(),
            perturbation.width().meanNumber().doubleValue()
        };
        assertThat(widths[0]).isLessThan(widths[1]);
        assertThat(widths[1]).isLessThan(widths[2]);
    }

    @Test
    void noAttackAndNoTryWithinACertifiedRadiusChangesTheClass() {
        ImplicitModel model = network.preOutput();
        Radii radii = CertifiedRadius.withDefaults().of(model, centers);
        ProjectedGradientAttack attack = ProjectedGradientAttack.withDefaults()
                .withSteps(10)
                .withStarts(2)
                .withSeed(64);
        Random random = new Random(65);
        for (int s = 0; s < BOXES; s++) {
            double radius = radii.certified()[s];
            int predicted = radii.predicted()[s];
            assertThat(radius).isGreaterThan(0).isGreaterThanOrEqualTo(radii.byLipschitz()[s]);
            INDArray center = centers.getColumn(s, true).dup('f');
            assertThat(attack.attack(model, InputBox.around(center, radius), predicted)
                            .successes())
                    .isZero();
            assertThat(Nd4j.argMax(model.output(perturbed(s, radius, random)), 0)
                            .toIntVector())
                    .containsOnly(predicted);
        }
    }
}
