package org.implicitdl.zoo.bench.convert;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;

/** A process that converts one network and asks it once: its memory, and the times before anything is warm. */
final class FreshProcess implements Measurement {
    private static final double GIGABYTE = 1e9;

    /** Of which one is the heap's. */
    private static final int MOST_GIGABYTES = 6;

    @Override
    public String name() {
        return "process";
    }

    @Override
    public String description() {
        return "A fresh process that makes a network, converts it and predicts once";
    }

    @Override
    public List<Row> measure(Effort effort) {
        String architecture = effort.quick() ? FreshConversion.LENET : FreshConversion.RESNET50;
        Properties found = run(architecture, effort);
        String what = architecture + ", batch " + found.getProperty(FreshConversion.BATCH);
        return List.of(
                Row.asked(
                        what + ": resident set at most",
                        Bound.atMost(MOST_GIGABYTES),
                        number(found, FreshConversion.RESIDENT) / GIGABYTE,
                        "GB"),
                Row.told(what + ": cold clone", 1e3 * number(found, FreshConversion.CLONE), "ms"),
                Row.told(what + ": cold conversion", 1e3 * number(found, FreshConversion.CONVERSION), "ms"),
                Row.told(what + ": first output of the converted network", number(found, FreshConversion.OUTPUT), "s"),
                Row.asked(
                        what + ": numbers of the output that are finite",
                        Bound.atLeast(1),
                        number(found, FreshConversion.FINITE),
                        ""));
    }

    private static double number(Properties found, String key) {
        return Double.parseDouble(found.getProperty(key, "NaN"));
    }

    /** Runs the conversion in a JVM that gets no more memory than is asked for. */
    private static Properties run(String architecture, Effort effort) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=" + MOST_GIGABYTES + "g",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                FreshConversion.class.getName(),
                architecture);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(effort.threads()));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException("The process that converts " + architecture + " ended with " + status
                        + " after it wrote '" + out + "'; it gets " + MOST_GIGABYTES + " GB.");
            }
            Properties properties = new Properties();
            properties.load(new StringReader(out));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("No second JVM could be started; is there memory for it?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while another process converted " + architecture + ".", e);
        }
    }
}
