package org.implicitdl.zoo.bench.convert;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.convert.compress.IterativePruning;
import org.implicitdl.convert.reduce.Reducer;
import org.implicitdl.convert.reduce.Reduction;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;
import org.implicitdl.zoo.convert.LeNet;
import org.implicitdl.zoo.convert.SourceNetwork;
import org.implicitdl.zoo.data.ImageData;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.data.ImageSplit;
import org.implicitdl.zoo.report.Progress;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * By how much the exact reductions change the outputs of a trained LeNet, for test images; and of the same LeNet with a
 * fifth of its weights, of which more states leave.
 */
final class ExactReduction implements Measurement {
    private static final long SEED = 1;
    private static final double SHARE = 0.2;
    private static final double ROUNDING = 1e-6;

    @Override
    public String name() {
        return "reduction";
    }

    @Override
    public String description() {
        return "Exact reductions of a trained LeNet (float)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        ImageSplit images = ImageData.mnistSubset(SEED);
        ImageSet train = images.train().part(0, effort.size(images.train().size(), 200));
        MultiLayerNetwork network = LeNet.train(train, effort.size(3, 1), SEED, Progress.none());
        INDArray test = images.test()
                .batch(0, effort.size(images.test().size(), 20))
                .getFeatures()
                .transpose();
        ImplicitModel whole = converted(network);
        ImplicitModel pruned = converted(pruned(network));
        InputBox everything = InputBox.everything(whole.inputs());
        InputBox pixels = InputBox.of(whole.inputs(), 0, 1);
        List<Row> rows = new ArrayList<>();
        rows.addAll(compare("LeNet, inputs of any size", whole, everything, test));
        rows.addAll(compare("LeNet, pixels", whole, pixels, test));
        rows.addAll(compare("a fifth of its weights, inputs of any size", pruned, everything, test));
        rows.addAll(compare("a fifth of its weights, pixels", pruned, pixels, test));
        return rows;
    }

    private static ImplicitModel converted(MultiLayerNetwork network) {
        return new SourceNetwork(network, List.of()).convert().model();
    }

    /** Without training on: the accuracy is not what is measured. */
    private static MultiLayerNetwork pruned(MultiLayerNetwork network) {
        return IterativePruning.keeping(SHARE)
                .withRounds(1)
                .prune(network, same -> {}, same -> 0)
                .smallestWithin(0)
                .network();
    }

    private static List<Row> compare(String what, ImplicitModel model, InputBox box, INDArray u) {
        Reduction reduction = Reducer.standard().reduce(model, box);
        INDArray expected = model.output(u);
        double change = reduction.model().output(u).sub(expected).amaxNumber().doubleValue();
        return List.of(
                Row.told(what + ": states that leave", model.states() - reduction.kept().length, ""),
                Row.asked(
                        what + ": largest relative change of the output",
                        Bound.atMost(ROUNDING),
                        change / expected.amaxNumber().doubleValue(),
                        ""));
    }
}
