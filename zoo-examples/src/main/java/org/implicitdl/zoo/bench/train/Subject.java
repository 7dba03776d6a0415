package org.implicitdl.zoo.bench.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdTrainer;
import org.implicitdl.zoo.data.ImageSet;
import org.implicitdl.zoo.race.Architecture;
import org.implicitdl.zoo.race.Sweeps;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * What is trained, and how.
 *
 * @param batch the number of samples that are seen at once; 0 for all
 */
record Subject(String name, Architecture network, BcdTrainer.Builder trainer, int batch) {
    private static final long SEED = 111;

    /** The faster of two sweeps after a first one, which warms up. */
    Sweep sweep(ImageSet train) {
        MultiLayerNetwork net = network.create(train, new NoOp(), SEED);
        Sweeps sweeps =
                new Sweeps(net, trainer.sweeps(3).build().start(net, new ExistingDataSetIterator(batches(train))));
        sweeps.next();
        return Stream.generate(() -> Sweep.next(sweeps))
                .limit(2)
                .min(Comparator.comparing(Sweep::processorSeconds))
                .orElseThrow();
    }

    private List<DataSet> batches(ImageSet train) {
        int size = batch == 0 ? train.size() : batch;
        List<DataSet> batches = new ArrayList<>();
        for (int from = 0; from < train.size(); from += size) {
            batches.add(train.batch(from, Math.min(train.size(), from + size)));
        }
        return batches;
    }
}
