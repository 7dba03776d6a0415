package org.implicitdl.zoo.synthetic.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.convert.NetworkConverter;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.zoo.synthetic.SyntheticProblem;
import org.implicitdl.zoo.synthetic.TanhNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** The network of §7.1 after its exact conversion into the block strictly upper triangular model of §2.2. */
public record ConvertedNetwork(MultiLayerNetwork network, ImplicitNetwork implicit) {

    /** A network with random weights, converted. */
    public static ConvertedNetwork create(long seed) {
        MultiLayerNetwork network = PaperNetwork.create(seed, new NoOp());
        return new ConvertedNetwork(network, NetworkConverter.standard().convert(network));
    }

    /** The weights as they stand in the model: W₁ in B, W₂ above the diagonal of A, W₃ in C; the state is (x₂, x₁). */
    TanhNetwork weights() {
        ImplicitModel model = implicit.model();
        Partition states = model.blocks();
        int last = states.count() - 1;
        List<Matrix> weights = new ArrayList<>();
        weights.add(part(model.b(), states.start(last), states.end(last), 0, model.inputs()));
        for (int block = last - 1; block >= 0; block--) {
            weights.add(part(
                    model.a(), states.start(block), states.end(block), states.start(block + 1), states.end(block + 1)));
        }
        weights.add(part(model.c(), 0, model.outputs(), states.start(0), states.end(0)));
        return new TanhNetwork(weights);
    }

    /** What the model looks like, and how far its outputs are from those of the network. */
    public String description() {
        INDArray features = Nd4j.rand(DataType.FLOAT, 100, SyntheticProblem.WIDTHS.get(0));
        INDArray expected = network.output(features);
        double difference =
                implicit.output(features).subi(expected).amaxNumber().doubleValue()
                        / expected.amaxNumber().doubleValue();
        return String.format(
                Locale.ROOT,
                "the DL4J network of a trial, converted: %d states, A block strictly upper triangular (blocks of %s),"
                        + " outputs equal to the network's to %.0e; its weights are what every method starts from",
                implicit.model().states(),
                implicit.model().blocks(),
                difference);
    }

    private static Matrix part(LinearOperator operator, int top, int bottom, int left, int right) {
        Matrix all = Matrix.copyOf(operator.toDense(DataType.DOUBLE));
        Matrix part = Matrix.zeros(bottom - top, right - left);
        for (int j = left; j < right; j++) {
            for (int i = top; i < bottom; i++) {
                part.set(i - top, j - left, all.get(i, j));
            }
        }
        return part;
    }
}
