package org.implicitdl.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.implicitdl.zoo.convert.KerasFile.DRAWN;
import static org.implicitdl.zoo.convert.KerasFile.layer;
import static org.implicitdl.zoo.convert.KerasFile.reading;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.UnknownInputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Functional and recurrent models of Keras, imported by DL4J and converted, compute what the imported networks compute. */
class KerasModelsTest {
    private static final String RECURRENT = DRAWN + ", \"recurrent_initializer\": {\"class_name\": \"Orthogonal\","
            + " \"config\": {\"gain\": 1.0}}, \"recurrent_regularizer\": null, \"recurrent_constraint\": null,"
            + " \"activity_regularizer\": null, \"dropout\": 0.0, \"recurrent_dropout\": 0.0, \"go_backwards\": false,"
            + " \"stateful\": false, \"unroll\": false, \"use_bias\": true, \"activation\": \"tanh\"";

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void drawTheSame() {
        Nd4j.getRandom().setSeed(23);
        file = folder.resolve("model.h5");
    }

    private static Map<String, INDArray> dense(int in, int out) {
        return Map.of("kernel", drawn(in, out), "bias", drawn(out));
    }

    private static Map<String, INDArray> recurrent(int in, int size, int gates) {
        return Map.of(
                "kernel", drawn(in, gates * size),
                "recurrent_kernel", drawn(size, gates * size),
                "bias", drawn(gates * size));
    }

    private static INDArray drawn(long... shape) {
        return Nd4j.randn(DataType.FLOAT, shape);
    }

    private static String dense(String name, int units, String activation) {
        return layer(
                "Dense",
                name,
                "\"units\": " + units + ", \"activation\": \"" + activation + "\", \"use_bias\": true" + DRAWN);
    }

    private static String input(String name, String shape) {
        return reading(
                layer("InputLayer", name, "\"batch_input_shape\": [null, " + shape + "], \"sparse\": false"), name);
    }

    private static String lstm(String name, int units, boolean sequences, String more) {
        return layer(
                "LSTM",
                name,
                more + "\"units\": " + units + ", \"return_sequences\": " + sequences
                        + ", \"unit_forget_bias\": true, \"implementation\": 1, \"recurrent_activation\": \"sigmoid\""
                        + RECURRENT);
    }

    private ImplicitNetwork assertSame(INDArray... features) {
        return assertSame(SourceFile.read(file), features);
    }

    private static ImplicitNetwork assertSame(SourceNetwork source, INDArray... features) {
        ImplicitNetwork implicit = source.convert();
        INDArray[] expected = source.outputs(features);
        INDArray[] found = implicit.outputs(features);
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i].shape()).isEqualTo(expected[i].shape());
            assertThat(found[i].distance2(expected[i]))
                    .isLessThan(1e-5 * expected[i].norm2Number().doubleValue());
            assertThat(expected[i].slice(0).distance2(expected[i].slice(1))).isGreaterThan(1e-3);
        }
        return implicit;
    }

    /** Two inputs, of which one is read twice, a sum, a concatenation, and two outputs. */
    @Test
    void functionalModels() {
        Map<String, Map<String, INDArray>> weights =
                Map.of("one", dense(6, 4), "two", dense(3, 4), "classes", dense(7, 2), "value", dense(4, 1));
        KerasFile.writeFunctional(
                file,
                List.of(
                        input("u", "6"),
                        input("v", "3"),
                        reading(dense("one", 4, "relu"), "one", "u"),
                        reading(dense("two", 4, "tanh"), "two", "v"),
                        reading(layer("Add", "sum", "\"x\": 0"), "sum", "one", "two"),
                        reading(layer("Concatenate", "all", "\"axis\": -1"), "all", "sum", "v"),
                        reading(dense("classes", 2, "softmax"), "classes", "all"),
                        reading(dense("value", 1, "linear"), "value", "sum")),
                List.of("u", "v"),
                List.of("classes", "value"),
                weights);
        // Before the file is read: an imported network seeds the generator anew, by the time.
        INDArray u = drawn(5, 6);
        INDArray v = drawn(5, 3);
        assertThat(SourceFile.read(file).model()).isInstanceOf(ComputationGraph.class);
        ImplicitNetwork implicit = assertSame(u, v);

        INDArray sum =
                Transforms.relu(affine(u, weights.get("one"))).add(Transforms.tanh(affine(v, weights.get("two"))));
        INDArray classes = Transforms.softmax(affine(Nd4j.concat(1, sum, v), weights.get("classes")));
        assertThat(implicit.outputs(u, v)[0].distance2(classes)).isLessThan(1e-5);
        assertThat(implicit.outputs(u, v)[1].distance2(affine(sum, weights.get("value"))))
                .isLessThan(1e-5);
        assertThat(implicit.states(u, v)).containsKeys("one", "two", "sum", "all");
    }

    private static INDArray affine(INDArray rows, Map<String, INDArray> weights) {
        return rows.mmul(weights.get("kernel")).addiRowVector(weights.get("bias"));
    }

    @Test
    void recurrentModels() {
        Map<String, Map<String, INDArray>> weights =
                Map.of("first", recurrent(3, 4, 4), "second", recurrent(4, 6, 4), "classes", dense(6, 2));
        KerasFile.write(
                file,
                List.of(
                        lstm("first", 4, true, "\"batch_input_shape\": [null, 5, 3], "),
                        lstm("second", 6, false, ""),
                        dense("classes", 2, "softmax")),
                weights);
        INDArray sequences = drawn(3, 5, 3);
        ImplicitNetwork implicit = assertSame(sequences);

        List<INDArray> steps = IntStream.range(0, 5)
                .mapToObj(t -> sequences.get(NDArrayIndex.all(), NDArrayIndex.point(t), NDArrayIndex.all()))
                .toList();
        List<INDArray> second = hidden(hidden(steps, weights.get("first")), weights.get("second"));
        INDArray classes = Transforms.softmax(affine(second.get(4), weights.get("classes")));
        assertThat(implicit.output(sequences).distance2(classes)).isLessThan(1e-5);
    }

    /** Keras's LSTM, written out: its columns are the input and the forget gate, the candidate, and the output gate. */
    private static List<INDArray> hidden(List<INDArray> steps, Map<String, INDArray> weights) {
        long size = weights.get("recurrent_kernel").size(0);
        INDArray h = Nd4j.zeros(DataType.FLOAT, steps.get(0).size(0), size);
        INDArray c = h.dup();
        List<INDArray> all = new ArrayList<>();
        for (INDArray x : steps) {
            INDArray z = affine(x, weights).add(h.mmul(weights.get("recurrent_kernel")));
            INDArray[] gates = new INDArray[4];
            Arrays.setAll(gates, k -> z.get(NDArrayIndex.all(), NDArrayIndex.interval(k * size, (k + 1) * size)));
            c = Transforms.sigmoid(gates[1])
                    .mul(c)
                    .add(Transforms.sigmoid(gates[0]).mul(Transforms.tanh(gates[2])));
            h = Transforms.sigmoid(gates[3]).mul(Transforms.tanh(c));
            all.add(h);
        }
        return all;
    }

    /** Looks up one of seven words; the number of them in a text may be known, or null. */
    private static String embedding(String words) {
        return layer(
                "Embedding",
                "words",
                "\"batch_input_shape\": [null, " + words + "], \"input_dim\": 7, \"output_dim\": 3,"
                        + " \"input_length\": " + words + ", \"mask_zero\": false, \"embeddings_regularizer\": null,"
                        + " \"embeddings_constraint\": null, \"activity_regularizer\": null,"
                        + " \"embeddings_initializer\": {\"class_name\": \"RandomUniform\","
                        + " \"config\": {\"minval\": -0.05, \"maxval\": 0.05, \"seed\": null}}");
    }

    private static INDArray text() {
        return Nd4j.createFromArray(new float[][] {{0, 6, 3, 3}, {5, 1, 2, 4}, {2, 2, 2, 0}});
    }

    @Test
    void modelsOfText() {
        writeText("4");
        assertSame(text());
    }

    @Test
    void modelsOfTextOfAnyLengthWantToBeToldIt() {
        writeText("null");
        assertThatThrownBy(() -> SourceFile.read(file).convert()).isInstanceOf(UnknownInputException.class);
        assertSame(SourceFile.read(file).withInputs(List.of(InputType.recurrent(7, 4))), text());
        assertSame(SourceFile.read(file).withInputs(List.of(InputType.feedForward(4))), text());
    }

    private void writeText(String words) {
        KerasFile.write(
                file,
                List.of(embedding(words), lstm("lstm", 6, false, ""), dense("classes", 2, "softmax")),
                Map.of(
                        "words", Map.of("embeddings", drawn(7, 3)),
                        "lstm", recurrent(3, 6, 4),
                        "classes", dense(6, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "null"})
    void functionalModelsOfText(String words) {
        KerasFile.writeFunctional(
                file,
                List.of(
                        input("text", "4"),
                        input("v", "2"),
                        reading(embedding(words), "words", "text"),
                        reading(lstm("lstm", 3, false, ""), "lstm", "words"),
                        reading(layer("Concatenate", "all", "\"axis\": -1"), "all", "lstm", "v"),
                        reading(dense("out", 2, "tanh"), "out", "all")),
                List.of("text", "v"),
                List.of("out"),
                Map.of("words", Map.of("embeddings", drawn(7, 3)), "lstm", recurrent(3, 3, 4), "out", dense(5, 2)));
        assertSame(text(), drawn(3, 2));
    }

    @Test
    void functionalModelsOfSequencesAndRows() {
        String simple = layer(
                "SimpleRNN", "rnn", "\"units\": 4, \"return_sequences\": false, \"implementation\": 1" + RECURRENT);
        KerasFile.writeFunctional(
                file,
                List.of(
                        input("u", "5, 3"),
                        input("v", "2"),
                        reading(lstm("lstm", 3, true, ""), "lstm", "u"),
                        reading(simple, "rnn", "lstm"),
                        reading(layer("Concatenate", "all", "\"axis\": -1"), "all", "rnn", "v"),
                        reading(dense("out", 2, "tanh"), "out", "all")),
                List.of("u", "v"),
                List.of("out"),
                Map.of("lstm", recurrent(3, 3, 4), "rnn", recurrent(3, 4, 1), "out", dense(6, 2)));
        assertSame(drawn(3, 5, 3), drawn(3, 2));
    }
}
