package org.implicitdl.train.settings;

import java.io.Serializable;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.trainer.BaseEarlyStoppingTrainer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** How a network is trained, as a value: block coordinate descent, or back-propagation with any updater. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, include = JsonTypeInfo.As.PROPERTY, property = "@class")
public sealed interface TrainerSettings extends Serializable permits BlockDescentSettings, BackPropagationSettings {

    /** Adds to a configuration what the training needs there, before layers are added. */
    void configure(NeuralNetConfiguration.Builder network);

    /** Trains a network in place; its listeners are told. */
    void fit(MultiLayerNetwork net, DataSetIterator data);

    /** DL4J's early stopping around this training; how often the data are seen is then up to its conditions. */
    BaseEarlyStoppingTrainer<MultiLayerNetwork> earlyStopping(
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration, MultiLayerNetwork net, DataSetIterator data);

    /** How often {@link #fit} sees all samples, at most; listeners are told of the end of each time. */
    int epochs();

    /** A short name for tables and legends. */
    String trainerName();
}
