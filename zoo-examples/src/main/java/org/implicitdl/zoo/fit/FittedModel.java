package org.implicitdl.zoo.fit;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.FeatureTransform;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;

/**
 * A network with all that leads from the cells of a row to its answer.
 *
 * @param network for normalized features
 * @param transform from cells to features
 * @param normalizer of features, and of the labels of a regression
 * @param label the column that is predicted
 * @param classes its classes; none for a regression
 */
public record FittedModel(
        MultiLayerNetwork network,
        FeatureTransform transform,
        NormalizerStandardize normalizer,
        String label,
        List<String> classes) {
    private static final String TRANSFORM = "transform.json";
    private static final String LABEL = "label.txt";

    /** A copy that nobody else can change. */
    public FittedModel {
        classes = List.copyOf(classes);
    }

    /** What is predicted. */
    public Task task() {
        return classes.isEmpty() ? Task.REGRESSION : Task.CLASSIFICATION;
    }

    /**
     * The probabilities of the classes [rows, classes], or the numbers [rows, 1], for rows of a table, which need not have
     * the label.
     *
     * @throws org.implicitdl.zoo.table.TableException if a column is missing, or a cell has no place in it
     */
    public INDArray predict(CsvTable table, int[] rows) {
        INDArray features = transform.apply(table, rows);
        normalizer.transform(features);
        INDArray output = network.output(features, false).dup();
        if (task() == Task.REGRESSION) {
            normalizer.revertLabels(output);
        }
        return output;
    }

    /** Writes a file that {@link ModelSerializer} reads as well, with the normalizer in its place. */
    Path save(String name, OutputFolder folder) {
        return folder.write(name, stream -> {
            Path file = Files.createTempFile("implicit-model", ".zip");
            try {
                ModelSerializer.writeModel(network, file.toFile(), true, normalizer);
                try (FileSystem zip = FileSystems.newFileSystem(file)) {
                    Files.writeString(zip.getPath(TRANSFORM), transform.toJson());
                    // Line by line: no name of a column or a class has a line break in it.
                    Files.writeString(zip.getPath(LABEL), label + "\n" + String.join("\n", classes));
                }
                Files.copy(file, stream);
            } finally {
                Files.deleteIfExists(file);
            }
        });
    }

    /**
     * Reads what a fit saved.
     *
     * @throws ModelFileException if there is no such file, or it is something else
     */
    public static FittedModel load(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelFileException("There is no file '" + file + "'.");
        }
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            if (!Files.exists(zip.getPath(TRANSFORM))) {
                throw new ModelFileException("The file '" + file
                        + "' holds no table's model; give the model.zip that 'implicit fit' wrote.");
            }
            List<String> lines = Files.readAllLines(zip.getPath(LABEL));
            return new FittedModel(
                    MultiLayerNetwork.load(file.toFile(), true),
                    FeatureTransform.fromJson(Files.readString(zip.getPath(TRANSFORM))),
                    ModelSerializer.restoreNormalizerFromFile(file.toFile()),
                    lines.get(0),
                    lines.subList(1, lines.size()));
        } catch (IOException | java.nio.file.ProviderNotFoundException e) {
            throw new ModelFileException(
                    "The file '" + file + "' is damaged or no model (" + e.getMessage()
                            + "); give the model.zip that 'implicit fit' wrote.",
                    e);
        }
    }
}
