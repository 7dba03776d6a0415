package org.implicitdl.zoo.fit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.zoo.table.FeatureTransform;
import org.implicitdl.zoo.table.Label;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.dataset.api.preprocessor.serializer.NormalizerSerializer;

/** A fitted model as a zip: what Deeplearning4j writes of network and normalizer, and what DataVec writes of the columns. */
final class TableModelFile {
    private static final String INPUTS = "inputs.json";
    private static final String TRANSFORM = "transform.json";
    private static final String LABEL = "label.json";
    private static final String EXPECTED = "; give the model.zip that 'implicit fit' wrote.";

    private TableModelFile() {}

    static void write(FittedModel model, OutputStream stream) throws IOException {
        ByteArrayOutputStream network = new ByteArrayOutputStream();
        ModelSerializer.writeModel(model.network(), network, true);
        ByteArrayOutputStream normalizer = new ByteArrayOutputStream();
        NormalizerSerializer.getDefault().write(model.normalizer(), normalizer);
        ZipOutputStream zip = new ZipOutputStream(stream);
        copy(new ZipInputStream(new ByteArrayInputStream(network.toByteArray())), zip);
        // Not by writeModel with a normalizer, which fails on a stream.
        write(zip, ModelSerializer.NORMALIZER_BIN, normalizer.toByteArray());
        write(zip, INPUTS, utf8(model.transform().inputsToJson()));
        write(zip, TRANSFORM, utf8(model.transform().processToJson()));
        write(zip, LABEL, utf8(model.label().toJson()));
        zip.finish();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void copy(ZipInputStream from, ZipOutputStream to) throws IOException {
        for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            to.putNextEntry(new ZipEntry(entry.getName()));
            from.transferTo(to);
            to.closeEntry();
        }
    }

    private static void write(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    static FittedModel read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException("There is no file '" + file + "'" + EXPECTED);
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new FittedModel(
                    MultiLayerNetwork.load(file.toFile(), true),
                    FeatureTransform.fromJson(text(zip, INPUTS), text(zip, TRANSFORM)),
                    normalizer(zip),
                    Label.fromJson(text(zip, LABEL)));
        } catch (FileNotFoundException e) {
            throw new ModelFileException(
                    "The file '" + file + "' holds no model of a table: " + e.getMessage() + EXPECTED, e);
        } catch (ZipException e) {
            throw new ModelFileException(
                    "The file '" + file + "' is damaged or no model: it cannot be opened as a zip" + EXPECTED, e);
        } catch (Exception e) {
            // Deeplearning4j and DataVec throw whatever they come across in a damaged file.
            throw new ModelFileException(
                    "The file '" + file + "' is damaged or no model: a part of it cannot be read" + EXPECTED, e);
        }
    }

    private static NormalizerStandardize normalizer(ZipFile zip) throws Exception {
        byte[] content = content(zip, ModelSerializer.NORMALIZER_BIN);
        return NormalizerSerializer.getDefault().restore(new ByteArrayInputStream(content));
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(content(zip, name), StandardCharsets.UTF_8);
    }

    private static byte[] content(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new FileNotFoundException("there is no " + name + " in it");
        }
        return zip.getInputStream(entry).readAllBytes();
    }
}
