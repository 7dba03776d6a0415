package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.distribution.LogUniformDistribution;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.implicitdl.train.OtherLayers;
import org.implicitdl.train.settings.BackPropagationSettings;
import org.implicitdl.train.settings.BcdSettings;
import org.implicitdl.train.settings.ImplicitBcdSettings;
import org.implicitdl.train.settings.MinibatchBcdSettings;
import org.implicitdl.train.settings.TrainerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class TrainerSpaceTest {
    private static final BackPropagationSettings PLAIN = new BackPropagationSettings(new Sgd(.1), 3);

    private static ParameterSpace<Double> rates() {
        return new ContinuousParameterSpace(new LogUniformDistribution(1e-4, 1e-2));
    }

    private static BcdSpace bcd() {
        return new BcdSpace.Builder()
                .sweeps(new IntegerParameterSpace(1, 9))
                .polishSteps(new IntegerParameterSpace(0, 4))
                .ridge(new ContinuousParameterSpace(0, 1))
                .firstEpsilon(new ContinuousParameterSpace(1, 2))
                .lastEpsilon(new ContinuousParameterSpace(2, 3))
                .acceleration(new IntegerParameterSpace(0, 2))
                .build();
    }

    static Stream<ParameterSpace<TrainerSettings>> spaces() {
        return Stream.of(
                bcd(),
                new BackPropagationSpace.Builder(new Adam(), rates())
                        .epochs(new IntegerParameterSpace(1, 5))
                        .batchSize(16)
                        .build(),
                new MinibatchBcdSpace.Builder()
                        .momentum(new ContinuousParameterSpace(.5, .9))
                        .build(),
                new ImplicitBcdSpace.Builder().ridge(rates()).build(),
                new TrainerSpace(bcd(), new BackPropagationSpace.Builder(new RmsProp(), rates()).build()),
                new TrainerSpace(new FixedValue<>(PLAIN)));
    }

    static Stream<IUpdater> updatersWithALearningRate() {
        return Stream.of(
                new Adam(),
                new AdaMax(),
                new AMSGrad(),
                new AdaBelief(),
                new AdaGrad(),
                new Nadam(),
                new Nesterovs(),
                new RmsProp(),
                new Sgd());
    }

    @Test
    void everyKindOfTrainerHasASpace() {
        assertThat(kinds(TrainerSettings.class)).hasSizeGreaterThan(1).allSatisfy(settings -> {
            String space = settings.getSimpleName().replace("Settings", "Space");
            assertThat(Class.forName(TrainerSpace.class.getPackageName() + "." + space))
                    .isAssignableTo(ParameterSpace.class);
        });
    }

    /** The records below a sealed interface. */
    private static Stream<Class<?>> kinds(Class<?> settings) {
        return settings.isSealed()
                ? Arrays.stream(settings.getPermittedSubclasses()).flatMap(TrainerSpaceTest::kinds)
                : Stream.of(settings);
    }

    @Test
    void everyOptionOfMinibatchBcdIsAParameter() {
        MinibatchBcdSpace space = indexed(new MinibatchBcdSpace.Builder()
                .epochs(new IntegerParameterSpace(1, 5))
                .batchSize(new IntegerParameterSpace(0, 8))
                .stepLength(new ContinuousParameterSpace(1, 2))
                .momentum(new ContinuousParameterSpace(0, .5))
                .damping(new ContinuousParameterSpace(2, 3))
                .ratio(new ContinuousParameterSpace(3, 4))
                .weightDecay(new ContinuousParameterSpace(4, 5))
                .otherLayers(new DiscreteParameterSpace<>(OtherLayers.FIXED, OtherLayers.TRAINED))
                .build());

        assertThat(space.numParameters())
                .isEqualTo(MinibatchBcdSettings.class.getRecordComponents().length)
                .isEqualTo(8);
        assertThat(space.getValue(new double[] {0, 1, .25, .5, .5, .25, 1, 1}))
                .isEqualTo(new MinibatchBcdSettings(1, 8, 1.25, .25, 2.5, 3.25, 5, OtherLayers.TRAINED));
        assertThat(new MinibatchBcdSpace.Builder().build().getValue(new double[0]))
                .isEqualTo(MinibatchBcdSettings.withDefaults());
    }

    @Test
    void everyOptionOfImplicitBcdIsAParameter() {
        ImplicitBcdSpace space = indexed(new ImplicitBcdSpace.Builder()
                .sweeps(new IntegerParameterSpace(1, 5))
                .polishSteps(new IntegerParameterSpace(0, 8))
                .relaxation(new ContinuousParameterSpace(1, 2))
                .ridge(new ContinuousParameterSpace(2, 3))
                .ruleSteps(new IntegerParameterSpace(1, 5))
                .stateSteps(new IntegerParameterSpace(0, 3))
                .build());

        assertThat(space.numParameters())
                .isEqualTo(ImplicitBcdSettings.class.getRecordComponents().length)
                .isEqualTo(6);
        assertThat(space.getValue(new double[] {1, .5, .25, .5, 0, 1}))
                .isEqualTo(new ImplicitBcdSettings(5, 4, 1.25, 2.5, 1, 3));
        assertThat(new ImplicitBcdSpace.Builder().build().getValue(new double[0]))
                .isEqualTo(ImplicitBcdSettings.withDefaults());
    }

    @Test
    void everyOptionOfBcdIsAParameter() {
        BcdSpace space = indexed(bcd());

        assertThat(space.numParameters())
                .isEqualTo(BcdSettings.class.getRecordComponents().length)
                .isEqualTo(6);
        assertThat(space.getValue(new double[] {0, 1, .25, 0, .5, 1})).isEqualTo(new BcdSettings(1, 4, .25, 1, 2.5, 2));
        assertThat(new BcdSpace.Builder().build().getValue(new double[0])).isEqualTo(BcdSettings.withDefaults());
    }

    @ParameterizedTest
    @MethodSource("updatersWithALearningRate")
    void aLearningRateIsAllThatChangesInAnUpdater(IUpdater updater) throws IOException {
        LearningRateSpace space = indexed(new LearningRateSpace(updater, rates()));
        IUpdater before = updater.clone();

        IUpdater value = space.getValue(new double[] {.25});

        assertThat(value.getLearningRate(0, 0)).isCloseTo(Math.pow(10, -3.5), within(1e-12));
        value.setLrAndSchedule(updater.getLearningRate(0, 0), null);
        assertThat(value).isEqualTo(before);
        assertThat(updater).isEqualTo(before);
        String json = JsonMapper.getMapper().writeValueAsString(space);
        assertThat(JsonMapper.getMapper().readValue(json, LearningRateSpace.class))
                .isEqualTo(space);
    }

    @Test
    void anUpdaterWithoutALearningRateIsGivenAsItIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LearningRateSpace(new AdaDelta(), rates()))
                .withMessageContaining("AdaDelta");
        assertThat(new BackPropagationSpace.Builder(new AdaDelta())
                        .epochs(2)
                        .build()
                        .getValue(new double[0]))
                .isEqualTo(new BackPropagationSettings(new AdaDelta(), 2));
    }

    @Test
    void aScheduleThatTheSpaceWouldReplaceIsRefused() {
        for (IUpdater scheduled : List.of(
                new Adam(new ExponentialSchedule(ScheduleType.EPOCH, 0.1, 0.9)), new Sgd(new FixedSchedule(0.1)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new LearningRateSpace(scheduled, rates()))
                    .withMessageContaining("schedule");
        }
    }

    @Test
    void aFixedValueOutOfItsRangeIsRefusedByTheBuilder() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BcdSpace.Builder().sweeps(-3).build())
                .withMessageContaining("-3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MinibatchBcdSpace.Builder().momentum(1).build())
                .withMessageContaining("momentum");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImplicitBcdSpace.Builder().ridge(0).build())
                .withMessageContaining("ridge");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BackPropagationSpace.Builder(new Adam(), rates())
                        .epochs(0)
                        .build())
                .withMessageContaining("epoch");
    }

    @Test
    void theTrainerItselfIsAParameter() {
        TrainerSpace space = indexed(new TrainerSpace(
                new BcdSpace.Builder().sweeps(7).build(),
                new BackPropagationSpace.Builder(new Adam(), rates()).build(),
                new FixedValue<>(PLAIN)));

        assertThat(space.numParameters()).isEqualTo(2);
        assertThat(space.getValue(new double[] {0, 0}))
                .isEqualTo(BcdSettings.withDefaults().withSweeps(7));
        assertThat(space.getValue(new double[] {.5, 0}).trainerName()).isEqualTo("Adam");
        assertThat(space.getValue(new double[] {1, 0})).isEqualTo(PLAIN);
    }

    @Test
    void aSpaceThatTrainersShareIsOneParameter() {
        ParameterSpace<Double> shared = rates();
        TrainerSpace space = indexed(new TrainerSpace(
                new BackPropagationSpace.Builder(new Adam(), shared).build(),
                new BackPropagationSpace.Builder(new RmsProp(), shared).build()));

        assertThat(space.numParameters()).isEqualTo(2);
        assertThat(space.getValue(new double[] {0, 1}).toString()).contains("Adam", "learning rate 0.01");
        assertThat(space.getValue(new double[] {1, 1}).toString()).contains("RmsProp", "learning rate 0.01");
    }

    @Test
    void aChoiceOfNothingIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(TrainerSpace::new).withMessageContaining("at least one");
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everySpaceSurvivesJsonWithItsIndices(ParameterSpace<TrainerSettings> space) throws IOException {
        indexed(space);
        double[] numbers = new Random(5).doubles(space.numParameters()).toArray();

        String json = JsonMapper.getMapper().writeValueAsString(space);
        ParameterSpace<?> back = JsonMapper.getMapper().readValue(json, ParameterSpace.class);

        assertThat(back).isEqualTo(space);
        assertThat(back.numParameters()).isEqualTo(space.numParameters());
        assertThat(back.getValue(numbers)).isEqualTo(space.getValue(numbers));
    }

    private static <S extends ParameterSpace<?>> S indexed(S space) {
        new RandomSearchGenerator(space);
        return space;
    }
}
