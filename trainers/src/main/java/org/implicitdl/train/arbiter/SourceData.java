package org.implicitdl.train.arbiter;

import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.scoring.util.ScoreUtil;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Data from a {@link DataSource}, which is made anew for every use.
 *
 * @param type its class, with a constructor without arguments
 * @param properties what it is configured with, null for nothing
 */
record SourceData(
        @JsonProperty("type") Class<? extends DataSource> type,
        @JsonProperty("properties") Properties properties) implements SearchData {
    private static final long serialVersionUID = 1L;

    @Override
    public DataSetIterator trainingData() {
        return ScoreUtil.getIterator(source().trainData());
    }

    @Override
    public double score(MultiLayerNetwork net, ScoreFunction function) {
        return function.score(net, type, properties);
    }

    private DataSource source() {
        DataSource source;
        try {
            source = type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "The data source " + type.getName() + " could not be made (" + e
                            + "); it needs a public constructor without arguments that does not fail.",
                    e);
        }
        if (properties != null) {
            source.configure(properties);
        }
        return source;
    }
}
