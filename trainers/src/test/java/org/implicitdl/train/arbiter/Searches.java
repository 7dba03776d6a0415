package org.implicitdl.train.arbiter;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.layers.DenseLayerSpace;
import org.deeplearning4j.arbiter.layers.OutputLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.saving.InMemoryResultSaver;
import org.deeplearning4j.arbiter.optimize.api.saving.ResultReference;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Small searches that the tests share; the same seed gives the same data. */
final class Searches {
    private Searches() {}

    /** Points of a square, by whether they lie in a disc: two classes. */
    static DataSet disc(long seed, int samples) {
        Random random = new Random(seed);
        INDArray features = Nd4j.create(DataType.DOUBLE, samples, 2);
        INDArray labels = Nd4j.zeros(DataType.DOUBLE, samples, 2);
        for (int i = 0; i < samples; i++) {
            double x = random.nextDouble() * 2 - 1;
            double y = random.nextDouble() * 2 - 1;
            features.putScalar(i, 0, x);
            features.putScalar(i, 1, y);
            labels.putScalar(i, x * x + y * y < .6 ? 0 : 1, 1);
        }
        return new DataSet(features, labels);
    }

    static InMemoryData data() {
        return new InMemoryData(disc(1, 60), disc(2, 40), 20);
    }

    /** A hidden layer and a softmax, in double precision as the data are. */
    static MultiLayerSpace.Builder network(ParameterSpace<Integer> hidden) {
        return new MultiLayerSpace.Builder()
                .seed(7)
                .addLayer(new DenseLayerSpace.Builder()
                        .nIn(2)
                        .nOut(hidden)
                        .activation(Activation.TANH)
                        .build())
                .addLayer(new OutputLayerSpace.Builder()
                        .nIn(hidden)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build());
    }

    /** 3 to 6 hidden units, trained by BCD, Adam or RMSProp. */
    static NetworkWithTrainerSpace space() {
        return new NetworkWithTrainerSpace(network(new IntegerParameterSpace(3, 6)), trainers());
    }

    static TrainerSpace trainers() {
        ParameterSpace<Double> rates = new ContinuousParameterSpace(new LogUniformDistribution(1e-3, 1e-1));
        return new TrainerSpace(
                new BcdSpace.Builder()
                        .sweeps(2)
                        .ridge(new ContinuousParameterSpace(new LogUniformDistribution(1e-6, 1e-2)))
                        .build(),
                new BackPropagationSpace.Builder(new Adam(), rates).epochs(2).build(),
                new BackPropagationSpace.Builder(new RmsProp(), rates).epochs(2).build());
    }

    static OptimizationConfiguration.Builder configuration() {
        return withData(new OptimizationConfiguration.Builder()).modelSaver(new InMemoryResultSaver());
    }

    @SuppressWarnings("deprecation") // Arbiter's only way to hand over data that are in memory
    static OptimizationConfiguration.Builder withData(OptimizationConfiguration.Builder builder) {
        return builder.dataProvider(data());
    }

    /** The results of a search that is done, in the order of the candidates. */
    static List<OptimizationResult> results(IOptimizationRunner runner) throws IOException {
        List<OptimizationResult> results = new ArrayList<>();
        for (ResultReference reference : runner.getResults()) {
            results.add(reference.getResult());
        }
        results.sort(Comparator.comparing(OptimizationResult::getIndex));
        return results;
    }
}
