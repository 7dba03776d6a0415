package org.implicitdl.operator;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Says where a NaN or an infinite number was found. */
public final class NonFiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    public NonFiniteException(String message) {
        super(message);
    }

    /**
     * Refuses an array that holds a NaN or an infinite number.
     *
     * @param what the array's name in the message
     * @throws NonFiniteException naming the first such entry
     */
    public static void check(String what, INDArray array) {
        // One sum settles the usual case; it may overflow without a culprit, which the search below finds out.
        if (Double.isFinite(array.sumNumber().doubleValue())) {
            return;
        }
        for (long i = 0; i < array.length(); i++) {
            double value = array.getDouble(i);
            if (!Double.isFinite(value)) {
                throw new NonFiniteException("The " + what + " must hold finite numbers, but entry " + i + " of "
                        + array.length() + " is " + value + "; look at where it was computed or read.");
            }
        }
    }
}
