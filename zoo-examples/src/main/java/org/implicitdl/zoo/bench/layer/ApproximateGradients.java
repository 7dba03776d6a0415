package org.implicitdl.zoo.bench.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.GradientType;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.ops.transforms.Transforms;

/** How far gradients without the transposed system point into the direction of the exact one. */
final class ApproximateGradients implements Measurement {
    private static final int INPUTS = 20;
    private static final int STATES = 64;
    private static final int CLASSES = 5;
    private static final int SAMPLES = 32;
    private static final double KAPPA = 0.95;

    @Override
    public String name() {
        return "gradient-cosine";
    }

    @Override
    public String description() {
        return "Cosine with the exact gradient (tanh, 64 states, norm .95)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        Draws draws = new Draws(5, DataType.DOUBLE);
        INDArray features = draws.normal(SAMPLES, INPUTS);
        INDArray labels = draws.labels(SAMPLES, CLASSES);
        Map<String, INDArray> matrices = Map.of(
                "random A", draws.rows(STATES, KAPPA),
                "positive A", draws.positiveRows(STATES, KAPPA),
                "symmetric A", draws.symmetric(STATES, -0.4, 0.4));
        List<Row> rows = new ArrayList<>();
        matrices.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            INDArray exact = gradient(options(GradientType.EXACT), entry.getValue(), features, labels);
            INDArray oneStep = gradient(options(GradientType.ONE_STEP), entry.getValue(), features, labels);
            rows.add(Row.told("one step, " + entry.getKey(), Transforms.cosineSim(oneStep, exact), ""));
            for (int k : new int[] {5, 20}) {
                ImplicitLayer.Builder phantom = options(GradientType.PHANTOM).phantomSteps(k);
                INDArray gradient = gradient(phantom, entry.getValue(), features, labels);
                rows.add(Row.told(
                        "phantom of " + k + " steps damped by .5, " + entry.getKey(),
                        Transforms.cosineSim(gradient, exact),
                        ""));
            }
        });
        return rows;
    }

    private static ImplicitLayer.Builder options(GradientType type) {
        return new ImplicitLayer.Builder()
                .nIn(INPUTS)
                .nOut(CLASSES)
                .stateSize(STATES)
                .activation(Activation.TANH)
                .gradient(type);
    }

    private static INDArray gradient(ImplicitLayer.Builder layer, INDArray a, INDArray features, INDArray labels) {
        MultiLayerNetwork network = Networks.of(
                DataType.DOUBLE, new NoOp(), layer.kappa(KAPPA).build(), Networks.softmax(CLASSES, CLASSES));
        network.setParam("0_A", a);
        network.setInput(features);
        network.setLabels(labels);
        network.computeGradientAndScore();
        return network.gradient().gradient().dup();
    }
}
