package org.implicitdl.zoo.convert;

import static org.bytedeco.hdf5.global.hdf5.H5F_ACC_TRUNC;
import static org.bytedeco.hdf5.global.hdf5.H5S_SCALAR;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.hdf5.Attribute;
import org.bytedeco.hdf5.DataSet;
import org.bytedeco.hdf5.DataSpace;
import org.bytedeco.hdf5.Group;
import org.bytedeco.hdf5.H5File;
import org.bytedeco.hdf5.PredType;
import org.bytedeco.hdf5.StrType;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes models as Keras 2 does, into h5 files. */
public final class KerasFile {

    /** How Keras drew weights, which DL4J asks for though the weights are there. */
    static final String DRAWN = ", \"kernel_initializer\": {\"class_name\": \"GlorotUniform\", \"config\": {}},"
            + " \"bias_initializer\": {\"class_name\": \"Zeros\", \"config\": {}}, \"kernel_regularizer\": null,"
            + " \"bias_regularizer\": null, \"kernel_constraint\": null, \"bias_constraint\": null";

    /** A convolution, max pooling and a dense layer, of one channel that comes last; see {@link KerasFileTest}. */
    public static final List<String> LAYERS = List.of(
            layer(
                    "Conv2D",
                    "conv",
                    "\"batch_input_shape\": [null, 4, 5, 1], \"filters\": 2, \"kernel_size\": [2, 3],"
                            + " \"strides\": [1, 1], \"dilation_rate\": [1, 1], \"padding\": \"valid\","
                            + " \"data_format\": \"channels_last\", \"activation\": \"relu\", \"use_bias\": true"
                            + DRAWN),
            layer(
                    "MaxPooling2D",
                    "pool",
                    "\"pool_size\": [2, 2], \"strides\": [1, 1], \"padding\": \"valid\","
                            + " \"data_format\": \"channels_last\""),
            layer("Flatten", "flat", "\"data_format\": \"channels_last\""),
            layer("Dense", "dense", "\"units\": 3, \"activation\": \"softmax\", \"use_bias\": true" + DRAWN));

    private KerasFile() {}

    /** The description of a layer. */
    public static String layer(String type, String name, String config) {
        return "{\"class_name\": \"" + type + "\", \"config\": {\"name\": \"" + name + "\", \"trainable\": true, "
                + "\"dtype\": \"float32\", " + config + "}}";
    }

    /** The description of a layer of a functional model, which reads others. */
    static String reading(String layer, String name, String... sources) {
        String nodes = Stream.of(sources)
                .map(source -> "[\"" + source + "\", 0, 0, {}]")
                .collect(Collectors.joining(", "));
        return layer.substring(0, layer.length() - 1) + ", \"name\": \"" + name + "\", \"inbound_nodes\": ["
                + (sources.length == 0 ? "" : "[" + nodes + "]") + "]}";
    }

    /**
     * Writes a sequential model.
     *
     * @param layers the descriptions of the layers
     * @param weights kernel and bias by the name of their layer
     */
    public static void write(Path file, List<String> layers, Map<String, Map<String, INDArray>> weights) {
        write(file, "Sequential", "\"layers\": [" + String.join(", ", layers) + "]", weights);
    }

    /**
     * Writes a functional model.
     *
     * @param layers the descriptions of the layers, with what they read
     * @param inputs the names of its inputs
     * @param outputs the names of its outputs
     * @param weights kernel and bias by the name of their layer
     */
    static void writeFunctional(
            Path file,
            List<String> layers,
            List<String> inputs,
            List<String> outputs,
            Map<String, Map<String, INDArray>> weights) {
        write(
                file,
                "Model",
                "\"layers\": [" + String.join(", ", layers) + "], \"input_layers\": " + tensors(inputs)
                        + ", \"output_layers\": " + tensors(outputs),
                weights);
    }

    private static String tensors(List<String> names) {
        return names.stream().map(name -> "[\"" + name + "\", 0, 0]").toList().toString();
    }

    private static void write(Path file, String type, String config, Map<String, Map<String, INDArray>> weights) {
        H5File h5 = new H5File(file.toString(), H5F_ACC_TRUNC);
        text(h5, "keras_version", "2.3.1");
        text(h5, "backend", "tensorflow");
        text(
                h5,
                "model_config",
                "{\"class_name\": \"" + type + "\", \"config\": {\"name\": \"model\", " + config + "}}");
        Group all = h5.createGroup("model_weights");
        weights.forEach((layer, arrays) -> {
            Group outer = all.createGroup(layer);
            text(outer, "weight_names", layer + "/kernel:0");
            Group inner = outer.createGroup(layer);
            arrays.forEach((name, array) -> numbers(inner, name + ":0", array));
            inner.deallocate();
            outer.deallocate();
        });
        all.deallocate();
        h5.deallocate();
    }

    /** Writes an h5 file that holds nothing. */
    public static void writeNothing(Path file) {
        new H5File(file.toString(), H5F_ACC_TRUNC).deallocate();
    }

    private static void text(Group group, String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StrType type = new StrType(PredType.C_S1(), bytes.length + 1L);
        DataSpace one = new DataSpace(H5S_SCALAR);
        Attribute attribute = group.createAttribute(name, type, one);
        attribute.write(type, new BytePointer(text, StandardCharsets.UTF_8));
        attribute.deallocate();
        one.deallocate();
        type.deallocate();
    }

    private static void numbers(Group group, String name, INDArray array) {
        DataSpace space = new DataSpace(array.rank(), array.shape());
        DataSet set = group.createDataSet(name, PredType.NATIVE_FLOAT(), space);
        set.write(new FloatPointer(array.dup('c').data().asFloat()), PredType.NATIVE_FLOAT());
        set.deallocate();
        space.deallocate();
    }
}
