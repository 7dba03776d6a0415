package org.implicitdl.train;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.kernel.Numbers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** By what a checkpoint knows its network and its data. */
final class Fingerprint {
    private static final int PIECE = 1 << 13;

    private Fingerprint() {}

    /** The configuration as JSON, without the counts of epochs and iterations that DL4J keeps in it. */
    static String configuration(MultiLayerNetwork net) {
        MultiLayerConfiguration configuration = net.getLayerWiseConfigurations().clone();
        configuration.setIterationCount(0);
        configuration.setEpochCount(0);
        configuration.getConfs().forEach(layer -> {
            layer.setIterationCount(0);
            layer.setEpochCount(0);
        });
        return configuration.toJson();
    }

    /** A checksum of all features and labels. */
    static long of(DataSet data) {
        CRC32C sum = new CRC32C();
        add(sum, data.getFeatures());
        add(sum, data.getLabels());
        return sum.getValue();
    }

    private static void add(CRC32C sum, INDArray array) {
        INDArray floating = array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE
                ? array
                : array.castTo(DataType.DOUBLE);
        INDArray rows = floating.isView() || floating.ordering() != 'c' ? floating.dup('c') : floating;
        Numbers numbers = Numbers.of(rows);
        ByteBuffer bytes = ByteBuffer.allocate(PIECE);
        for (long size : array.shape()) {
            bytes.putLong(size);
        }
        for (long i = 0; i < rows.length(); i++) {
            if (bytes.remaining() < Double.BYTES) {
                sum.update(bytes.flip());
                bytes.clear();
            }
            bytes.putDouble(numbers.get(i));
        }
        sum.update(bytes.flip());
    }
}
