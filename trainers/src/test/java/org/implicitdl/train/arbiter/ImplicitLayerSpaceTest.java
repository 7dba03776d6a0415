package org.implicitdl.train.arbiter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.deeplearning4j.arbiter.optimize.parameter.BooleanSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.continuous.ContinuousParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.implicitdl.layer.GradientType;
import org.implicitdl.layer.ImplicitLayer;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImplicitLayerSpaceTest {
    /** Layer normalization, which the layer does not have, is all that a gain is for. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("gainInit");

    static Stream<LayerOption<?>> options() {
        return LayerOptions.all();
    }

    @Test
    void noOptionOfTheLayerIsForgotten() {
        Set<String> ofTheLayer = Arrays.stream(ImplicitLayer.Builder.class.getMethods())
                .filter(method -> Layer.Builder.class.isAssignableFrom(method.getReturnType()))
                .map(method -> method.getName())
                .filter(name -> !WITHOUT_EFFECT.contains(name))
                .collect(Collectors.toSet());

        assertThat(ofTheLayer).contains("stateSize", "kappa", "nIn", "dropOut");
        assertThat(options().map(LayerOption::name).collect(Collectors.toSet())).isEqualTo(ofTheLayer);
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyValueOfAnOptionMakesTheLayerOfThisValue(LayerOption<?> option) {
        ImplicitLayerSpace space = indexed(option.spaceOfBoth());

        assertThat(space.getValue(new double[] {.1})).isEqualTo(option.layerWith(0));
        assertThat(space.getValue(new double[] {.9})).isEqualTo(option.layerWith(1));
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyOptionSurvivesJson(LayerOption<?> option) throws IOException {
        ImplicitLayerSpace space = indexed(option.spaceOfBoth());

        String json = JsonMapper.getMapper().writeValueAsString(space);
        ImplicitLayerSpace back = JsonMapper.getMapper().readValue(json, ImplicitLayerSpace.class);

        assertThat(back).isEqualTo(space).hasSameHashCodeAs(space);
        assertThat(back.numParameters()).isEqualTo(space.numParameters());
        assertThat(back.getValue(new double[] {.9})).isEqualTo(option.layerWith(1));
    }

    @Test
    void valuesAndSpacesCanBeMixed() {
        ImplicitLayerSpace space = indexed(small().stateSize(new IntegerParameterSpace(8, 64))
                .kappa(new ContinuousParameterSpace(.5, .9))
                .hasBias(false)
                .build());

        assertThat(space.numParameters()).isEqualTo(2);
        assertThat(space.getValue(new double[] {0, .5}))
                .isEqualTo(new ImplicitLayer.Builder()
                        .nIn(3)
                        .nOut(2)
                        .stateSize(8)
                        .kappa(.7)
                        .hasBias(false)
                        .build());
    }

    @Test
    void optionsCountOnlyWithTheChoiceThatTheyBelongTo() {
        ImplicitLayerSpace space = indexed(small().stateSize(4)
                .solver(new DiscreteParameterSpace<>(SolverType.PICARD, SolverType.ANDERSON))
                .damping(.5)
                .andersonDepth(3)
                .gradient(new DiscreteParameterSpace<>(GradientType.PHANTOM, GradientType.EXACT))
                .phantomSteps(2)
                .build());

        ImplicitLayer first = space.getValue(new double[] {0, 0});
        ImplicitLayer second = space.getValue(new double[] {1, 1});

        assertThat(first.getSolver().damping()).isEqualTo(.5);
        assertThat(first.getSolver().andersonDepth()).isNull();
        assertThat(first.getGradient().phantomSteps()).isEqualTo(2);
        assertThat(second.getSolver().damping()).isNull();
        assertThat(second.getSolver().andersonDepth()).isEqualTo(3);
        assertThat(second.getGradient().phantomSteps()).isNull();
    }

    /** What each condition takes of the options below: κ, evaluations, the parameter A; the layer refuses what it does not take. */
    @Test
    void everyConditionOfWellPosednessTakesWhatAppliesToIt() {
        ImplicitLayerSpace space = indexed(small().stateSize(4)
                .wellPosed(new DiscreteParameterSpace<>(WellPosed.values()))
                .kappa(.5)
                .maxIterations(50)
                .warmStart(true)
                .l1("A", new FixedValue<>(.1))
                .l2("F", new FixedValue<>(.2))
                .build());

        for (int i = 0; i < WellPosed.values().length; i++) {
            ImplicitLayer layer = space.getValue(new double[] {(i + .5) / WellPosed.values().length});
            WellPosed condition = WellPosed.values()[i];
            boolean triangular = condition == WellPosed.STRICTLY_UPPER_TRIANGULAR;
            assertThat(layer.getWellPosed()).isEqualTo(condition);
            assertThat(layer.getKappa()).isEqualTo(condition.takesKappa() ? .5 : .95);
            assertThat(layer.getSolver().maxIterations()).isEqualTo(triangular ? null : 50);
            assertThat(layer.getSolver().warmStart()).isEqualTo(!triangular);
            assertThat(layer.getParameterSettings().keySet())
                    .isEqualTo(
                            switch (condition) {
                                case MONOTONE -> Set.of("F");
                                case SCALED_NORM_INF -> Set.of();
                                default -> Set.of("A");
                            });
        }
    }

    @Test
    void theStatesAreTheOutputsWhereTheStateIsPutOut() {
        ImplicitLayerSpace space =
                indexed(small().stateSize(4).stateOutput(new BooleanSpace()).build());

        assertThat(space.getValue(new double[] {0}).getNOut()).isEqualTo(4);
        assertThat(space.getValue(new double[] {1}).getNOut()).isEqualTo(2);
    }

    @Test
    void anOptionWithoutEffectInAnyCandidateIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().damping(.5).build())
                .withMessageContainingAll("damping", "AUTO", "PICARD");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> small().solver(SolverType.NEWTON).andersonDepth(2).build())
                .withMessageContainingAll("andersonDepth", "NEWTON");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().phantomSteps(2).build())
                .withMessageContaining("phantomSteps");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().wellPosed(WellPosed.NONE).kappa(.5).build())
                .withMessageContainingAll("kappa", "NONE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().wellPosed(WellPosed.STRICTLY_UPPER_TRIANGULAR)
                        .maxIterations(7)
                        .build())
                .withMessageContainingAll("maxIterations", "back-substitution");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().l1("W", new FixedValue<>(.1)))
                .withMessageContaining("'W'");
    }

    @Test
    void aDistributionOfWeightsIsTaken() {
        ImplicitLayerSpace space = indexed(
                small().stateSize(4).weightInit(new NormalDistribution(0, .1)).build());

        assertThat(space.getValue(new double[0]).getWeightInitFn())
                .isEqualTo(new WeightInitDistribution(new NormalDistribution(0, .1)));
    }

    @Test
    void aBuilderThatGoesOnDoesNotChangeWhatItBuilt() {
        ImplicitLayerSpace.Builder builder =
                small().stateSize(4).tolerance(1e-3).l1("A", new FixedValue<>(.1));
        ImplicitLayerSpace space = indexed(builder.build());
        ImplicitLayer before = space.getValue(new double[0]);

        builder.tolerance(1e-5).l1("A", new FixedValue<>(.2)).l1("B", new FixedValue<>(.3));

        assertThat(space.getValue(new double[0])).isEqualTo(before);
    }

    private static ImplicitLayerSpace.Builder small() {
        return new ImplicitLayerSpace.Builder().nIn(3).nOut(2);
    }

    private static ImplicitLayerSpace indexed(ImplicitLayerSpace space) {
        new RandomSearchGenerator(space);
        return space;
    }
}
