package org.implicitdl.train;

import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.listener.EarlyStoppingListener;
import org.deeplearning4j.earlystopping.trainer.BaseEarlyStoppingTrainer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * DL4J's early stopping around a {@link BcdTrainer}: every sweep over all samples, or with minibatches over all of them, is
 * one epoch, after which the scores and conditions of the configuration decide. The trainer's sweeps are followed by its
 * polishing steps; when they are through, the weights stay as they are until a condition ends the training.
 */
public final class BcdEarlyStoppingTrainer extends BaseEarlyStoppingTrainer<MultiLayerNetwork> {
    private final BcdTraining training;
    private RuntimeException failure;

    /** Training of a network on the samples of an iterator, as by {@link BcdTrainer#fit(MultiLayerNetwork, DataSetIterator)}. */
    public BcdEarlyStoppingTrainer(
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration,
            MultiLayerNetwork net,
            BcdTrainer trainer,
            DataSetIterator data) {
        this(configuration, net, trainer, data, null);
    }

    /** The same, with a listener. */
    public BcdEarlyStoppingTrainer(
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration,
            MultiLayerNetwork net,
            BcdTrainer trainer,
            DataSetIterator data,
            EarlyStoppingListener<MultiLayerNetwork> listener) {
        this(training(trainer, net, data), configuration, net, listener);
    }

    private BcdEarlyStoppingTrainer(
            BcdTraining training,
            EarlyStoppingConfiguration<MultiLayerNetwork> configuration,
            MultiLayerNetwork net,
            EarlyStoppingListener<MultiLayerNetwork> listener) {
        super(configuration, net, training.batches(), null, listener);
        this.training = training;
    }

    private static BcdTraining training(BcdTrainer trainer, MultiLayerNetwork net, DataSetIterator data) {
        if (trainer.keepsCheckpoints()) {
            throw new IllegalArgumentException("Early stopping cannot be resumed, so that checkpoints are of no use;"
                    + " leave out checkpoint, or keep models by the saver of the early stopping.");
        }
        return trainer.start(net, data);
    }

    /**
     * Trains until a condition of the configuration holds.
     *
     * @throws org.implicitdl.train.bcd.BlockStepException if the problem of a block cannot be solved in the first epoch;
     *     later ones end the training with what DL4J calls an error, and the best model so far
     */
    @Override
    public EarlyStoppingResult<MultiLayerNetwork> fit() {
        try (training) {
            return super.fit();
        } catch (NullPointerException e) {
            // What DL4J throws in place of a failure when there is no best model yet.
            throw failure == null ? e : failure;
        }
    }

    /** @throws UnsupportedOperationException always: there is no layerwise pretraining */
    @Override
    public EarlyStoppingResult<MultiLayerNetwork> pretrain() {
        throw noPretraining();
    }

    @Override
    protected void fit(DataSet data) {
        if (training.isFinished()) {
            return;
        }
        try {
            training.iterate(data);
            if (!training.batches().hasNext()) {
                training.endPass();
            }
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    protected void fit(MultiDataSet data) {
        throw noPretraining();
    }

    @Override
    protected void pretrain(DataSet data) {
        throw noPretraining();
    }

    @Override
    protected void pretrain(MultiDataSet data) {
        throw noPretraining();
    }

    private static UnsupportedOperationException noPretraining() {
        return new UnsupportedOperationException(
                "Block coordinate descent has no layerwise pretraining; call fit() instead of pretrain().");
    }
}
