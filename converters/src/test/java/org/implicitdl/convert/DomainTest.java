package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.compress.Pruning;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.file.FileContent;
import org.implicitdl.file.ModelFile;
import org.implicitdl.file.ModelFileException;
import org.implicitdl.operator.ShapeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.shade.jackson.databind.node.ObjectNode;

/** An implicit network knows the inputs for which it computes what the network does that it was made of. */
class DomainTest {
    private static final int INPUTS = 2;
    private static final InputBox UNIT = InputBox.of(INPUTS, 0, 1);

    private final MultiLayerNetwork original = network();
    private final ImplicitNetwork whole = NetworkConverter.standard().convert(original);

    @TempDir
    private Path folder;

    /** Its ReLUs are those of u₁ + u₂ (linear for inputs ≥ 0), u₁ − 2 (0 for inputs ≤ 2) and u₁ − u₂. */
    private static MultiLayerNetwork network() {
        MultiLayerNetwork network = RandomNetworks.initialized(new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(INPUTS)
                        .nOut(3)
                        .activation(Activation.RELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.TANH)
                        .build()));
        network.getLayer(0).setParam("W", Nd4j.createFromArray(new double[][] {{1, 1, 1}, {1, 0, -1}}));
        network.getLayer(0).setParam("b", Nd4j.createFromArray(new double[][] {{0, -2, 0}}));
        network.getLayer(1).setParam("W", Nd4j.createFromArray(new double[][] {{0.3, 0.1}, {1, -1}, {0.2, 0.4}}));
        return network;
    }

    private static ImplicitNetwork reduced(ImplicitNetwork network, InputBox box) {
        return network.withModels(
                Reducer.standard().reduce(network.model(), box).model(),
                Reducer.standard().reduce(network.preOutput(), box).model(),
                box);
    }

    private ImplicitNetwork stored(ImplicitNetwork network) {
        Path file = folder.resolve("network.zip");
        network.save(file);
        return ImplicitNetwork.load(file);
    }

    @Test
    void aConvertedNetworkHoldsForAllInputs() {
        assertThat(whole.domain()).isEqualTo(InputBox.everything(INPUTS));
        assertThat(stored(whole).domain()).isEqualTo(InputBox.everything(INPUTS));
        assertThat(whole.summary()).doesNotContain("only");
        assertThat(whole.toString()).doesNotContain("only");
    }

    @Test
    void aReducedNetworkComputesTheSameInItsDomainAndSomethingElseOutside() {
        ImplicitNetwork small = reduced(whole, UNIT);
        INDArray inside = Nd4j.rand(DataType.DOUBLE, 50, INPUTS);
        INDArray outside = inside.sub(2);

        assertThat(small.model().states()).isLessThan(whole.model().states());
        assertThat(small.domain()).isEqualTo(UNIT);
        assertThat(small.domain().contains(small.columns(inside))).isTrue();
        ConversionTest.assertEqual(small.output(inside), original.output(inside));
        assertThat(small.domain().contains(small.columns(outside))).isFalse();
        assertThat(small.output(outside).distance2(original.output(outside))).isGreaterThan(0.1);
    }

    @Test
    void theDomainOfANetworkReducedTwiceIsWhatBothBoxesHaveInCommon() {
        ImplicitNetwork once = reduced(whole, InputBox.of(INPUTS, 0, 5));
        ImplicitNetwork twice = reduced(once, InputBox.of(INPUTS, -1, 1.5));
        assertThat(twice.domain()).isEqualTo(InputBox.of(INPUTS, 0, 1.5));
        assertThat(twice.model().states()).isLessThan(once.model().states());
        INDArray inside = Nd4j.rand(DataType.DOUBLE, 50, INPUTS).muli(1.5);
        ConversionTest.assertEqual(twice.output(inside), original.output(inside));
        assertThatThrownBy(() -> reduced(once, InputBox.of(INPUTS, -2, -1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[0, 5]", "[-2, -1]", "no input");
    }

    @Test
    void modelsThatHoldForAnyInputLeaveTheDomainAsItIs() {
        ImplicitNetwork small = reduced(whole, UNIT);
        Pruning pruning = Pruning.keeping(0.5);
        assertThat(small.withModels(pruning.apply(small.model()), pruning.apply(small.preOutput()))
                        .domain())
                .isEqualTo(UNIT);
        assertThat(reduced(whole, InputBox.everything(INPUTS)).domain().isEverything())
                .isTrue();
    }

    @Test
    void aFileKeepsTheDomainToTheLastBit() {
        double third = 1 / 3.0;
        for (InputBox box : new InputBox[] {
            UNIT,
            InputBox.of(INPUTS, -third, Double.POSITIVE_INFINITY),
            InputBox.between(
                    Nd4j.createFromArray(new double[][] {{third}, {Double.NEGATIVE_INFINITY}}),
                    Nd4j.createFromArray(new double[][] {{1e300}, {third}}))
        }) {
            assertThat(stored(reduced(whole, box)).domain()).as(box.toString()).isEqualTo(box);
        }
    }

    @Test
    void theTextsTellOfADomainThatIsNotEverything() {
        ImplicitNetwork small = reduced(whole, UNIT);
        assertThat(small).hasToString("implicit network, for all 2 inputs in [0, 1] only: " + small.model());
        assertThat(small.summary()).contains("holds for all 2 inputs in [0, 1] only");
    }

    @Test
    void nothingIsSaidOfTheOriginalOutsideOfTheDomain() {
        ImplicitNetwork small = reduced(whole, InputBox.of(INPUTS, 0.2, 0.8));
        assertThatCode(() -> small.requireHoldsFor(InputBox.of(INPUTS, 0.2, 0.7)))
                .doesNotThrowAnyException();
        assertThatCode(() -> whole.requireHoldsFor(UNIT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> small.requireHoldsFor(UNIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("[0.2, 0.8]", "[0, 1]", "reduce the original again");
    }

    @Test
    void aBoxOfOtherInputsIsRefused() {
        assertThatThrownBy(() -> whole.withModels(whole.model(), whole.preOutput(), InputBox.of(3, 0, 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll("2 inputs", "1 for 3");
    }

    /** A file as versions wrote it that knew of no domain. */
    private Path older(ImplicitNetwork network) {
        Path file = folder.resolve("older.zip");
        network.save(file);
        FileContent content = ModelFile.read(file);
        ObjectNode description = content.description().deepCopy();
        assertThat(description.remove("domain")).isNotNull();
        ModelFile.write(new FileContent(content.kind(), content.models(), description), file);
        return file;
    }

    @Test
    void anOlderFileIsRefusedBecauseItsNetworkMayHaveBeenReduced() {
        Path file = older(reduced(whole, UNIT));
        assertThatThrownBy(() -> ImplicitNetwork.load(file))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContainingAll("older.zip", "older version", "which inputs", "again");
    }
}
