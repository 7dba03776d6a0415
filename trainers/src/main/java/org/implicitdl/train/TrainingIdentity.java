package org.implicitdl.train;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What a training is of, by which a checkpoint knows it again.
 *
 * @param method all settings in words, but for the number of sweeps
 * @param sweeps how many are planned
 * @param network its configuration, as JSON
 * @param shapes of the features and labels of the first batch
 * @param numbers a checksum of them
 */
record TrainingIdentity(String method, int sweeps, String network, String shapes, long numbers) {

    static TrainingIdentity of(TrainingMethod method, int sweeps, MultiLayerNetwork net, DataSet first) {
        return new TrainingIdentity(
                method.identity(),
                sweeps,
                Fingerprint.configuration(net),
                "features " + Arrays.toString(first.getFeatures().shape()) + " and labels "
                        + Arrays.toString(first.getLabels().shape()),
                Fingerprint.of(first));
    }

    void write(StateWriter writer) {
        writer.text(method);
        writer.count(sweeps);
        writer.text(network);
        writer.text(shapes);
        writer.text(Long.toHexString(numbers));
    }

    static TrainingIdentity read(StateReader reader) {
        return new TrainingIdentity(
                reader.text(), reader.count(), reader.text(), reader.text(), Long.parseUnsignedLong(reader.text(), 16));
    }

    /** In which way another training is not this one, but for the number of its sweeps; empty if it is. */
    Optional<String> difference(TrainingIdentity found) {
        if (!method.equals(found.method)) {
            return Optional.of(differs("settings of the trainer", found.method, method));
        }
        Optional<String> other = JsonDifference.between(network, found.network);
        if (other.isPresent()) {
            return Optional.of("the configuration of its network differs: " + other.get());
        }
        if (!shapes.equals(found.shapes)) {
            return Optional.of(differs("data (by the first batch)", found.shapes, shapes));
        }
        return numbers == found.numbers
                ? Optional.empty()
                : Optional.of("its data (by the first batch) are of the same shape, " + shapes
                        + ", but hold other numbers, or the same samples in another order");
    }

    private static String differs(String what, String there, String here) {
        return "its " + what + " are \"" + there + "\", but here they are \"" + here + "\"";
    }
}
