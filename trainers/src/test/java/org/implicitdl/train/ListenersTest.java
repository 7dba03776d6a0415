package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The trainer tells listeners what {@code net.fit} tells them, in the same order. */
class ListenersTest {
    private final DataSet data = Networks.data(DataType.DOUBLE, LossFunction.MSE, 60);

    @Test
    void eventsAreThoseOfFullBatchTraining() {
        for (int epochs : new int[] {1, 4}) {
            MultiLayerNetwork fitted = Networks.small(DataType.DOUBLE);
            Recorder expected = new Recorder();
            fitted.setListeners(expected);
            fitted.fit(new SingletonDataSetIterator(data), epochs);

            MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
            Recorder recorder = new Recorder();
            net.setListeners(recorder);
            new BcdTrainer.Builder().sweeps(epochs).build().fit(net, new SingletonDataSetIterator(data));

            assertThat(recorder.events).isEqualTo(expected.events);
            assertThat(net.getIterationCount()).isEqualTo(fitted.getIterationCount());
            assertThat(net.getEpochCount()).isEqualTo(fitted.getEpochCount());
        }
    }

    @Test
    void eventsOfMinibatchesAreThoseOfBackPropagation() {
        for (MultiLayerNetwork net : List.of(Networks.small(DataType.DOUBLE), Networks.implicit(DataType.DOUBLE))) {
            Recorder expected = new Recorder();
            net.setListeners(expected);
            net.fit(new ListDataSetIterator<>(data.asList(), 20), 2);
            Recorder recorder = new Recorder();
            net.getLayerWiseConfigurations().setIterationCount(0);
            net.getLayerWiseConfigurations().setEpochCount(0);
            net.setListeners(recorder);

            new BcdTrainer.Builder()
                    .method(MinibatchDescent.withDefaults())
                    .sweeps(2)
                    .build()
                    .fit(net, new ListDataSetIterator<>(data.asList(), 20));

            assertThat(recorder.events).isEqualTo(expected.events);
        }
    }

    @Test
    void countsGoOnFromOneTrainingToTheNext() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        net.fit(new SingletonDataSetIterator(data), 3);
        Recorder recorder = new Recorder();
        net.setListeners(recorder);
        new BcdTrainer.Builder().sweeps(2).build().fit(net, data);
        assertThat(recorder.events).contains("iteration 3 epoch 3", "iteration 4 epoch 4");
        net.fit(new SingletonDataSetIterator(data), 1);
        assertThat(recorder.events).contains("iteration 5 epoch 5");
    }

    @Test
    void collectedScoresAreThoseOfTheIterations() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        CollectScoresIterationListener scores = new CollectScoresIterationListener();
        List<Double> expected = new ArrayList<>();
        net.setListeners(scores, new ScoreIterationListener(1));
        BcdTraining training = new BcdTrainer.Builder().sweeps(4).build().start(net, data);
        while (!training.isFinished()) {
            training.iterate();
            expected.add(net.score(data));
        }
        assertThat(scores.getScoreVsIter().getEffectiveIndexes()).containsExactly(0, 1, 2, 3);
        for (int i = 0; i < 4; i++) {
            assertThat(scores.getScoreVsIter().getEffectiveScores()[i]).isCloseTo(expected.get(i), within(1e-12));
        }
    }

    @Test
    void listenersSeeTheGradientAndTheNewWeights() {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        List<Double> norms = new ArrayList<>();
        net.setListeners(new Recorder() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                norms.add(model.gradient().gradient().norm2Number().doubleValue());
                assertThat(model.gradient().gradientForVariable()).containsKeys("0_W", "0_b", "1_W", "1_b");
                assertThat(model.score()).isCloseTo(((MultiLayerNetwork) model).score(data), within(1e-12));
            }
        });
        INDArray before = net.params().dup();
        new BcdTrainer.Builder().sweeps(2).build().fit(net, data);
        assertThat(norms)
                .hasSize(2)
                .allSatisfy(norm -> assertThat(norm).isFinite().isPositive());
        assertThat(net.params()).isNotEqualTo(before);
    }

    @Test
    void resultsDoNotDependOnListeners() {
        MultiLayerNetwork silent = Networks.small(DataType.DOUBLE);
        MultiLayerNetwork watched = Networks.small(DataType.DOUBLE);
        watched.setListeners(new Recorder());
        BcdTrainer trainer = new BcdTrainer.Builder().sweeps(3).polishSteps(2).build();
        trainer.fit(silent, data);
        trainer.fit(watched, data);
        assertThat(watched.params()).isEqualTo(silent.params());
        assertThat(watched.score()).isCloseTo(silent.score(), within(1e-12));
    }

    @Test
    void thePolishIsToldOfAlikeWithAndWithoutAMatrix() {
        Recorder factorized = new Recorder();
        Recorder matrixFree = new Recorder();
        polish(LevenbergMarquardt.withDefaults(), factorized);
        polish(new LevenbergMarquardt(0, 0), matrixFree);
        assertThat(matrixFree.events).isEqualTo(factorized.events).contains("iteration 3 epoch 3");
    }

    @Test
    void thePolishOfAnImplicitLayerIsToldOfAsItsSweeps() {
        Recorder swept = new Recorder();
        Recorder polished = new Recorder();
        BcdTrainer.Builder builder = new BcdTrainer.Builder().method(ImplicitDescent.withDefaults());
        MultiLayerNetwork first = Networks.implicit(DataType.DOUBLE);
        first.setListeners(swept);
        builder.sweeps(4).build().fit(first, data);
        MultiLayerNetwork second = Networks.implicit(DataType.DOUBLE);
        second.setListeners(polished);
        builder.sweeps(1).polishSteps(3).build().fit(second, data);
        assertThat(polished.events).isEqualTo(swept.events).contains("iteration 3 epoch 3");
    }

    private void polish(LevenbergMarquardt method, Recorder recorder) {
        MultiLayerNetwork net = Networks.small(DataType.DOUBLE);
        net.setListeners(recorder);
        new BcdTrainer.Builder().sweeps(1).polish(method).polishSteps(3).build().fit(net, data);
    }

    private static class Recorder implements TrainingListener {
        final List<String> events = new ArrayList<>();

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            events.add("iteration " + iteration + " epoch " + epoch);
        }

        @Override
        public void onEpochStart(Model model) {
            events.add("start of epoch " + ((MultiLayerNetwork) model).getEpochCount());
        }

        @Override
        public void onEpochEnd(Model model) {
            events.add("end of epoch " + ((MultiLayerNetwork) model).getEpochCount());
        }

        @Override
        public void onForwardPass(Model model, List<INDArray> activations) {
            events.add("forward, " + activations.size() + " activations");
        }

        @Override
        public void onForwardPass(Model model, Map<String, INDArray> activations) {
            events.add("forward of a graph");
        }

        @Override
        public void onGradientCalculation(Model model) {
            events.add("gradient");
        }

        @Override
        public void onBackwardPass(Model model) {
            events.add("backward");
        }
    }
}
