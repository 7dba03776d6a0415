package org.implicitdl.operator;

import java.util.Arrays;
import org.implicitdl.kernel.Numbers;
import org.implicitdl.kernel.Panel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** A diagonal matrix diag(a), stored as a; or diag(a) ⊗ I, which scales every channel of a tensor by one number. */
public final class DiagonalOperator implements LinearOperator {
    private final INDArray scales;
    private final int inner;

    private DiagonalOperator(INDArray scales, int inner) {
        this.scales = scales;
        this.inner = inner;
    }

    /**
     * The matrix diag(a).
     *
     * @param diagonal a vector: of rank 1, a row or a column; copied
     * @throws ShapeException if it is no vector
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static DiagonalOperator copyOf(INDArray diagonal) {
        return repeated(diagonal, 1);
    }

    /**
     * The matrix diag(a) ⊗ I: each number of a scales {@code inner} components, such as those of a channel.
     *
     * @param scales a vector: of rank 1, a row or a column; copied
     * @param inner how many components follow each other with the same scale
     * @throws ShapeException if it is no vector, or {@code inner} is not positive
     * @throws NonFiniteException if an entry is NaN or infinite
     */
    public static DiagonalOperator repeated(INDArray scales, int inner) {
        if (!scales.isVectorOrScalar()) {
            throw new ShapeException(
                    "A diagonal is a vector, but an array of shape " + Arrays.toString(scales.shape()) + " was given.");
        }
        Shapes.requirePositive("number of components of a scale", inner);
        NonFiniteException.check("diagonal", scales);
        return new DiagonalOperator(scales.dup().reshape(scales.length(), 1), inner);
    }

    /**
     * The matrix diag(a) ⊗ I over the array itself, which is neither copied nor searched for NaN; it must not change.
     *
     * @param scales a as a column [k, 1]
     * @param inner how many components follow each other with the same scale
     * @throws ShapeException if it is no column, or {@code inner} is not positive
     */
    public static DiagonalOperator viewOf(INDArray scales, int inner) {
        Shapes.requireMatrix("diagonal", scales);
        if (scales.size(1) != 1) {
            throw new ShapeException(
                    "A diagonal is a column, but an array of shape " + Arrays.toString(scales.shape()) + " was given.");
        }
        Shapes.requirePositive("number of components of a scale", inner);
        return new DiagonalOperator(scales, inner);
    }

    /** The numbers a [k, 1], not a copy; not to be changed. */
    public INDArray scales() {
        return scales;
    }

    /** How many components follow each other with the same scale. */
    public int inner() {
        return inner;
    }

    /** The diagonal [n, 1]; for reading only, within this package. */
    INDArray diagonal() {
        return inner == 1
                ? scales
                : Nd4j.repeat(scales.reshape(scales.length()), inner).reshape('f', rows(), 1);
    }

    @Override
    public int rows() {
        return (int) scales.length() * inner;
    }

    @Override
    public int cols() {
        return rows();
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
        Numbers scale = Numbers.of(scales.castTo(x.dataType()));
        for (int s = 0; s < from.samples(); s++) {
            for (int i = 0, at = 0; i < scales.length(); i++, at += inner) {
                into.numbers().add(into.start(s) + at, scale.get(i), from.numbers(), from.start(s) + at, inner);
            }
        }
    }

    @Override
    public LinearOperator transpose() {
        return this;
    }

    @Override
    public LinearOperator abs() {
        return new DiagonalOperator(Transforms.abs(scales, true), inner);
    }

    @Override
    public INDArray toDense(DataType type) {
        INDArray dense = Nd4j.create(type, new long[] {rows(), rows()}, 'f');
        // The diagonal of the array as a view; a product with the identity would leave zeros of both signs.
        Nd4j.create(dense.data(), new long[] {rows(), 1}, new long[] {rows() + 1, 1}, 0, 'f')
                .assign(diagonal());
        return dense;
    }

    @Override
    public boolean isZero() {
        return false;
    }

    @Override
    public DataType dataType() {
        return scales.dataType();
    }

    @Override
    public long parameterCount() {
        return scales.length();
    }

    @Override
    public String toString() {
        return "diagonal " + Shapes.of(this);
    }
}
