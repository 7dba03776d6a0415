package org.implicitdl.train.arbiter;

import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.EarlyStoppingResult.TerminationReason;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * What comes of a candidate's training.
 *
 * @param net the network; with early stopping the best one
 * @param epochs how many epochs it has seen
 * @param ending how the training ended
 */
record TrainedNetwork(MultiLayerNetwork net, int epochs, String ending) {

    /** @throws IllegalStateException if early stopping ends with an error, or without a model */
    static TrainedNetwork of(NetworkWithTrainer candidate, MultiLayerNetwork net, DataSetIterator data) {
        TrainerSettings trainer = candidate.trainer();
        EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping = candidate.getEarlyStoppingConfiguration();
        if (earlyStopping == null) {
            trainer.fit(net, data);
            return new TrainedNetwork(net, net.getEpochCount(), "the trainer was through");
        }
        EarlyStoppingResult<MultiLayerNetwork> result = stopped(trainer, earlyStopping, net, data);
        if (result.getTerminationReason() == TerminationReason.Error || result.getBestModel() == null) {
            throw new IllegalStateException("Early stopping ended by "
                    + result.getTerminationReason() + " after " + Count.of(result.getTotalEpochs(), "epoch") + ": "
                    + result.getTerminationDetails());
        }
        return new TrainedNetwork(
                result.getBestModel(), result.getBestModelEpoch() + 1, result.getTerminationDetails());
    }

    private static EarlyStoppingResult<MultiLayerNetwork> stopped(
            TrainerSettings trainer,
            EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping,
            MultiLayerNetwork net,
            DataSetIterator data) {
        try {
            return trainer.earlyStopping(earlyStopping, net, data).fit();
        } catch (NullPointerException e) {
            // DL4J asks for the score of a best model that there is not yet.
            throw new IllegalStateException(
                    "Early stopping ended before it had scored a model: the training failed, or a condition on"
                            + " iterations held, in the first epoch. A lower learning rate may help; the log has the"
                            + " reason.",
                    e);
        }
    }
}
