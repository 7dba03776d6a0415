package org.implicitdl.zoo.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.implicitdl.convert.ImplicitNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A Keras file, imported by DL4J and converted, computes what Keras says that its layers do. */
class KerasFileTest {
    private static final int ROWS = 4;
    private static final int COLUMNS = 5;

    @TempDir
    private Path folder;

    private static Map<String, Map<String, INDArray>> weights() {
        Nd4j.getRandom().setSeed(17);
        return Map.of(
                "conv",
                Map.of(
                        "kernel", Nd4j.randn(DataType.FLOAT, 2, 3, 1, 2),
                        "bias", Nd4j.randn(DataType.FLOAT, 2)),
                "dense",
                Map.of(
                        "kernel", Nd4j.randn(DataType.FLOAT, 2 * 2 * 2, 3),
                        "bias", Nd4j.randn(DataType.FLOAT, 3)));
    }

    @Test
    void aConvolutionalNetworkComputesWhatItsLayersSay() {
        Path file = folder.resolve("model.h5");
        Map<String, Map<String, INDArray>> weights = weights();
        KerasFile.write(file, KerasFile.LAYERS, weights);

        SourceNetwork source = SourceFile.read(file);
        ImplicitNetwork implicit = source.convert();

        INDArray images = Nd4j.randn(DataType.FLOAT, 6, ROWS, COLUMNS, 1);
        INDArray found = implicit.output(images);
        assertThat(found.distance2(source.outputs(images)[0])).isLessThan(1e-6);
        for (int sample = 0; sample < 6; sample++) {
            double[] expected = expected(images, sample, weights);
            for (int k = 0; k < expected.length; k++) {
                assertThat(Math.abs(found.getDouble(sample, k) - expected[k]))
                        .as("seed 17, image %d, class %d", sample, k)
                        .isLessThan(1e-6);
            }
        }
    }

    /** Written out from the definitions of Keras's layers: windows of NHWC images, flattened in that order. */
    private static double[] expected(INDArray images, int sample, Map<String, Map<String, INDArray>> weights) {
        INDArray kernel = weights.get("conv").get("kernel");
        double[][][] convolved = new double[ROWS - 1][COLUMNS - 2][2];
        for (int i = 0; i < ROWS - 1; i++) {
            for (int j = 0; j < COLUMNS - 2; j++) {
                for (int c = 0; c < 2; c++) {
                    double sum = weights.get("conv").get("bias").getDouble(c);
                    for (int di = 0; di < 2; di++) {
                        for (int dj = 0; dj < 3; dj++) {
                            sum += kernel.getDouble(di, dj, 0, c) * images.getDouble(sample, i + di, j + dj, 0);
                        }
                    }
                    convolved[i][j][c] = Math.max(0, sum);
                }
            }
        }
        INDArray matrix = weights.get("dense").get("kernel");
        double[] z = weights.get("dense").get("bias").toDoubleVector();
        int at = 0;
        for (int i = 0; i < ROWS - 2; i++) {
            for (int j = 0; j < COLUMNS - 3; j++) {
                for (int c = 0; c < 2; c++, at++) {
                    double largest = Math.max(
                            Math.max(convolved[i][j][c], convolved[i][j + 1][c]),
                            Math.max(convolved[i + 1][j][c], convolved[i + 1][j + 1][c]));
                    for (int k = 0; k < z.length; k++) {
                        z[k] += matrix.getDouble(at, k) * largest;
                    }
                }
            }
        }
        double sum = 0;
        for (int k = 0; k < z.length; k++) {
            z[k] = Math.exp(z[k]);
            sum += z[k];
        }
        for (int k = 0; k < z.length; k++) {
            z[k] /= sum;
        }
        return z;
    }
}
