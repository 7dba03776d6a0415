package org.implicitdl.zoo.fit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.zoo.report.OutputFolder;
import org.implicitdl.zoo.table.CsvTable;
import org.implicitdl.zoo.table.FeatureTransform;
import org.implicitdl.zoo.table.Label;
import org.implicitdl.zoo.table.Task;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A network with all that leads from the cells of a row to its answer.
 *
 * @param network for normalized features
 * @param transform from cells to features
 * @param normalizer of features, and of the labels of a regression
 * @param label the column that is predicted
 */
public record FittedModel(
        MultiLayerNetwork network, FeatureTransform transform, NormalizerStandardize normalizer, Label label) {

    private static final double FAR = 1e6;

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
        if (label.task() == Task.REGRESSION) {
            normalizer.revertLabels(output);
        }
        return output;
    }

    /**
     * What should be known of the predictions for rows of a table: cells that are missing or not known, and what they
     * were taken for; numbers so far from those of the training rows that the answer means little. A line for each column.
     */
    public List<String> remarks(CsvTable table, int[] rows) {
        List<String> remarks = new ArrayList<>(transform.replacements(table, rows));
        INDArray features = transform.apply(table, rows);
        normalizer.transform(features);
        for (int j = 0; j < features.columns(); j++) {
            INDArray distances = Transforms.abs(features.getColumn(j), true);
            long far = IntStream.range(0, rows.length)
                    .filter(i -> distances.getDouble(i) > FAR)
                    .count();
            if (far > 0) {
                remarks.add("column '" + transform.columns().get(j) + "': " + Count.of(far, "value")
                        + " more than a million deviations from the mean of the training rows, the farthest in line "
                        + table.rows().get(rows[distances.argMax().getInt(0)]).line());
            }
        }
        return remarks;
    }

    /**
     * Writes a file that {@link #load} reads; {@link org.deeplearning4j.util.ModelSerializer} finds the network and the
     * normalizer in it as well.
     *
     * @return its path
     */
    public Path save(String name, OutputFolder folder) {
        return folder.write(name, stream -> TableModelFile.write(this, stream));
    }

    /**
     * Reads what a fit saved.
     *
     * @throws ModelFileException if there is no such file, it is something else, or it is damaged
     */
    public static FittedModel load(Path file) {
        return TableModelFile.read(file);
    }
}
