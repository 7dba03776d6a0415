package org.implicitdl.operator;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The rows or the columns of an array of rank 2, whichever lie side by side in memory, read and written line by line:
 * one pass over the memory, without the 5 to 60 µs of an ND4J operation and without a copy of the whole.
 *
 * <p>An instance has a buffer of its own, and belongs to one thread.
 */
public final class Lines {
    private final INDArray array;
    private final boolean columns;
    private final int count;
    private final int length;
    private final long stride;
    private final long step;
    private final Pointer pointer;
    private final float[] buffer;

    private Lines(INDArray array, boolean columns) {
        this.array = array;
        this.columns = columns;
        count = (int) array.size(columns ? 1 : 0);
        length = (int) array.size(columns ? 0 : 1);
        // The stride between lines, or between entries, has no meaning where there is only one.
        stride = count == 1 ? 0 : array.stride(columns ? 1 : 0);
        step = length == 1 ? 1 : array.stride(columns ? 0 : 1);
        Pointer start = array.data().addressPointer();
        // Pointers of one's own, since reading moves their position.
        if (array.dataType() == DataType.FLOAT) {
            pointer = new FloatPointer((FloatPointer) start);
            buffer = new float[length];
        } else {
            pointer = new DoublePointer((DoublePointer) start);
            buffer = new float[0];
        }
    }

    /**
     * The lines of an array, which shares them.
     *
     * @param array of rank 2, FLOAT or DOUBLE, not empty; any view will do, but one whose rows and columns are both
     *     scattered is read entry by entry
     * @throws ShapeException if it is not of rank 2
     * @throws IllegalArgumentException if it is of another type
     */
    public static Lines of(INDArray array) {
        Shapes.requireMatrix("array", array);
        if (array.dataType() != DataType.FLOAT && array.dataType() != DataType.DOUBLE) {
            throw new IllegalArgumentException(
                    "Lines are read from FLOAT or DOUBLE, but the array is " + array.dataType() + "; cast it first.");
        }
        boolean oneColumn = array.size(1) == 1;
        return new Lines(array, oneColumn || array.stride(0) == 1 && array.size(0) > 1);
    }

    /** Whether the lines are columns; otherwise they are rows. */
    public boolean areColumns() {
        return columns;
    }

    /** The number of lines. */
    public int count() {
        return count;
    }

    /** The number of entries of a line. */
    public int length() {
        return length;
    }

    /**
     * Reads a part of a line, exactly.
     *
     * @param line the number of the line
     * @param from the first entry that is read
     * @param to the entry before which reading ends
     * @param target where the entries are written to
     * @param offset the place of the first of them
     */
    public void read(int line, int from, int to, double[] target, int offset) {
        moveTo(line, from);
        int size = to - from;
        if (step != 1) {
            for (int i = 0; i < size; i++) {
                target[offset + i] = pointer instanceof FloatPointer floats
                        ? floats.get(i * step)
                        : ((DoublePointer) pointer).get(i * step);
            }
        } else if (pointer instanceof FloatPointer floats) {
            floats.get(buffer, 0, size);
            for (int i = 0; i < size; i++) {
                target[offset + i] = buffer[i];
            }
        } else {
            ((DoublePointer) pointer).get(target, offset, size);
        }
        Reference.reachabilityFence(array);
    }

    /** Writes a part of a line, rounded to the type of the array; the arguments are those of {@link #read}. */
    public void write(int line, int from, int to, double[] source, int offset) {
        moveTo(line, from);
        int size = to - from;
        if (step != 1) {
            for (int i = 0; i < size; i++) {
                if (pointer instanceof FloatPointer floats) {
                    floats.put(i * step, (float) source[offset + i]);
                } else {
                    ((DoublePointer) pointer).put(i * step, source[offset + i]);
                }
            }
        } else if (pointer instanceof FloatPointer floats) {
            for (int i = 0; i < size; i++) {
                buffer[i] = (float) source[offset + i];
            }
            floats.put(buffer, 0, size);
        } else {
            ((DoublePointer) pointer).put(source, offset, size);
        }
        Reference.reachabilityFence(array);
    }

    private void moveTo(int line, int entry) {
        pointer.position(line * stride + entry * step);
    }

    /** The sums of the absolute values of each row. */
    public double[] absoluteRowSums() {
        return columns ? acrossLines() : alongLines();
    }

    /** The sums of the absolute values of each column. */
    public double[] absoluteColumnSums() {
        return columns ? alongLines() : acrossLines();
    }

    /** The sums of the absolute values of each row, weighted by the number of their column. */
    double[] absoluteTimes(double[] weights) {
        double[] sums = new double[columns ? length : count];
        double[] line = new double[length];
        for (int k = 0; k < count; k++) {
            read(k, 0, length, line, 0);
            for (int i = 0; i < length; i++) {
                line[i] = Math.abs(line[i]) * weights[columns ? k : i];
            }
            if (columns) {
                for (int i = 0; i < length; i++) {
                    sums[i] += line[i];
                }
            } else {
                sums[k] = sumOfAbsolutes(line);
            }
        }
        return sums;
    }

    private double[] acrossLines() {
        double[] sums = new double[length];
        double[] line = new double[length];
        for (int k = 0; k < count; k++) {
            read(k, 0, length, line, 0);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Math.abs(line[i]);
            }
        }
        return sums;
    }

    private double[] alongLines() {
        double[] sums = new double[count];
        double[] line = new double[length];
        for (int k = 0; k < sums.length; k++) {
            read(k, 0, length, line, 0);
            sums[k] = sumOfAbsolutes(line);
        }
        return sums;
    }

    /** In four partial sums, which do not wait for each other. */
    private static double sumOfAbsolutes(double[] line) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 3 < line.length; i += 4) {
            sum0 += Math.abs(line[i]);
            sum1 += Math.abs(line[i + 1]);
            sum2 += Math.abs(line[i + 2]);
            sum3 += Math.abs(line[i + 3]);
        }
        for (; i < line.length; i++) {
            sum0 += Math.abs(line[i]);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
