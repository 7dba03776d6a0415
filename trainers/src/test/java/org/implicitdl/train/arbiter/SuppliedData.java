package org.implicitdl.train.arbiter;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Data as a test brings them. */
@SuppressWarnings({"deprecation", "serial"}) // Arbiter's only way to hand over data that are in memory
record SuppliedData(Supplier<DataSetIterator> training, Supplier<DataSetIterator> test) implements DataProvider {

    @Override
    public Object trainData(Map<String, Object> parameters) {
        return training.get();
    }

    @Override
    public Object testData(Map<String, Object> parameters) {
        return test.get();
    }

    @Override
    public Class<?> getDataType() {
        return DataSetIterator.class;
    }
}
