package org.implicitdl.zoo.bench.convert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Pointer;
import org.implicitdl.convert.ImplicitNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What {@link FreshProcess} runs in a process of its own; prints what it found, a property a line. */
final class FreshConversion {
    static final String RESNET50 = "ResNet50";
    static final String LENET = "LeNet";

    static final String BATCH = "batch";
    static final String CLONE = "clone";
    static final String CONVERSION = "conversion";
    static final String OUTPUT = "output";
    static final String FINITE = "finite";
    static final String RESIDENT = "resident";

    private static final int SAMPLES = 8;

    private FreshConversion() {}

    /**
     * Converts a network and asks it once.
     *
     * @param args the name of the network
     */
    public static void main(String[] args) throws IOException {
        Subject subject = args[0].equals(RESNET50) ? Architectures.resNet50(224) : Architectures.leNet();
        INDArray features = subject.features(SAMPLES);
        long begin = System.nanoTime();
        subject.copy().params().close();
        long cloned = System.nanoTime();
        ImplicitNetwork converted = subject.convert();
        long done = System.nanoTime();
        INDArray output = converted.output(features);
        long predicted = System.nanoTime();
        print(BATCH, SAMPLES);
        print(CLONE, (cloned - begin) / 1e9);
        print(CONVERSION, (done - cloned) / 1e9);
        print(OUTPUT, (predicted - done) / 1e9);
        print(FINITE, Double.isFinite(output.sumNumber().doubleValue()) ? 1 : 0);
        print(RESIDENT, mostResident());
    }

    private static void print(String key, Number value) {
        System.out.println(key + "=" + value);
    }

    /** The largest resident set so far where the system tells it; the present one elsewhere. */
    private static long mostResident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Pointer.physicalBytes();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseGet(Pointer::physicalBytes);
    }
}
