package org.implicitdl.zoo.convert;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.file.ModelFile;
import org.implicitdl.file.ModelFileException;
import org.implicitdl.zoo.data.InputFile;

/** Reads networks from the files of Deeplearning4j (zip) and Keras (h5); which it is, the first bytes tell. */
public final class SourceFile {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F'};
    private static final String CONFIGURATION = "configuration.json";
    private static final String PARAMETERS = "coefficients.bin";

    private SourceFile() {}

    /**
     * A {@code MultiLayerNetwork} or a {@code ComputationGraph}; of Keras with the type of its input, if it has one.
     *
     * @throws ModelFileException if the file is missing, no model, or damaged
     */
    public static SourceNetwork read(Path path) {
        byte[] start = start(path);
        if (ModelFile.isOne(path)) {
            // Says so if the file is damaged.
            ModelFile.read(path);
            throw new ModelFileException("The file '" + path + "' holds an implicit model already, so that there is"
                    + " nothing to convert; the commands reduce and certify take it as it is.");
        }
        if (Arrays.equals(start, ZIP)) {
            return new SourceNetwork(readZip(path.toFile()), List.of());
        }
        if (Arrays.equals(start, HDF5)) {
            return KerasReader.read(path);
        }
        throw new ModelFileException("The file '" + path + "' is no model: neither a zip of Deeplearning4j nor an h5"
                + " file of Keras; save the network with ModelSerializer.writeModel.");
    }

    private static byte[] start(Path path) {
        InputFile.require(path, ModelFileException::new);
        try (InputStream stream = Files.newInputStream(path)) {
            return stream.readNBytes(ZIP.length);
        } catch (IOException e) {
            throw new ModelFileException("The file '" + path + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Model readZip(File file) {
        boolean graph;
        try (ZipFile zip = new ZipFile(file)) {
            ZipEntry configuration = zip.getEntry(CONFIGURATION);
            if (configuration == null || zip.getEntry(PARAMETERS) == null) {
                throw new ModelFileException("The zip '" + file + "' is no model of Deeplearning4j, which has the"
                        + " entries " + CONFIGURATION + " and " + PARAMETERS + "; save the network with"
                        + " ModelSerializer.writeModel.");
            }
            String json = new String(zip.getInputStream(configuration).readAllBytes(), StandardCharsets.UTF_8);
            graph = json.contains("\"networkInputs\"");
        } catch (IOException e) {
            throw damaged(file, e);
        }
        try {
            return graph
                    ? ModelSerializer.restoreComputationGraph(file, false)
                    : ModelSerializer.restoreMultiLayerNetwork(file, false);
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e);
        }
    }

    private static ModelFileException damaged(File file, Exception cause) {
        return new ModelFileException(
                "The zip '" + file + "' is damaged or truncated (" + Reason.of(cause) + "); save or copy it again.",
                cause);
    }
}
