package org.implicitdl.train;

import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.state.NamedSettings;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.dataset.DataSet;

/**
 * What a training is of, by which a checkpoint knows it again.
 *
 * @param settings those of the method, all but the number of sweeps
 * @param sweeps how many are planned
 * @param network its configuration, as JSON
 * @param shapes of the features and labels of the first batch
 * @param numbers a checksum of them
 */
record TrainingIdentity(NamedSettings settings, int sweeps, String network, String shapes, long numbers) {

    static TrainingIdentity of(TrainingMethod method, int sweeps, MultiLayerNetwork net, DataSet first) {
        return new TrainingIdentity(
                method.settings(),
                sweeps,
                Fingerprint.configuration(net),
                "features " + Arrays.toString(first.getFeatures().shape()) + " and labels "
                        + Arrays.toString(first.getLabels().shape()),
                Fingerprint.of(first));
    }

    void write(StateWriter writer) {
        settings.write(writer);
        writer.count(sweeps);
        writer.text(network);
        writer.text(shapes);
        writer.text(Long.toHexString(numbers));
    }

    static TrainingIdentity read(StateReader reader) {
        return new TrainingIdentity(
                NamedSettings.read(reader),
                reader.count(),
                reader.text(),
                reader.text(),
                Long.parseUnsignedLong(reader.text(), 16));
    }

    /** In which way another training is not this one, but for the number of its sweeps; empty if it is. */
    Optional<String> difference(TrainingIdentity found) {
        Optional<String> otherSettings = settings.difference(found.settings);
        if (otherSettings.isPresent()) {
            return Optional.of("the settings of its trainer differ: " + otherSettings.get());
        }
        Optional<String> otherNetwork = JsonDifference.between(network, found.network);
        if (otherNetwork.isPresent()) {
            return Optional.of("the configuration of its network differs: " + otherNetwork.get());
        }
        if (!shapes.equals(found.shapes)) {
            return Optional.of(
                    "its data (by the first batch) are \"" + found.shapes + "\", but here they are \"" + shapes + "\"");
        }
        return numbers == found.numbers
                ? Optional.empty()
                : Optional.of("its data (by the first batch) are of the same shape, " + shapes
                        + ", but hold other numbers, or the same samples in another order");
    }
}
