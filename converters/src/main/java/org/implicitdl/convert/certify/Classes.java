package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Classes of samples, and what they mean for outputs [q, m]. */
final class Classes {
    private Classes() {}

    static void require(int[] classes, int outputs, long samples) {
        if (classes.length != samples) {
            throw new ShapeException("There must be a class for each of the " + samples + " samples, but "
                    + classes.length + " were given.");
        }
        for (int s = 0; s < classes.length; s++) {
            if (classes[s] < 0 || classes[s] >= outputs) {
                throw new IllegalArgumentException("The class of sample " + s + " must be one of the outputs 0 to "
                        + (outputs - 1) + ", but is " + classes[s] + ".");
            }
        }
    }

    /** The class of the largest output of each sample; the first of equal ones. */
    static int[] of(INDArray outputs) {
        int[] classes = new int[(int) outputs.size(1)];
        for (int s = 0; s < classes.length; s++) {
            for (int i = 1; i < outputs.size(0); i++) {
                if (outputs.getDouble(i, s) > outputs.getDouble(classes[s], s)) {
                    classes[s] = i;
                }
            }
        }
        return classes;
    }

    /** @throws IllegalArgumentException if there is nothing to tell apart */
    static void requireSeveral(int outputs) {
        if (outputs < 2) {
            throw new IllegalArgumentException("Classes are told apart by at least 2 outputs, but the model has "
                    + outputs + "; for one output, bound it by BoxBounds.outputs.");
        }
    }

    /** The classes of samples, or −1 where another output is as large. */
    static int[] withoutTies(INDArray outputs, int[] classes) {
        int[] rivals = rivals(outputs, classes);
        return IntStream.range(0, classes.length)
                .map(s -> outputs.getDouble(classes[s], s) > outputs.getDouble(rivals[s], s) ? classes[s] : -1)
                .toArray();
    }

    /** The class of the largest output but that of the sample's own class. */
    static int[] rivals(INDArray outputs, int[] classes) {
        int[] rivals = new int[classes.length];
        for (int s = 0; s < rivals.length; s++) {
            rivals[s] = classes[s] == 0 ? 1 : 0;
            for (int i = 0; i < outputs.size(0); i++) {
                if (i != classes[s] && outputs.getDouble(i, s) > outputs.getDouble(rivals[s], s)) {
                    rivals[s] = i;
                }
            }
        }
        return rivals;
    }

    /** V [q, m] with vᵀŷ = ŷ_y − ŷ_j for one class j; zero for samples of class j. */
    static INDArray differences(int[] classes, int j, int outputs) {
        int[] rivals = new int[classes.length];
        Arrays.fill(rivals, j);
        return differences(classes, rivals, outputs);
    }

    /** V [q, m] with vᵀŷ = ŷ_y − ŷ_j for a class j of each sample. */
    static INDArray differences(int[] classes, int[] rivals, int outputs) {
        INDArray v = Nd4j.zeros(DataType.DOUBLE, outputs, classes.length);
        for (int s = 0; s < classes.length; s++) {
            if (classes[s] != rivals[s]) {
                v.putScalar(classes[s], s, 1);
                v.putScalar(rivals[s], s, -1);
            }
        }
        return v;
    }
}
