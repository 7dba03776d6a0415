package org.implicitdl.zoo.fit;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.table.Prepared;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;

/** Fits a network to a table. */
public final class TableFit {
    private TableFit() {}

    /**
     * Trains on most of the rows and predicts those that were held out.
     *
     * @throws org.implicitdl.train.UnsupportedNetworkException if the trainer does not take the network
     * @throws DivergedException if the training ends with weights that are no numbers
     */
    public static FitResults run(FitSettings settings, TableData data) {
        Split split = Split.stratified(data.classes(), settings.heldOut(), settings.seed());
        Prepared prepared = Prepared.of(data, split);
        MultiLayerNetwork network =
                TableNetwork.create(settings, data.task(), prepared.train().numInputs(), data.outputs());
        long start = System.nanoTime();
        settings.trainer().fit(network, new SingletonDataSetIterator(prepared.train()));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!Double.isFinite(network.params().sumNumber().doubleValue())) {
            throw new DivergedException(settings.trainer());
        }
        FittedModel model = new FittedModel(
                network,
                prepared.transform(),
                prepared.normalizer(),
                data.schema().label().name(),
                List.copyOf(data.schema().label().categories()));
        return new FitResults(settings, data, split, model, model.predict(data.table(), split.test()), seconds);
    }
}
