package org.implicitdl.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.NonFiniteException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.node.NullNode;

/**
 * Implicit models in files. A file is checked when it is read (checksums, sizes, version, finite numbers), and whole when
 * it is written. Structure is kept, and weights that are shared are stored once and shared again.
 */
public final class ModelFile {
    /** The name of the model in files of one, and of the main one in others. */
    public static final String MAIN = "model";

    private static final String KIND = "model";
    private static final String DOCUMENT = "model.json";
    private static final String WEIGHTS = "weights.bin";
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private ModelFile() {}

    /**
     * Writes a model.
     *
     * @param file replaced if it exists
     * @throws IllegalArgumentException if φ is the user's own and cannot be stored
     * @throws NonFiniteException if a weight is NaN or infinite
     * @throws java.io.UncheckedIOException if the file cannot be written; an older one is then still there
     */
    public static void save(ImplicitModel model, Path file) {
        write(new FileContent(KIND, Map.of(MAIN, model), NullNode.getInstance()), file);
    }

    /**
     * Reads the model of a file, or the main one of several. For which inputs the model of a reduced network holds is only
     * told by {@code ImplicitNetwork.load}.
     *
     * @throws ModelFileException if the file is missing, none of an implicit model, truncated, damaged, or of a newer
     *     version
     * @throws NonFiniteException if a weight is NaN or infinite
     */
    public static ImplicitModel load(Path file) {
        ImplicitModel main = read(file).models().get(MAIN);
        if (main == null) {
            throw damaged(file, "it holds no model named " + MAIN, null);
        }
        return main;
    }

    /** Writes what a file is to hold, as {@link #save}. */
    public static void write(FileContent content, Path file) {
        DocumentWriter parts = new DocumentWriter();
        Document document = parts.document(content);
        WholeFile.write(file.toAbsolutePath(), stream -> {
            ZipOutputStream zip = new ZipOutputStream(stream);
            zip.putNextEntry(new ZipEntry(DOCUMENT));
            Json.MAPPER.writeValue(zip, document);
            zip.closeEntry();
            // Weights hardly get smaller, but much time would be spent on it.
            zip.setLevel(Deflater.NO_COMPRESSION);
            zip.putNextEntry(new ZipEntry(WEIGHTS));
            parts.arrays().writeTo(zip);
            zip.closeEntry();
            zip.finish();
        });
    }

    /** Reads what a file holds, as {@link #load}. */
    public static FileContent read(Path file) {
        requireZip(file);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(DOCUMENT);
            ZipEntry weights = zip.getEntry(WEIGHTS);
            if (entry == null || weights == null) {
                throw foreign(file);
            }
            Document document = document(file, zip, entry);
            if (document.arrays().stream().mapToLong(StoredArray::bytes).sum() != weights.getSize()) {
                throw damaged(file, "its weights are not as long as they should be", null);
            }
            ArrayReader arrays = checked(zip, weights, stream -> ArrayReader.of(document.arrays(), stream));
            arrays.requireFinite();
            return DocumentReader.read(document, arrays);
        } catch (ModelFileException e) {
            throw e;
        } catch (NonFiniteException e) {
            throw new NonFiniteException("The file '" + file + "' cannot be used: " + e.getMessage()
                    + "; look at how the network was trained.");
        } catch (IOException | RuntimeException e) {
            throw damaged(
                    file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    /** Whether a file says that it holds implicit models; it may be damaged all the same. */
    public static boolean isOne(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(DOCUMENT) != null && zip.getEntry(WEIGHTS) != null;
        } catch (IOException e) {
            return beginsAsOne(file);
        }
    }

    /** What is in a zip stands at its end, which is missing if it is truncated; its parts have their names all the same. */
    private static boolean beginsAsOne(Path file) {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            ZipEntry first = zip.getNextEntry();
            return first != null && first.getName().equals(DOCUMENT);
        } catch (IOException e) {
            return false;
        }
    }

    private static void requireZip(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException("There is no file '" + file + "'; check its name.");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            if (!Arrays.equals(stream.readNBytes(ZIP.length), ZIP)) {
                throw foreign(file);
            }
        } catch (IOException e) {
            throw new ModelFileException("The file '" + file + "' cannot be read: " + e.getMessage() + ".", e);
        }
    }

    /** The version comes first: of a newer document nothing else need be understood. */
    private static Document document(Path file, ZipFile zip, ZipEntry entry) throws IOException {
        JsonNode tree = checked(zip, entry, Json.MAPPER::readTree);
        if (!Document.FORMAT.equals(tree.path("format").asText())) {
            throw foreign(file);
        }
        int version = tree.path("version").asInt();
        if (version > Document.VERSION) {
            throw new ModelFileException("The file '" + file + "' has the version " + version + ", but this program"
                    + " reads versions up to " + Document.VERSION + "; update it, or convert the network again.");
        }
        return Json.MAPPER.treeToValue(tree, Document.class);
    }

    private interface Reading<T> {
        T from(InputStream stream) throws IOException;
    }

    /** Reads an entry to its end, and compares its checksum. */
    private static <T> T checked(ZipFile zip, ZipEntry entry, Reading<T> reading) throws IOException {
        try (CheckedInputStream stream = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            T result = reading.from(stream);
            stream.transferTo(OutputStream.nullOutputStream());
            if (stream.getChecksum().getValue() != entry.getCrc()) {
                throw new IOException("the checksum of " + entry.getName() + " is wrong");
            }
            return result;
        }
    }

    private static ModelFileException foreign(Path file) {
        return new ModelFileException("The file '" + file + "' holds no implicit model, which is a zip of " + DOCUMENT
                + " and " + WEIGHTS + "; save one with ImplicitNetwork.save or ModelFile.save.");
    }

    private static ModelFileException damaged(Path file, String reason, Exception cause) {
        return new ModelFileException(
                "The implicit model in '" + file + "' is damaged or truncated (" + reason + "); save or copy it again.",
                cause);
    }
}
