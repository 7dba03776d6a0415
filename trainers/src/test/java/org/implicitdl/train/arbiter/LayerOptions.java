package org.implicitdl.train.arbiter;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.IWeightNoise;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitConstant;
import org.deeplearning4j.nn.weights.WeightInitXavier;
import org.implicitdl.layer.FailureAction;
import org.implicitdl.layer.GradientType;
import org.implicitdl.layer.SolverType;
import org.implicitdl.layer.WellPosed;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Every option of the layer, once for each way to say it. */
final class LayerOptions {
    private LayerOptions() {}

    static Stream<LayerOption<?>> all() {
        return Stream.of(model(), solver(), parameters(), common()).flatMap(List::stream);
    }

    private static List<LayerOption<?>> model() {
        return List.of(
                LayerOption.of("nIn", 2, 5, (l, v) -> l.nIn(v), (s, v) -> s.nIn(v)),
                LayerOption.of("nOut", 2, 5, (l, v) -> l.nOut(v), (s, v) -> s.nOut(v)),
                LayerOption.of("units", 2, 5, (l, v) -> l.units(v), (s, v) -> s.nOut(v)),
                LayerOption.of("name", "x", "x", (l, v) -> l.name(v), (s, v) -> s.name("x")),
                LayerOption.of("stateSize", 2, 5, (l, v) -> l.stateSize(v), (s, v) -> s.stateSize(v)),
                LayerOption.of("hasBias", true, false, (l, v) -> l.hasBias(v), (s, v) -> s.hasBias(v)),
                LayerOption.of("directTerm", true, false, (l, v) -> l.directTerm(v), (s, v) -> s.directTerm(v)),
                LayerOption.of("stateOutput", true, false, (l, v) -> l.stateOutput(v), (s, v) -> s.stateOutput(v)),
                LayerOption.of(
                        "wellPosed",
                        WellPosed.MONOTONE,
                        WellPosed.STRICTLY_UPPER_TRIANGULAR,
                        (l, v) -> l.wellPosed(v),
                        (s, v) -> s.wellPosed(v)),
                LayerOption.of("kappa", .5, .7, (l, v) -> l.kappa(v), (s, v) -> s.kappa(v)));
    }

    private static List<LayerOption<?>> solver() {
        return List.of(
                LayerOption.of(
                        "solver", SolverType.NEWTON, SolverType.PICARD, (l, v) -> l.solver(v), (s, v) -> s.solver(v)),
                LayerOption.of("tolerance", 1e-3, 1e-5, (l, v) -> l.tolerance(v), (s, v) -> s.tolerance(v)),
                LayerOption.of("maxIterations", 7, 50, (l, v) -> l.maxIterations(v), (s, v) -> s.maxIterations(v)),
                LayerOption.of(
                        "damping",
                        .5,
                        .8,
                        (l, v) -> l.solver(SolverType.PICARD).damping(v),
                        (s, v) -> s.solver(SolverType.PICARD).damping(v)),
                LayerOption.of(
                        "andersonDepth",
                        2,
                        3,
                        (l, v) -> l.solver(SolverType.ANDERSON).andersonDepth(v),
                        (s, v) -> s.solver(SolverType.ANDERSON).andersonDepth(v)),
                LayerOption.of(
                        "andersonRidge",
                        1e-8,
                        1e-6,
                        (l, v) -> l.solver(SolverType.ANDERSON).andersonRidge(v),
                        (s, v) -> s.solver(SolverType.ANDERSON).andersonRidge(v)),
                LayerOption.of("warmStart", true, false, (l, v) -> l.warmStart(v), (s, v) -> s.warmStart(v)),
                LayerOption.of(
                        "gradient",
                        GradientType.ONE_STEP,
                        GradientType.PHANTOM,
                        (l, v) -> l.gradient(v),
                        (s, v) -> s.gradient(v)),
                LayerOption.of(
                        "phantomSteps",
                        2,
                        3,
                        (l, v) -> l.gradient(GradientType.PHANTOM).phantomSteps(v),
                        (s, v) -> s.gradient(GradientType.PHANTOM).phantomSteps(v)),
                LayerOption.of(
                        "phantomDamping",
                        .3,
                        .4,
                        (l, v) -> l.gradient(GradientType.PHANTOM).phantomDamping(v),
                        (s, v) -> s.gradient(GradientType.PHANTOM).phantomDamping(v)),
                LayerOption.of(
                        "trainingFailure",
                        FailureAction.THROW,
                        FailureAction.WARN,
                        (l, v) -> l.trainingFailure(v),
                        (s, v) -> s.trainingFailure(v)),
                LayerOption.of(
                        "inferenceFailure",
                        FailureAction.THROW,
                        FailureAction.WARN,
                        (l, v) -> l.inferenceFailure(v),
                        (s, v) -> s.inferenceFailure(v)));
    }

    private static List<LayerOption<?>> parameters() {
        return List.of(
                LayerOption.<IWeightInit>of(
                        "weightInit",
                        new WeightInitConstant(.1),
                        new WeightInitXavier(),
                        (l, v) -> l.weightInit(v),
                        (s, v) -> s.weightInitFn(v)),
                LayerOption.<IWeightInit>of(
                        "weightInit",
                        new WeightInitConstant(.1),
                        new WeightInitXavier(),
                        (l, v) -> l.weightInit("B", v),
                        (s, v) -> s.weightInit("B", v)),
                LayerOption.<IUpdater>of(
                        "updater", new Sgd(.1), new Adam(.2), (l, v) -> l.updater("A", v), (s, v) -> s.updater("A", v)),
                LayerOption.of("l1", .1, .2, (l, v) -> l.l1("C", v), (s, v) -> s.l1("C", v)),
                LayerOption.of("l2", .1, .2, (l, v) -> l.l2("d", v), (s, v) -> s.l2("d", v)),
                LayerOption.<Regularization>of(
                        "regularization",
                        new L1Regularization(.1),
                        new L2Regularization(.2),
                        (l, v) -> l.regularization("D", v),
                        (s, v) -> s.regularization("D", v)),
                LayerOption.<List<LayerConstraint>>of(
                        "constrain",
                        List.of(new NonNegativeConstraint()),
                        List.of(new UnitNormConstraint(1)),
                        (l, v) -> l.constrain("B", v.get(0)),
                        (s, v) -> s.constrain("B", v)),
                LayerOption.of("weightDecay", .1, .2, (l, v) -> l.weightDecay(v), (s, v) -> s.weightDecay(v)),
                LayerOption.of(
                        "weightDecayBias", .1, .2, (l, v) -> l.weightDecayBias(v), (s, v) -> s.weightDecayBias(v)),
                LayerOption.<List<Regularization>>of(
                        "regularization",
                        List.of(new L1Regularization(.1)),
                        List.of(new L2Regularization(.2)),
                        (l, v) -> l.regularization(v),
                        (s, v) -> s.regularization(v)),
                LayerOption.<List<Regularization>>of(
                        "regularizationBias",
                        List.of(new L1Regularization(.1)),
                        List.of(new L2Regularization(.2)),
                        (l, v) -> l.regularizationBias(v),
                        (s, v) -> s.regularizationBias(v)));
    }

    private static List<LayerOption<?>> common() {
        return List.of(
                LayerOption.of(
                        "activation",
                        Activation.RELU,
                        Activation.TANH,
                        (l, v) -> l.activation(v),
                        (s, v) -> s.activation(v)),
                LayerOption.of(
                        "weightInit",
                        WeightInit.RELU,
                        WeightInit.NORMAL,
                        (l, v) -> l.weightInit(v),
                        (s, v) -> s.weightInit(v)),
                LayerOption.<Distribution>of(
                        "dist",
                        new NormalDistribution(0, 1),
                        new UniformDistribution(0, 1),
                        (l, v) -> l.weightInit(v),
                        (s, v) -> s.dist(v)),
                LayerOption.of("biasInit", .1, .2, (l, v) -> l.biasInit(v), (s, v) -> s.biasInit(v)),
                LayerOption.of("l1", .1, .2, (l, v) -> l.l1(v), (s, v) -> s.l1(v)),
                LayerOption.of("l2", .1, .2, (l, v) -> l.l2(v), (s, v) -> s.l2(v)),
                LayerOption.of("l1Bias", .1, .2, (l, v) -> l.l1Bias(v), (s, v) -> s.l1Bias(v)),
                LayerOption.of("l2Bias", .1, .2, (l, v) -> l.l2Bias(v), (s, v) -> s.l2Bias(v)),
                LayerOption.<IUpdater>of(
                        "updater", new Sgd(.1), new Adam(.2), (l, v) -> l.updater(v), (s, v) -> s.updater(v)),
                LayerOption.<IUpdater>of(
                        "biasUpdater",
                        new Sgd(.1),
                        new Adam(.2),
                        (l, v) -> l.biasUpdater(v),
                        (s, v) -> s.biasUpdater(v)),
                LayerOption.<IWeightNoise>of(
                        "weightNoise",
                        new DropConnect(.5),
                        new DropConnect(.8),
                        (l, v) -> l.weightNoise(v),
                        (s, v) -> s.weightNoise(v)),
                LayerOption.of("dropOut", 0.0, .8, (l, v) -> l.dropOut(v), (s, v) -> s.dropOut(v)),
                LayerOption.of(
                        "gradientNormalization",
                        GradientNormalization.ClipL2PerLayer,
                        GradientNormalization.RenormalizeL2PerLayer,
                        (l, v) -> l.gradientNormalization(v),
                        (s, v) -> s.gradientNormalization(v)),
                LayerOption.of(
                        "gradientNormalizationThreshold",
                        .5,
                        2.0,
                        (l, v) -> l.gradientNormalizationThreshold(v),
                        (s, v) -> s.gradientNormalizationThreshold(v)),
                LayerOption.<List<LayerConstraint>>of(
                        "constrainWeights",
                        List.of(new NonNegativeConstraint()),
                        List.of(new MaxNormConstraint(1, 1)),
                        (l, v) -> l.constrainWeights(v.get(0)),
                        (s, v) -> s.constrainWeights(v)),
                LayerOption.<List<LayerConstraint>>of(
                        "constrainBias",
                        List.of(new NonNegativeConstraint()),
                        List.of(new MaxNormConstraint(1, 1)),
                        (l, v) -> l.constrainBias(v.get(0)),
                        (s, v) -> s.constrainBias(v)),
                LayerOption.<List<LayerConstraint>>of(
                        "constrainAllParameters",
                        List.of(new NonNegativeConstraint()),
                        List.of(new MaxNormConstraint(1, 1)),
                        (l, v) -> l.constrainAllParameters(v.get(0)),
                        (s, v) -> s.constrainAllParams(v)));
    }
}
