package org.implicitdl.activation;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** φ' of whole arrays, in pieces that stay in the nearest cache: ND4J needs several operations for it. */
final class Derivatives {
    private static final int PIECE = 2048;

    private Derivatives() {}

    /** Puts φ'(Z) in the place of Z, an array of FLOAT or DOUBLE whose columns have no gaps. */
    static void replace(FenchelActivation phi, INDArray z) {
        int rows = (int) z.size(0);
        int columns = (int) z.size(1);
        boolean whole = columns == 1 || z.stride(1) == rows;
        for (int j = 0; j < (whole ? 1 : columns); j++) {
            long start = (long) j * z.stride(1);
            long length = whole ? (long) rows * columns : rows;
            if (z.dataType() == DataType.DOUBLE) {
                doubles(phi, (DoublePointer) z.data().addressPointer(), start, length);
            } else {
                floats(phi, (FloatPointer) z.data().addressPointer(), start, length);
            }
        }
        Reference.reachabilityFence(z);
    }

    private static void floats(FenchelActivation phi, FloatPointer address, long start, long length) {
        // A pointer of one's own, since it moves.
        FloatPointer pointer = new FloatPointer(address);
        float[] piece = new float[(int) Math.min(PIECE, length)];
        for (long at = 0; at < length; at += PIECE) {
            int size = (int) Math.min(PIECE, length - at);
            pointer.position(start + at).get(piece, 0, size);
            phi.derivatives(piece, piece, 0, size);
            pointer.put(piece, 0, size);
        }
    }

    private static void doubles(FenchelActivation phi, DoublePointer address, long start, long length) {
        DoublePointer pointer = new DoublePointer(address);
        double[] piece = new double[(int) Math.min(PIECE, length)];
        double[] derivatives = new double[piece.length];
        for (long at = 0; at < length; at += PIECE) {
            int size = (int) Math.min(PIECE, length - at);
            pointer.position(start + at).get(piece, 0, size);
            phi.valuesAndDerivatives(piece, piece, derivatives, 0, size);
            pointer.put(derivatives, 0, size);
        }
    }
}
