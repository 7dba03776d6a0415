package org.implicitdl.train.arbiter;

import java.io.Serializable;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/** The data of a search, in either way that Arbiter has for them. */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, include = JsonTypeInfo.As.PROPERTY, property = "@class")
sealed interface SearchData extends Serializable permits ProvidedData, SourceData {

    /**
     * The training data from their beginning.
     *
     * @throws IllegalArgumentException if they are no {@link DataSetIterator}
     */
    DataSetIterator trainingData();

    /** The score of a network on the test data. */
    double score(MultiLayerNetwork net, ScoreFunction function);
}
