package org.implicitdl.zoo.convert;

import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.convert.ImplicitNetwork;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.zoo.data.DataFileException;
import org.implicitdl.zoo.data.ImageSet;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Samples as rows of numbers, with the class of each if it is known.
 *
 * @param rows [m, numbers of all inputs]
 * @param classes the class of each sample, from 0
 */
public record LabelledInputs(INDArray rows, Optional<int[]> classes) {

    /** The first images; their classes count for networks that have an output for each. */
    public static LabelledInputs of(ImageSet images, int most, ImplicitNetwork network) {
        int count = Math.min(most, images.size());
        int[] labels = IntStream.range(0, count).map(images::label).toArray();
        return new LabelledInputs(
                images.batch(0, count).getFeatures(),
                Optional.of(labels).filter(known -> network.model().outputs() == images.classes()));
    }

    /**
     * The first rows of a table, which has the classes in its last column if it has a column more than the network takes
     * numbers.
     *
     * @throws DataFileException if that column holds anything but classes
     */
    public static LabelledInputs of(INDArray table, int most, ImplicitNetwork network) {
        boolean labelled = takes(network, table.columns() - 1);
        return labelled ? of(table, most, table.columns() - 1) : of(table, most);
    }

    private static boolean takes(ImplicitNetwork network, int numbers) {
        try {
            return numbers > 0 && network.features(Nd4j.zeros(1, numbers)).length > 0;
        } catch (ShapeException e) {
            return false;
        }
    }

    /** The first rows of a table without classes. */
    private static LabelledInputs of(INDArray table, int most) {
        return new LabelledInputs(first(table, most), Optional.empty());
    }

    /**
     * The first rows of a table with the classes in a column of their own.
     *
     * @param column which, from 0
     * @throws DataFileException if the table has no such column besides others, or it holds anything but classes
     */
    public static LabelledInputs of(INDArray table, int most, int column) {
        int columns = table.columns();
        if (column < 0 || column >= columns || columns < 2) {
            throw new DataFileException("The classes are to be in column " + (column + 1)
                    + ", with inputs beside it, but the table has " + columns + " columns; name another by --labels.");
        }
        INDArray rows = first(table, most);
        int[] inputs = IntStream.range(0, columns).filter(j -> j != column).toArray();
        int[] classes = IntStream.range(0, rows.rows())
                .map(i -> label(rows.getDouble(i, column), i, column))
                .toArray();
        return new LabelledInputs(rows.getColumns(inputs).dup('c'), Optional.of(classes));
    }

    private static INDArray first(INDArray table, int most) {
        return table.get(NDArrayIndex.interval(0, Math.min(most, table.rows())), NDArrayIndex.all())
                .dup('c');
    }

    private static int label(double value, int sample, int column) {
        if (value != (int) value || value < 0) {
            throw new DataFileException("Column " + (column + 1)
                    + " must hold classes, whole numbers from 0, but sample " + (sample + 1) + " holds " + value
                    + "; name another column by --labels, or leave this one out if it holds none.");
        }
        return (int) value;
    }
}
