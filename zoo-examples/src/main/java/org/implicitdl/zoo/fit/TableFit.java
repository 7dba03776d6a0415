package org.implicitdl.zoo.fit;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.Prepared;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;

/** Fits a network to a table. The same settings and table give the same network, on the same machine and threads. */
public final class TableFit {
    private static final double NANO = 1e-9;

    private TableFit() {}

    /**
     * Trains on the training rows of a split and predicts the others.
     *
     * @param progress a step for each of {@link org.implicitdl.train.settings.TrainerSettings#epochs}, or fewer if the
     *     training ends before
     * @throws org.implicitdl.zoo.table.TableException if no feature changes in the training rows
     * @throws org.implicitdl.train.UnsupportedNetworkException if the trainer does not take the network
     * @throws DivergedException if the training ends with a score or weights that are no numbers
     */
    public static FitResults run(FitSettings settings, TableData data, Split split, Progress progress) {
        Prepared prepared = Prepared.of(data, split);
        MultiLayerNetwork network =
                TableNetwork.create(settings, data.label(), prepared.train().numInputs());
        network.setListeners(new FitProgress(settings.trainer(), progress));
        long start = System.nanoTime();
        settings.trainer().fit(network, new SingletonDataSetIterator(prepared.train()));
        double seconds = (System.nanoTime() - start) * NANO;
        network.setListeners();
        if (!Double.isFinite(network.params().sumNumber().doubleValue())) {
            throw new DivergedException(settings.trainer());
        }
        FittedModel model = new FittedModel(network, prepared.transform(), prepared.normalizer(), data.label());
        return new FitResults(
                settings,
                data,
                split,
                model,
                model.predict(data.table(), split.train()),
                model.predict(data.table(), split.heldOut()),
                seconds);
    }
}
