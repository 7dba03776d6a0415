package org.implicitdl.zoo.convert;

import java.util.Optional;
import org.implicitdl.convert.ImplicitNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Whether a network tells classes apart: one output, a row with a number for each class. */
public final class ClassOutputs {
    /** What rounding leaves of a sum of probabilities in single precision. */
    private static final double FEW = 1e-3;

    private ClassOutputs() {}

    /**
     * Why the outputs are not those of classes; nothing if they are. Where no class is known of any sample, they are taken
     * for classes if they are probabilities.
     *
     * @param features of the samples, as the network takes them
     * @param labels the classes of the samples, if they are known
     */
    public static Optional<String> whyNone(ImplicitNetwork network, INDArray[] features, Optional<int[]> labels) {
        INDArray[] outputs = network.outputs(features);
        if (outputs.length > 1) {
            return Optional.of("the network has " + outputs.length + " outputs");
        }
        INDArray rows = outputs[0];
        if (rows.rank() != 2 || rows.size(0) != features[0].size(0)) {
            return Optional.of("the network puts out sequences or images, not one class for each sample");
        }
        if (rows.size(1) < 2) {
            return Optional.of("the network puts out one number");
        }
        return labels.isPresent() || areProbabilities(rows)
                ? Optional.empty()
                : Optional.of("the network's outputs are no probabilities, and no classes of the samples are known");
    }

    private static boolean areProbabilities(INDArray rows) {
        double deviation = Transforms.abs(rows.sum(1).subi(1)).maxNumber().doubleValue();
        return rows.minNumber().doubleValue() >= 0 && deviation < FEW;
    }
}
