package org.implicitdl.wellposed;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A closed convex set of matrices with an exact projection, such as the constraint ‖A‖∞ ≤ κ in (5). With κ below 1/L its
 * members are well-posed.
 */
public interface ConvexSet {

    /**
     * Whether a matrix lies in the set, as evaluated in double precision; false if an entry is NaN or infinite.
     *
     * @param a a matrix, FLOAT or DOUBLE
     * @throws org.implicitdl.operator.ShapeException if the array does not have the rank or the size of the members
     */
    boolean contains(INDArray a);

    /**
     * Replaces a matrix, such as a parameter after its update, by the nearest point of the set in the Frobenius norm, to
     * the precision of the array's data type. Afterwards it satisfies {@link #contains}; if it did before, it is not
     * touched.
     *
     * @param a a matrix, FLOAT or DOUBLE, in any order; a view writes through
     * @return whether the matrix lay outside the set
     * @throws org.implicitdl.operator.ShapeException if the array does not have the rank or the size of the members
     * @throws org.implicitdl.operator.NonFiniteException if an entry is NaN or infinite; then nothing has changed
     */
    boolean enforce(INDArray a);

    /**
     * The nearest point of the set, as {@link #enforce} finds it.
     *
     * @param a a matrix, FLOAT or DOUBLE; not changed
     * @return a new array in 'f' order of the same shape and type; equal to {@code a} if that lies in the set
     * @throws org.implicitdl.operator.ShapeException if the array does not have the rank or the size of the members
     * @throws org.implicitdl.operator.NonFiniteException if an entry is NaN or infinite
     */
    default INDArray project(INDArray a) {
        SetArguments.matrix(a);
        INDArray projected = a.dup('f');
        enforce(projected);
        return projected;
    }
}
