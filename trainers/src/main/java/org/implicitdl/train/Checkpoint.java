package org.implicitdl.train;

import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where the checkpoints of a training are kept: what they are of, how far it is, and how the network stands. The state of
 * the method follows in the file.
 */
record Checkpoint(CheckpointFile file, TrainingMethod method, TrainingIdentity training) {

    /**
     * What a checkpoint holds beside the network.
     *
     * @param passes how many were done
     * @param state a reader of what the method wrote
     */
    record Restored(int passes, StateReader state) {}

    /** Whether one is due after a number of passes, which may be the last ones. */
    boolean isDue(int passes, boolean isFinished) {
        return isFinished || passes % file.every() == 0;
    }

    void write(MultiLayerNetwork net, int passes, Consumer<StateWriter> state) {
        file.write(writer -> {
            training.write(writer);
            writer.count(passes);
            writer.count(net.getIterationCount());
            writer.count(net.getEpochCount());
            writer.number(net.score());
            writer.array(net.params());
            state.accept(writer);
        });
    }

    /**
     * Puts the network where the checkpoint was written; it stays as it is if this fails.
     *
     * @throws CheckpointException if the file is damaged, or of another training
     */
    Restored restore(MultiLayerNetwork net) {
        StateReader reader = file.read();
        TrainingIdentity found = TrainingIdentity.read(reader);
        training.difference(found).ifPresent(this::refuse);
        int passes = reader.count();
        whySweepsMatter(passes, found.sweeps())
                .ifPresent(reason -> refuse("its plan was " + Count.of(found.sweeps(), "sweep") + ", but here it is "
                        + training.sweeps() + ", and " + reason));
        int iterations = reader.count();
        int epochs = reader.count();
        double score = reader.number();
        INDArray params = Nd4j.create(net.params().dataType(), net.params().shape(), 'f');
        reader.into(params);
        net.setParams(params);
        net.getLayerWiseConfigurations().setIterationCount(iterations);
        net.getLayerWiseConfigurations().setEpochCount(epochs);
        net.setScore(score);
        return new Restored(passes, reader);
    }

    private Optional<String> whySweepsMatter(int passes, int planned) {
        if (planned == training.sweeps()) {
            return Optional.empty();
        }
        // A pass may be a step of the polish, so that the method knows first what the passes were.
        return method.whySweepsMatter(passes, planned)
                .or(() -> passes > training.sweeps() ? Optional.of(passes + " are done already") : Optional.empty());
    }

    private void refuse(String reason) {
        throw new CheckpointException("The checkpoint '" + file.path() + "' is of another training: " + reason
                + "; resume with what it was written with, or call fit to begin again.");
    }
}
