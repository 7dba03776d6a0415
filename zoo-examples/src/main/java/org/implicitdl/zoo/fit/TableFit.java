package org.implicitdl.zoo.fit;

import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.settings.BlockDescentSettings;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Prepared;
import org.implicitdl.zoo.table.Split;
import org.implicitdl.zoo.table.TableData;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Fits a network to a table. The same settings and table give the same network, on the same machine and threads. */
public final class TableFit {
    private static final double NANO = 1e-9;

    private TableFit() {}

    /**
     * Makes sure that the trainer takes the network, before there is a table.
     *
     * @throws org.implicitdl.train.UnsupportedNetworkException if it does not
     * @throws org.deeplearning4j.exception.DL4JInvalidConfigException if the network cannot be made
     */
    public static void requireTrainable(FitSettings settings) {
        Label label = new Label("label", List.of("one", "other"));
        MultiLayerNetwork network = TableNetwork.create(settings, label, 1);
        if (settings.trainer() instanceof BlockDescentSettings descent) {
            descent.trainer().start(network, new DataSet(Nd4j.ones(DataType.DOUBLE, 2, 1), Nd4j.eye(2)));
        }
    }

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
        FitProgress listener = new FitProgress(settings.trainer(), progress);
        network.setListeners(listener);
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
                listener.scores(),
                seconds);
    }
}
