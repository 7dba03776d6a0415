package org.implicitdl.layer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.implicitdl.activation.Activation;
import org.implicitdl.wellposed.Certificate;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The certificate of the last matrix. Parameters may be changed by anybody: the matrix is compared bit by bit. */
final class CertificateCache implements Serializable {
    private static final long serialVersionUID = 1L;

    private transient StateMatrix rule;
    private transient Activation phi;
    private transient byte[] matrix;
    private transient Optional<Certificate> certificate;

    Optional<Certificate> of(StateMatrix rule, Weights weights, Activation phi) {
        ByteBuffer bytes = bytes(weights.a());
        if (!rule.equals(this.rule)
                || !phi.equals(this.phi)
                || ByteBuffer.wrap(matrix).mismatch(bytes) >= 0) {
            certificate = rule.certificate(weights, phi);
            this.rule = rule;
            this.phi = phi;
            matrix = matrix != null && matrix.length == bytes.remaining() ? matrix : new byte[bytes.remaining()];
            bytes.duplicate().get(matrix);
        }
        return certificate;
    }

    /** The entries of A, of which any order will do, without a copy if they lie side by side. */
    private static ByteBuffer bytes(INDArray a) {
        boolean dense = a.ordering() == 'f' && a.stride(0) == 1 && a.stride(1) == a.size(0);
        INDArray entries = dense ? a : a.dup('f');
        long length = entries.length() * entries.dataType().width();
        return new BytePointer(entries.data().addressPointer()).capacity(length).asByteBuffer();
    }
}
