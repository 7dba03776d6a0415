package org.implicitdl.train.arbiter;

import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.scoring.util.ScoreUtil;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Data from a {@link DataProvider}.
 *
 * @param parameters what a candidate wants of it, null for nothing
 */
@SuppressWarnings("deprecation") // Arbiter's only way to hand over data that are in memory
record ProvidedData(
        @JsonProperty("provider") DataProvider provider,
        @JsonProperty("parameters") Map<String, Object> parameters) implements SearchData {
    private static final long serialVersionUID = 1L;

    @Override
    public DataSetIterator trainingData() {
        return atBeginning(provider.trainData(parameters));
    }

    @Override
    public double score(MultiLayerNetwork net, ScoreFunction function) {
        // Not every score function resets an iterator that the provider hands out again and again.
        atBeginning(provider.testData(parameters));
        return function.score(net, provider, parameters);
    }

    private static DataSetIterator atBeginning(Object data) {
        DataSetIterator iterator = ScoreUtil.getIterator(data);
        if (iterator.resetSupported()) {
            iterator.reset();
        }
        return iterator;
    }
}
