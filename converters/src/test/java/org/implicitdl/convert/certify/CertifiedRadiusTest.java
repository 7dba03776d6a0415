package org.implicitdl.convert.certify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.activation.Activations;
import org.implicitdl.convert.NetworkConverter;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class CertifiedRadiusTest {

    /** ŷ = Wu: the nearest input of another class lies at (w_y − w_j)ᵀû/‖w_y − w_j‖₁. */
    @Test
    void theRadiusOfALinearClassifierIsItsClosedForm() {
        INDArray w = new Models(70).array(3, 5);
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(1, 1),
                new ZeroOperator(1, 5),
                new ZeroOperator(3, 1),
                DenseOperator.copyOf(w),
                Activations.relu());
        INDArray u = new Models(71).array(5, 8);

        Radii radii = CertifiedRadius.withDefaults().withLargest(10).of(model, u);

        INDArray y = w.mmul(u);
        for (int s = 0; s < 8; s++) {
            int own = radii.predicted()[s];
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < 3; j++) {
                if (j != own) {
                    double distance =
                            w.getRow(own).sub(w.getRow(j)).norm1Number().doubleValue();
                    nearest = Math.min(nearest, (y.getDouble(own, s) - y.getDouble(j, s)) / distance);
                }
            }
            assertThat(nearest).isPositive();
            assertThat(radii.byLipschitz()[s]).isCloseTo(nearest, within(1e-10 * nearest));
            assertThat(radii.certified()[s]).isBetween(radii.byLipschitz()[s], nearest);
        }
    }

    @Test
    void noAttackSucceedsWithinACertifiedRadiusAndSomeDoBeyond() {
        INDArray u = rings(80, 60);
        int[] labels = labels(60);
        ImplicitModel model = trained(u, labels);
        List<String> progress = new ArrayList<>();

        Radii radii = CertifiedRadius.withDefaults()
                .withBatchSize(25)
                .of(model, u, (done, all) -> progress.add(done + "/" + all));

        assertThat(progress).containsExactly("25/60", "50/60", "60/60");
        assertThat(radii.predicted()).as("the network learned its data").isEqualTo(labels);
        INDArray sigma = Nd4j.zeros(DataType.DOUBLE, 2, 60)
                .addiRowVector(Nd4j.createFromArray(radii.certified()).reshape(1, 60));
        ProjectedGradientAttack attack = ProjectedGradientAttack.withDefaults();
        ProjectedGradientAttack.Result result = attack.attack(model, InputBox.around(u, sigma), labels);
        assertThat(result.successes()).isZero();
        // Certificates are not idle: by linear bounds they reach further than by derivatives, and attacks not much
        // more.
        for (int s = 0; s < 60; s++) {
            assertThat(radii.certified()[s]).isGreaterThanOrEqualTo(radii.byLipschitz()[s]);
        }
        assertThat(Arrays.stream(radii.certified()).sum())
                .isGreaterThan(2 * Arrays.stream(radii.byLipschitz()).sum());
        assertThat(attack.attack(model, InputBox.around(u, 1.5), labels).successes())
                .as("attacks across the rings")
                .isEqualTo(60);
    }

    @Test
    void certifiedAccuracyIsBelowWhatAttacksLeaveAndBothFall() {
        INDArray u = rings(81, 40);
        int[] labels = labels(40);
        ImplicitModel model = trained(u, labels);

        RobustnessCurve curve = RobustnessCurve.of(
                model,
                u,
                labels,
                new double[] {0, 0.05, 0.2, 0.5, 2},
                CertifiedRadius.withDefaults().withLargest(4).withDomain(-4, 4),
                ProjectedGradientAttack.withDefaults().withSteps(20),
                (done, all) -> {});

        double before = curve.clean();
        for (RobustnessCurve.Point point : curve.points()) {
            assertThat(point.certified()).as("%s", point).isBetween(0.0, Math.min(before, point.attacked()));
            before = point.certified();
        }
        assertThat(curve.points().get(0).certified()).isEqualTo(curve.clean());
        assertThat(curve.points().get(4).attacked()).isZero();
    }

    /** Du + d for one input. */
    private static ImplicitModel affine(double[][] d, double... bias) {
        return ImplicitModel.of(
                new ZeroOperator(1, 1),
                new ZeroOperator(1, 1),
                new ZeroOperator(d.length, 1),
                DenseOperator.copyOf(Nd4j.createFromArray(d)),
                Offset.zero(1),
                Offset.repeated(Nd4j.createFromArray(bias).reshape(bias.length, 1), 1),
                Activations.relu());
    }

    private static RobustnessCurve curve(ImplicitModel model, double u, int label, double... sigmas) {
        return RobustnessCurve.of(
                model,
                Nd4j.createFromArray(new double[][] {{u}}),
                new int[] {label},
                sigmas,
                CertifiedRadius.withDefaults().withLargest(4),
                ProjectedGradientAttack.withDefaults(),
                (done, all) -> {});
    }

    @Test
    void aTieIsWrongWhicheverOfTheTiedClassesIsTheLabel() {
        // At u = 1 the outputs are (1, 1, −1).
        ImplicitModel model = affine(new double[][] {{1}, {1}, {-1}}, 0, 0, 0);
        for (int label = 0; label < 3; label++) {
            RobustnessCurve curve = curve(model, 1, label, 0, 0.5);
            assertThat(curve.clean()).isZero();
            assertThat(curve.points())
                    .containsExactly(new RobustnessCurve.Point(0, 0, 0), new RobustnessCurve.Point(0.5, 0, 0));
        }
    }

    @Test
    void anAttackSucceedsWhereItReachesATieAndNoCertificateDoes() {
        // The outputs are (1, u): classes 0 and 1 tie at u = 1, the end of the box around 0 with σ = 1.
        ImplicitModel model = affine(new double[][] {{0}, {1}}, 1, 0);
        RobustnessCurve curve = curve(model, 0, 0, 0, 0.5, 1);
        assertThat(curve.clean()).isOne();
        assertThat(curve.points())
                .containsExactly(
                        new RobustnessCurve.Point(0, 1, 1),
                        new RobustnessCurve.Point(0.5, 1, 1),
                        new RobustnessCurve.Point(1, 0, 0));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ImplicitModel model = new Models(72).contraction(3, 4, 2, Activations.relu());
        ImplicitModel single = new Models(73).contraction(3, 4, 1, Activations.relu());
        INDArray u = new Models(74).array(3, 2);
        CertifiedRadius certifier = CertifiedRadius.withDefaults();

        assertThatThrownBy(() -> certifier.of(single, u))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 2 outputs");
        assertThatThrownBy(() -> certifier.of(model, u.transpose()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, samples]");
        assertThatThrownBy(() -> certifier.withDomain(2, 3).of(model, u))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must lie in the domain [2.0, 3.0]");
        assertThatThrownBy(() -> BoxBounds.of(model).margins(InputBox.around(u, 0.1), 0, 2))
                .hasMessageContaining("The class of sample 1 must be one of the outputs 0 to 1, but is 2");
        assertThatThrownBy(() -> BoxBounds.of(model).margins(InputBox.around(u, 0.1), 0))
                .hasMessageContaining("a class for each of the 2 samples, but 1 were given");
        assertThatThrownBy(() -> InputBox.around(u, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is -1.0");
        assertThatThrownBy(() -> InputBox.around(u, Nd4j.ones(5)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("vector of length 3");
    }

    @Test
    void anActivationWithoutALipschitzConstantIsRefusedOnlyWhereOneIsNeeded() {
        ImplicitModel cube = new Models(75)
                .feedforward(3, 4, 2, Activations.of(Activation.CUBE), Activations.relu(), Activations.relu());

        assertThatThrownBy(() -> LipschitzBounds.of(cube))
                .isInstanceOf(UnboundedException.class)
                .hasMessageContaining("no Lipschitz constant");
        Radii radii = CertifiedRadius.withDefaults().of(cube, new Models(76).array(3, 4));
        assertThat(radii.byLipschitz()).containsOnly(0);
        assertThat(Arrays.stream(radii.certified()).max().orElseThrow()).isPositive();
    }

    /** Two rings of radius 1 and 2 around the origin, samples as columns. */
    private static INDArray rings(long seed, int samples) {
        Random random = new Random(seed);
        INDArray u = Nd4j.zeros(DataType.DOUBLE, 2, samples);
        for (int s = 0; s < samples; s++) {
            double radius = (s % 2 == 0 ? 0.5 : 2) + 0.1 * random.nextGaussian();
            double angle = 2 * Math.PI * random.nextDouble();
            u.putScalar(0, s, radius * Math.cos(angle));
            u.putScalar(1, s, radius * Math.sin(angle));
        }
        return u;
    }

    private static int[] labels(int samples) {
        int[] labels = new int[samples];
        Arrays.setAll(labels, s -> s % 2);
        return labels;
    }

    /** The conversion, up to the softmax, of a network of single precision that Deeplearning4j trains on the data. */
    private static ImplicitModel trained(INDArray u, int[] labels) {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(82)
                .updater(new Adam(0.02))
                .activation(Activation.RELU)
                .list()
                .layer(new DenseLayer.Builder().nIn(2).nOut(16).build())
                .layer(new DenseLayer.Builder().nIn(16).nOut(16).build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(16)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        network.init();
        INDArray features = u.transpose().castTo(DataType.FLOAT);
        INDArray targets = Nd4j.zeros(DataType.FLOAT, labels.length, 2);
        for (int s = 0; s < labels.length; s++) {
            targets.putScalar(s, labels[s], 1);
        }
        for (int epoch = 0; epoch < 150; epoch++) {
            network.fit(features, targets);
        }
        return NetworkConverter.standard().convert(network).preOutput();
    }
}
