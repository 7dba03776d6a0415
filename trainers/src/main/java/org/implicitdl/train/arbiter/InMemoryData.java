package org.implicitdl.train.arbiter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Training and test data that are in memory, for {@code OptimizationConfiguration.Builder.dataProvider}. Every candidate
 * gets its own copy of them, in JSON they are base64; for data of more than some hundred megabytes write a
 * {@code DataSource}.
 */
@SuppressWarnings("deprecation") // Arbiter's only way to hand over data that are in memory
public final class InMemoryData implements DataProvider {
    private static final long serialVersionUID = 1L;

    private final byte[] training;
    private final byte[] test;
    private final int batchSize;

    /**
     * Data in batches of a size.
     *
     * @param batchSize how many samples a batch has, in the order of the data set; trainers may merge or change them
     * @throws IllegalArgumentException if a data set is empty, or the batch size not positive
     */
    public InMemoryData(DataSet training, DataSet test, int batchSize) {
        this(bytes("training", training), bytes("test", test), batchSize);
    }

    private InMemoryData(
            @JsonProperty("training") byte[] training,
            @JsonProperty("test") byte[] test,
            @JsonProperty("batchSize") int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("A batch takes at least 1 sample, but is to take " + batchSize + ".");
        }
        this.training = training;
        this.test = test;
        this.batchSize = batchSize;
    }

    /** The training data, from their beginning. */
    @Override
    public DataSetIterator trainData(Map<String, Object> dataParameters) {
        return iterator(training);
    }

    /** The test data, from their beginning. */
    @Override
    public DataSetIterator testData(Map<String, Object> dataParameters) {
        return iterator(test);
    }

    @Override
    public Class<?> getDataType() {
        return DataSetIterator.class;
    }

    private DataSetIterator iterator(byte[] bytes) {
        DataSet data = new DataSet();
        data.load(new ByteArrayInputStream(bytes));
        return new ViewIterator(data, batchSize);
    }

    private static byte[] bytes(String which, DataSet data) {
        if (data.isEmpty() || data.numExamples() == 0) {
            throw new IllegalArgumentException("The " + which + " data have no samples; give at least one.");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        data.save(bytes);
        return bytes.toByteArray();
    }
}
