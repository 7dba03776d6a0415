package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Seeded graphs of images and rows of features: one or two inputs and outputs, with all vertices in random places. */
final class RandomGraphs {

    /** A graph and the types of its inputs. */
    record Drawn(ComputationGraph graph, InputType[] inputs) {
        INDArray[] features(long seed, int samples, DataType type) {
            INDArray[] all = new INDArray[inputs.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = RandomImageNetworks.features(seed + i, inputs[i], samples, type);
            }
            return all;
        }
    }

    private final Random random;
    private final CNN2DFormat format;
    private final ComputationGraphConfiguration.GraphBuilder graph;
    private int count;

    private RandomGraphs(Random random, DataType type) {
        this.random = random;
        this.format = random.nextInt(3) > 0 ? CNN2DFormat.NCHW : CNN2DFormat.NHWC;
        this.graph = new NeuralNetConfiguration.Builder()
                .seed(random.nextLong())
                .dataType(type)
                .inferenceWorkspaceMode(WorkspaceMode.NONE)
                .graphBuilder()
                .validateOutputLayerConfig(false);
    }

    static Drawn any(long seed, DataType type) {
        // Some settings do not fit each other, or are too much for DL4J; the next draw may do.
        for (long attempt = 0; ; attempt++) {
            try {
                return new RandomGraphs(new Random(seed + 1_000_003 * attempt), type).draw(type);
            } catch (RuntimeException e) {
                if (attempt == 200) {
                    throw e;
                }
            }
        }
    }

    private Drawn draw(DataType type) {
        InputType image = InputType.convolutional(4, 4, 2, format);
        boolean two = random.nextBoolean();
        InputType[] inputs = two ? new InputType[] {image, InputType.feedForward(3)} : new InputType[] {image};
        graph.addInputs(two ? new String[] {"image", "row"} : new String[] {"image"})
                .setInputTypes(inputs);
        List<String> images = new ArrayList<>(List.of("image"));
        int depth = 2 + random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            images.add(vertex(images));
        }
        String pooled = add("pool", new GlobalPoolingLayer.Builder().build(), images.get(images.size() - 1));
        String flat = add("flat", dense(3), images.get(random.nextInt(images.size())));
        String rows = rows(two ? List.of(pooled, flat, "row") : List.of(pooled, flat));
        graph.addLayer("out", output(), rows);
        if (random.nextBoolean()) {
            graph.addLayer("more", output(), random.nextBoolean() ? rows : flat).setOutputs("out", "more");
        } else {
            graph.setOutputs("out");
        }
        ComputationGraph built = new ComputationGraph(graph.build());
        built.init();
        RandomImageNetworks.randomize(built, random);
        for (org.deeplearning4j.nn.api.Layer layer : built.getLayers()) {
            RandomImageNetworks.makeVariancePositive(layer);
        }
        Drawn drawn = new Drawn(built, inputs);
        built.output(drawn.features(0, 2, type));
        return drawn;
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private DenseLayer dense(int outputs) {
        return new DenseLayer.Builder().nOut(outputs).activation(activation()).build();
    }

    private Activation activation() {
        return random.nextBoolean() ? Activation.IDENTITY : Activation.RELU;
    }

    private String add(String name, org.deeplearning4j.nn.conf.layers.Layer layer, String... inputs) {
        String own = name + count++;
        graph.addLayer(own, layer, inputs);
        return own;
    }

    private String add(org.deeplearning4j.nn.conf.graph.GraphVertex vertex, String... inputs) {
        String own = vertex.getClass().getSimpleName() + count++;
        graph.addVertex(own, vertex, inputs);
        return own;
    }

    private String vertex(List<String> images) {
        String one = images.get(random.nextInt(images.size()));
        String other = images.get(random.nextInt(images.size()));
        String last = images.get(images.size() - 1);
        return switch (random.nextInt(11)) {
            case 0, 1 ->
                add(
                        "conv",
                        new ConvolutionLayer.Builder(2, 2)
                                .nOut(2)
                                .convolutionMode(
                                        random.nextInt(3) == 0 ? ConvolutionMode.Truncate : ConvolutionMode.Same)
                                .activation(activation())
                                .dataFormat(format)
                                .build(),
                        last);
            case 2 ->
                add(
                        "max",
                        new SubsamplingLayer.Builder(
                                        SubsamplingLayer.PoolingType.MAX, new int[] {2, 2}, new int[] {1, 1})
                                .convolutionMode(ConvolutionMode.Same)
                                .build(),
                        one);
            case 3 -> add("norm", new BatchNormalization.Builder().build(), last);
            case 4 -> {
                ElementWiseVertex.Op[] ops = ElementWiseVertex.Op.values();
                yield add(new ElementWiseVertex(ops[random.nextInt(ops.length)]), one, other);
            }
            case 5 -> add(new ElementWiseVertex(ElementWiseVertex.Op.Average), one, other, last);
            case 6 -> add(new MergeVertex(), one, other);
            case 7 ->
                // DL4J takes part of the rows, if channels are last.
                random.nextBoolean() && format == CNN2DFormat.NCHW
                        ? add(new SubsetVertex(0, 0), last)
                        : add(new ScaleVertex(0.7), last);
            case 8 -> add(new ShiftVertex(-0.3), last);
            case 9 -> add(new PoolHelperVertex(), last);
            // DL4J's activation layers overwrite their input, which nobody else must read.
            default -> add("act", new ActivationLayer(Activation.TANH), add(new ShiftVertex(0.1), last));
        };
    }

    private String rows(List<String> rows) {
        String merged = add(new MergeVertex(), rows.toArray(String[]::new));
        if (random.nextBoolean()) {
            String one = add("dense", dense(4), merged);
            return add(
                    new ReshapeVertex(-1, 4),
                    add(new ElementWiseVertex(ElementWiseVertex.Op.Product), one, add("dense", dense(4), merged)));
        }
        return merged;
    }
}
