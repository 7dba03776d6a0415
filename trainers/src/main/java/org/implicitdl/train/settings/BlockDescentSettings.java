package org.implicitdl.train.settings;

import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.trainer.BaseEarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.BcdEarlyStoppingTrainer;
import org.implicitdl.train.BcdTrainer;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.NoOp;

/** Block coordinate descent of any kind: what {@link BcdTrainer} does is the same for all of them. */
public sealed interface BlockDescentSettings extends TrainerSettings
        permits BcdSettings, ImplicitBcdSettings, MinibatchBcdSettings {

    /** The trainer. */
    BcdTrainer trainer();

    /** How many steps of a polish follow the sweeps at most; 0 where there is none. */
    default int polishSteps() {
        return 0;
    }

    /** The batches in which the trainer takes the samples: those of the iterator, unless the settings say otherwise. */
    default DataSetIterator batches(MultiLayerNetwork net, DataSetIterator data) {
        return data;
    }

    /** The updater plays no part, and would only take memory and time in saved models. */
    @Override
    default void configure(NeuralNetConfiguration.Builder network) {
        network.updater(new NoOp());
    }

    @Override
    default void fit(MultiLayerNetwork net, DataSetIterator data) {
        trainer().fit(net, batches(net, data));
    }

    @Override
    default BaseEarlyStoppingTrainer<MultiLayerNetwork> earlyStopping(
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration, MultiLayerNetwork net, DataSetIterator data) {
        return new BcdEarlyStoppingTrainer(configuration, net, trainer(), batches(net, data));
    }
}
