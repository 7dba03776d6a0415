package org.implicitdl.train.arbiter;

import java.util.Properties;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Early stopping by one of Arbiter's score functions, on the test data of a source or provider: such as one that holds out
 * a part of the training data. Unlike Deeplearning4j's own calculators it survives JSON.
 */
public final class HeldOutScore implements ScoreCalculator<MultiLayerNetwork> {
    private static final long serialVersionUID = 1L;

    private ScoreFunction function;
    private SearchData data;

    private HeldOutScore() {
        // For JSON.
    }

    private HeldOutScore(ScoreFunction function, SearchData data) {
        this.function = function;
        this.data = data;
    }

    /** The score on the test data of a source; the properties may be null. */
    public static HeldOutScore of(ScoreFunction function, Class<? extends DataSource> source, Properties properties) {
        return new HeldOutScore(function, new SourceData(source, properties));
    }

    /** The score on the test data of a provider, such as {@link InMemoryData}. */
    @SuppressWarnings("deprecation") // Arbiter's only way to hand over data that are in memory
    public static HeldOutScore of(ScoreFunction function, DataProvider provider) {
        return new HeldOutScore(function, new ProvidedData(provider, null));
    }

    @Override
    public double calculateScore(MultiLayerNetwork network) {
        return data.score(network, function);
    }

    @Override
    public boolean minimizeScore() {
        return function.minimize();
    }

    @Override
    public String toString() {
        return "HeldOutScore(" + function + ")";
    }
}
