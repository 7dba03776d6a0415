package org.implicitdl.train.arbiter;

import java.util.Objects;
import org.deeplearning4j.arbiter.DL4JConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.settings.TrainerSettings;

/**
 * A candidate of a {@link NetworkWithTrainerSpace}: the configuration of a network, the trainer that it is for, and how
 * early stopping ends the training, if it does. The number of epochs is the trainer's.
 */
public final class NetworkWithTrainer extends DL4JConfiguration {
    private static final long serialVersionUID = 1L;

    private final TrainerSettings trainer;

    /** A candidate whose trainer ends by itself. */
    public NetworkWithTrainer(MultiLayerConfiguration network, TrainerSettings trainer) {
        this(network, trainer, null);
    }

    /**
     * A candidate.
     *
     * @param earlyStopping how the training ends; null if the trainer ends by itself
     */
    public NetworkWithTrainer(
            MultiLayerConfiguration network,
            TrainerSettings trainer,
            EarlyStoppingConfiguration<MultiLayerNetwork> earlyStopping) {
        super(Objects.requireNonNull(network, "network"), earlyStopping, trainer.epochs());
        this.trainer = trainer;
    }

    /** The trainer. */
    public TrainerSettings trainer() {
        return trainer;
    }

    @Override
    @SuppressWarnings("unchecked") // the constructor takes no other
    public EarlyStoppingConfiguration<MultiLayerNetwork> getEarlyStoppingConfiguration() {
        return super.getEarlyStoppingConfiguration();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkWithTrainer that && super.equals(that) && trainer.equals(that.trainer);
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof NetworkWithTrainer;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), trainer);
    }

    @Override
    public String toString() {
        return getMultiLayerConfiguration().getConfs().size() + " layers, " + trainer;
    }
}
