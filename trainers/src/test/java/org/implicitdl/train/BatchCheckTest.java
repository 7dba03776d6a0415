package org.implicitdl.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.train.bcd.BlockStepException;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.minibatch.MinibatchDescent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What is wrong with a later batch is found as what is wrong with the first; the network keeps the weights before it. */
class BatchCheckTest {
    private static final int SAMPLES = 20;

    /** Networks for 4 features and 3 classes. */
    private enum Kind {
        DENSE {
            @Override
            Layer[] layers() {
                return new Layer[] {Networks.hidden(4, 5).build(), softmax(5)};
            }
        },
        IMPLICIT {
            @Override
            Layer[] layers() {
                return new Layer[] {
                    implicit(3).build(),
                    new LossLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .build()
                };
            }
        },
        BETWEEN_OTHERS {
            @Override
            Layer[] layers() {
                return new Layer[] {implicit(6).build(), Networks.hidden(6, 5).build(), softmax(5)};
            }
        };

        abstract Layer[] layers();

        MultiLayerNetwork network(DataType type) {
            return Networks.of(type, layers());
        }

        static ImplicitLayer.Builder implicit(int outputs) {
            return new ImplicitLayer.Builder().nIn(4).nOut(outputs).stateSize(6).activation(Activation.RELU);
        }

        static OutputLayer softmax(int inputs) {
            return new OutputLayer.Builder(LossFunction.MCXENT)
                    .nIn(inputs)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build();
        }
    }

    private static final BcdTrainer TRAINER =
            new BcdTrainer.Builder().method(MinibatchDescent.withDefaults()).build();

    private final DataSet good = Networks.data(DataType.DOUBLE, LossFunction.MCXENT, SAMPLES);

    private AbstractThrowableAssert<?, ?> requireRefusal(Kind kind, UnaryOperator<DataSet> spoiled) {
        MultiLayerNetwork net = kind.network(DataType.DOUBLE);
        MultiLayerNetwork once = kind.network(DataType.DOUBLE);
        TRAINER.start(once, good).iterate();
        DataSetIterator batches = new ExistingDataSetIterator(List.of(good, spoiled.apply(good.copy())));

        var refusal = assertThatThrownBy(() -> TRAINER.fit(net, batches));

        assertThat(net.params()).isEqualTo(once.params());
        return refusal;
    }

    @ParameterizedTest
    @EnumSource
    void labelsOutOfTheRangeOfTheLoss(Kind kind) {
        requireRefusal(kind, batch -> {
                    batch.getLabels().putScalar(5, 0, 7);
                    return batch;
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("labels of sample 5 sum to");
    }

    @ParameterizedTest
    @EnumSource
    void masks(Kind kind) {
        requireRefusal(kind, batch -> {
                    batch.setLabelsMaskArray(Nd4j.zeros(SAMPLES, 1));
                    return batch;
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mask");
    }

    @ParameterizedTest
    @EnumSource
    void numbersThatAreNone(Kind kind) {
        requireRefusal(kind, batch -> {
                    batch.getFeatures().putScalar(5, 1, Double.NaN);
                    return batch;
                })
                .isInstanceOf(NonFiniteException.class)
                .hasMessageContaining("NaN");
    }

    @ParameterizedTest
    @EnumSource
    void labelsOfFewerSamples(Kind kind) {
        requireRefusal(kind, batch -> new DataSet(batch.getFeatures(), rows(batch.getLabels(), SAMPLES - 1)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("features of 20 samples and labels of 19");
    }

    @ParameterizedTest
    @EnumSource
    void noLabels(Kind kind) {
        requireRefusal(kind, batch -> new DataSet(batch.getFeatures(), null))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("has no labels");
    }

    @ParameterizedTest
    @EnumSource
    void widthsOfAnotherNetwork(Kind kind) {
        requireRefusal(kind, batch -> new DataSet(Nd4j.ones(DataType.DOUBLE, SAMPLES, 5), batch.getLabels()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[20, 5]");
        requireRefusal(kind, batch -> new DataSet(batch.getFeatures(), Nd4j.ones(DataType.DOUBLE, SAMPLES, 4)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[20, 4]");
    }

    /** The batches of a full batch are looked at before they are merged. */
    @Test
    void batchesThatCannotBeMerged() {
        BcdTrainer full =
                new BcdTrainer.Builder().method(ImplicitDescent.withDefaults()).build();
        for (DataSet wrong : new DataSet[] {
            new DataSet(good.getFeatures(), null),
            new DataSet(good.getFeatures(), rows(good.getLabels(), 3)),
            new DataSet(Nd4j.ones(DataType.DOUBLE, 4, 2), rows(good.getLabels(), 4))
        }) {
            DataSetIterator batches = new ExistingDataSetIterator(List.of(good, wrong));
            assertThatThrownBy(() -> full.fit(Kind.IMPLICIT.network(DataType.DOUBLE), batches))
                    .isInstanceOf(ShapeException.class);
        }
    }

    private static INDArray rows(INDArray array, int count) {
        return array.get(NDArrayIndex.interval(0, count)).dup();
    }

    @ParameterizedTest
    @EnumSource
    void aStepBeyondAllBoundsIsNotMade(Kind kind) {
        MultiLayerNetwork net = kind.network(DataType.FLOAT);
        INDArray before = net.params().dup();
        BcdTrainer wild = new BcdTrainer.Builder()
                .method(MinibatchDescent.withDefaults().withStepLength(1e300))
                .sweeps(1)
                .build();

        assertThatThrownBy(() -> wild.fit(net, good))
                .isInstanceOf(BlockStepException.class)
                .hasMessageContaining("left as they were before it; shorten the steps");
        assertThat(net.params()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"HALF", "BFLOAT16"})
    void halfPrecisionIsRefused(DataType type) {
        MultiLayerNetwork net = Kind.DENSE.network(DataType.FLOAT).convertDataType(type);
        assertThatThrownBy(() -> TRAINER.start(net, good))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("FLOAT or DOUBLE, but found " + type);
    }

    @Test
    void nothingIsNamedAsSuch() {
        MultiLayerNetwork net = Kind.DENSE.network(DataType.DOUBLE);
        assertThatThrownBy(() -> TRAINER.fit(null, good)).hasMessageContaining("network is null");
        assertThatThrownBy(() -> TRAINER.fit(net, (DataSet) null)).hasMessageContaining("data set is null");
        assertThatThrownBy(() -> TRAINER.fit(net, (DataSetIterator) null)).hasMessageContaining("data are null");
        assertThatThrownBy(() -> new BcdTrainer.Builder().method((MinibatchDescent) null))
                .hasMessageContaining("method");
        assertThatThrownBy(() -> new BcdTrainer.Builder().method((ImplicitDescent) null))
                .hasMessageContaining("method");
    }

    @Test
    void theMethodForAnImplicitLayerIsNamed() {
        assertThatThrownBy(() -> new BcdTrainer.Builder().build().fit(Kind.IMPLICIT.network(DataType.DOUBLE), good))
                .isInstanceOf(UnsupportedNetworkException.class)
                .hasMessageContaining("method(ImplicitDescent.withDefaults())");
    }

    @Test
    void asManySweepsAsThereAreNumbersAreNotNone() {
        BcdTrainer.Builder endless =
                new BcdTrainer.Builder().sweeps(Integer.MAX_VALUE).polishSteps(1);
        assertThat(endless.build()
                        .start(Kind.DENSE.network(DataType.DOUBLE), good)
                        .isFinished())
                .isFalse();
        assertThat(endless.method(ImplicitDescent.withDefaults())
                        .build()
                        .start(Kind.IMPLICIT.network(DataType.DOUBLE), good)
                        .isFinished())
                .isFalse();
    }
}
