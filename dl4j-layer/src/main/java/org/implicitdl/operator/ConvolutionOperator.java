package org.implicitdl.operator;

import java.util.Arrays;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.implicitdl.kernel.Windows;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A convolution of one, two or three dimensions, or its transpose (a "deconvolution"), over the weights alone:
 * y[o, p] = ∑ᵢ∑ₖ W[o, i, k] x[i, p·s − pad + k·d], where points outside of the grid count as 0.
 *
 * <p>A sample is a column (channels, grid) in 'c' order. With g groups, output channel o sees the input channels of its
 * group alone; g = channels is a depthwise convolution.
 */
public final class ConvolutionOperator implements LinearOperator {
    /** [outputs, inputs of a group · taps] in 'c' order. */
    private final INDArray weights;

    private final Windows windows;
    private final int groups;
    private final boolean transposed;

    private ConvolutionOperator(INDArray weights, Windows windows, int groups, boolean transposed) {
        this.weights = weights;
        this.windows = windows;
        this.groups = groups;
        this.transposed = transposed;
    }

    /**
     * A convolution with a copy of the weights.
     *
     * @param weights W [output channels, input channels of a group, taps…], of rank 3 to 5
     * @param windows where the taps lie, their number being that of W
     * @param groups g, which divides the number of output channels
     * @throws ShapeException if the sizes do not fit
     * @throws NonFiniteException if a weight is NaN or infinite
     */
    public static ConvolutionOperator copyOf(INDArray weights, Windows windows, int groups) {
        requireFit(weights, windows, groups);
        NonFiniteException.check("weights of a convolution", weights);
        return new ConvolutionOperator(asMatrix(weights.dup('c')), windows, groups, false);
    }

    private static void requireFit(INDArray weights, Windows windows, int groups) {
        long taps = Arrays.stream(weights.shape()).skip(2).reduce(1, (m, n) -> m * n);
        if (weights.rank() < 3 || taps != windows.taps() || groups < 1 || weights.size(0) % groups != 0) {
            throw new ShapeException("The weights of a convolution over " + windows + " in " + groups
                    + " groups must be [outputs, inputs of a group, kernel] with as many taps, and outputs that the"
                    + " groups divide, but have the shape " + Arrays.toString(weights.shape()) + ".");
        }
    }

    /**
     * A convolution over the weights themselves, which are neither copied nor searched for NaN; they must not change.
     *
     * @param weights W [output channels, input channels of a group, taps] in 'c' order
     * @param windows where the taps lie, their number being that of W
     * @param groups g, which divides the number of output channels
     * @throws ShapeException if the sizes do not fit, or the order is another
     */
    public static ConvolutionOperator viewOf(INDArray weights, Windows windows, int groups) {
        requireFit(weights, windows, groups);
        if (weights.ordering() != 'c') {
            throw new ShapeException("The weights of a convolution must be in 'c' order, but are in 'f' order; copy"
                    + " them with dup('c').");
        }
        return new ConvolutionOperator(asMatrix(weights), windows, groups, false);
    }

    private static INDArray asMatrix(INDArray weights) {
        return weights.reshape('c', weights.size(0), weights.length() / weights.size(0));
    }

    /** The weights W [output channels, input channels of a group, taps], not a copy; not to be changed. */
    public INDArray weights() {
        return weights.reshape('c', weights.size(0), inputsOfGroup(), windows.taps());
    }

    /** Where the taps lie. */
    public Windows windows() {
        return windows;
    }

    /** The number g of groups. */
    public int groups() {
        return groups;
    }

    /** Whether this is the transpose of the convolution. */
    public boolean isTransposed() {
        return transposed;
    }

    /** The number of channels of a result of the convolution, as it is before any transposition. */
    private int outputs() {
        return (int) weights.size(0);
    }

    private int inputsOfGroup() {
        return (int) weights.size(1) / windows.taps();
    }

    @Override
    public int rows() {
        return transposed ? inputSize() : outputSize();
    }

    @Override
    public int cols() {
        return transposed ? outputSize() : inputSize();
    }

    private int inputSize() {
        return groups * inputsOfGroup() * windows.points();
    }

    private int outputSize() {
        return outputs() * windows.count();
    }

    @Override
    public INDArray times(INDArray x) {
        return OperatorAlgebra.timesByAdding(this, x);
    }

    @Override
    public void addTimes(INDArray x, INDArray y) {
        Shapes.requireOperand(this, x);
        Panel from = Panel.of(x);
        Panel into = Panel.into(y);
        INDArray typed = weights.castTo(x.dataType());
        Numbers w = Numbers.of(typed);
        if (windows.isPointwise()) {
            for (int s = 0; s < from.samples(); s++) {
                multiply(w, from.numbers(), from.start(s), into.numbers(), into.start(s));
            }
            return;
        }
        INDArray memory = Nd4j.createUninitialized(
                x.dataType(), (long) groups * inputsOfGroup() * windows.taps() * windows.count());
        Numbers unrolled = Numbers.of(memory);
        for (int s = 0; s < from.samples(); s++) {
            if (transposed) {
                memory.assign(0);
                multiply(w, from.numbers(), from.start(s), unrolled, 0);
                channels((channel, at) -> windows.rollUp(unrolled, at, into.numbers(), channel), into.start(s));
            } else {
                channels((channel, at) -> windows.unroll(from.numbers(), channel, unrolled, at), from.start(s));
                multiply(w, unrolled, 0, into.numbers(), into.start(s));
            }
        }
    }

    private interface Channel {
        void visit(long channel, long unrolled);
    }

    private void channels(Channel visitor, long start) {
        int inputs = groups * inputsOfGroup();
        for (int c = 0; c < inputs; c++) {
            visitor.visit(start + (long) c * windows.points(), (long) c * windows.taps() * windows.count());
        }
    }

    /** Adds the product of the weights, or of their transpose, with one unrolled sample, group by group. */
    private void multiply(Numbers w, Numbers x, long from, Numbers y, long to) {
        int out = outputs() / groups;
        int in = (int) weights.size(1);
        int n = windows.count();
        int m = transposed ? in : out;
        int k = transposed ? out : in;
        for (int g = 0; g < groups; g++) {
            long matrix = (long) g * out * in;
            y.addProduct(to + (long) g * m * n, m, n, k, w, matrix, transposed, x, from + (long) g * k * n);
        }
    }

    /** The number of nonzeros: for each tap, the weights that are not zero, in each window where it lies inside. */
    long nonzeros() {
        int taps = windows.taps();
        long[] inside = new long[taps];
        for (int p = 0; p < windows.count(); p++) {
            for (int k = 0; k < taps; k++) {
                inside[k] += windows.point(k, p) >= 0 ? 1 : 0;
            }
        }
        long sum = 0;
        Numbers w = Numbers.of(weights);
        for (long i = 0; i < weights.length(); i++) {
            sum += w.get(i) == 0 ? 0 : inside[(int) (i % taps)];
        }
        return sum;
    }

    /** The nonzeros: every tap of every window that lies inside of the grid. */
    void addEntries(EntryListener found) {
        int out = outputs() / groups;
        int in = inputsOfGroup();
        INDArray exact = weights.castTo(DataType.DOUBLE);
        Numbers w = Numbers.of(exact);
        for (int o = 0; o < outputs(); o++) {
            for (int p = 0; p < windows.count(); p++) {
                int row = o * windows.count() + p;
                for (int i = 0; i < in; i++) {
                    for (int k = 0; k < windows.taps(); k++) {
                        int point = windows.point(k, p);
                        if (point >= 0) {
                            int column = (o / out * in + i) * windows.points() + point;
                            double value = w.get(o * weights.size(1) + (long) i * windows.taps() + k);
                            found.entry(transposed ? column : row, transposed ? row : column, value);
                        }
                    }
                }
            }
        }
    }

    /** Hears of entries, zeros among them. */
    interface EntryListener {
        void entry(int row, int column, double value);
    }

    @Override
    public LinearOperator transpose() {
        return new ConvolutionOperator(weights, windows, groups, !transposed);
    }

    @Override
    public LinearOperator abs() {
        return new ConvolutionOperator(Transforms.abs(weights, true), windows, groups, transposed);
    }

    @Override
    public INDArray toDense(DataType type) {
        return OperatorAlgebra.denseByTimes(this, type);
    }

    @Override
    public boolean isZero() {
        return false;
    }

    @Override
    public DataType dataType() {
        return weights.dataType();
    }

    @Override
    public long parameterCount() {
        return weights.length();
    }

    @Override
    public String toString() {
        return (transposed ? "transposed convolution " : "convolution ") + Shapes.of(this) + " with "
                + weights.length() + " weights, " + windows
                + (groups == 1 ? "" : " in " + groups + " groups");
    }
}
