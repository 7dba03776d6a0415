package org.implicitdl.train;

import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What a checkpoint is of, and how a network stood. The state of the method follows it in the file. */
final class Checkpoint {
    private final String trainer;
    private final long network;
    private final long data;

    private Checkpoint(String trainer, long network, long data) {
        this.trainer = trainer;
        this.network = network;
        this.data = data;
    }

    /**
     * What checkpoints of a training are of.
     *
     * @param trainer all settings in words
     * @param first the first batch
     */
    static Checkpoint of(String trainer, MultiLayerNetwork net, DataSet first) {
        return new Checkpoint(trainer, Fingerprint.of(net), Fingerprint.of(first));
    }

    void write(CheckpointFile file, MultiLayerNetwork net, Consumer<StateWriter> method) {
        file.write(writer -> {
            writer.text(trainer);
            writer.text(Long.toHexString(network));
            writer.text(Long.toHexString(data));
            writer.count(net.getIterationCount());
            writer.count(net.getEpochCount());
            writer.number(net.score());
            writer.array(net.params());
            method.accept(writer);
        });
    }

    /**
     * Puts the network where the checkpoint was written; it stays as it is if this fails.
     *
     * @return a reader of what the method wrote
     * @throws CheckpointException if the file is damaged, or of another training
     */
    StateReader restore(CheckpointFile file, MultiLayerNetwork net) {
        StateReader reader = file.read();
        require(file, "settings of the trainer", trainer, reader.text());
        require(file, "configuration of the network", Long.toHexString(network), reader.text());
        require(file, "data (by the first batch)", Long.toHexString(data), reader.text());
        int iterations = reader.count();
        int epochs = reader.count();
        double score = reader.number();
        INDArray params = Nd4j.create(net.params().dataType(), net.params().shape(), 'f');
        reader.into(params);
        net.setParams(params);
        net.getLayerWiseConfigurations().setIterationCount(iterations);
        net.getLayerWiseConfigurations().setEpochCount(epochs);
        net.setScore(score);
        return reader;
    }

    private static void require(CheckpointFile file, String what, String expected, String found) {
        if (!expected.equals(found)) {
            throw new CheckpointException("The checkpoint '" + file.path() + "' is of another training: its " + what
                    + " is \"" + found + "\", but here it is \"" + expected
                    + "\"; resume with what it was written with, or call fit to begin again.");
        }
    }
}
