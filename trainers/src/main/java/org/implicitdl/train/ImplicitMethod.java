package org.implicitdl.train;

import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.text.Count;
import org.implicitdl.train.equilibrium.ImplicitLoss;
import org.implicitdl.train.equilibrium.ImplicitPolish;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.implicit.ImplicitRun;
import org.implicitdl.train.implicit.ImplicitState;
import org.implicitdl.train.implicit.ImplicitWeights;
import org.implicitdl.train.implicit.ModelMatrix;
import org.implicitdl.train.polish.LevenbergMarquardt;
import org.implicitdl.train.state.NamedSettings;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.dataset.DataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sweeps of block coordinate descent over all samples of a network with an implicit layer, then steps of the polish.
 *
 * @param polish how its systems are solved, if not as by default
 * @param polishSteps how many at most
 */
record ImplicitMethod(ImplicitDescent descent, Optional<LevenbergMarquardt> polish, int polishSteps)
        implements TrainingMethod {

    private static final Logger LOG = LoggerFactory.getLogger(BcdTrainer.class);

    /** @throws IllegalArgumentException if the polish would leave a penalty of the descent out of account */
    ImplicitMethod {
        if (polishSteps > 0 && descent.hasPenalty()) {
            throw new IllegalArgumentException("There is no polish after " + descent
                    + ", since it knows the layer's own bound of A and no other penalty; leave out polishSteps, or"
                    + " withPenalty.");
        }
    }

    @Override
    public boolean mergesBatches() {
        return true;
    }

    @Override
    public NamedSettings settings() {
        return descent.settings()
                .with("polish", polish.map(LevenbergMarquardt::toString).orElse("the usual one"))
                .with("number of polishing steps", polishSteps);
    }

    @Override
    public MethodRun start(MultiLayerNetwork net, DataSet all, int sweeps) {
        return new Run(this, net, all, sweeps);
    }

    @Override
    public String toString() {
        return descent + (polishSteps == 0 ? "" : ", then at most " + Count.of(polishSteps, "polishing step"));
    }

    private static final class Run implements MethodRun {
        private final ImplicitMethod method;
        private final MultiLayerNetwork net;
        private final TrainableImplicitNetwork trainable;
        private final ImplicitDescent descending;
        private final ImplicitProblem problem;
        private final int sweeps;
        private final ImplicitWeights before;
        private ImplicitRun descent;
        private ImplicitPolish.Run polishing;

        Run(ImplicitMethod method, MultiLayerNetwork net, DataSet all, int sweeps) {
            this.method = method;
            this.net = net;
            this.sweeps = sweeps;
            this.trainable = new TrainableImplicitNetwork(net);
            this.descending = method.descent.withinBound(trainable.kappa());
            this.problem = trainable.problem(all);
            this.descent = descending.start(problem, trainable.parameters().weights());
            this.before = descent.weights();
        }

        @Override
        public boolean isFinished(int passes) {
            return passes >= (long) sweeps + method.polishSteps || polishing != null && polishing.isFinished();
        }

        @Override
        public void iterate(DataSet all, double progress) {
            trainable.parameters().assign(descent.state().sweeps() < sweeps ? sweep() : polishStep());
            net.setScore(NetworkScore.of(net, all));
        }

        private ImplicitWeights sweep() {
            ImplicitWeights weights = descent.sweep();
            if (descent.state().sweeps() == sweeps && weights == before) {
                LOG.warn(
                        "The network keeps its weights from before: in none of {} sweeps were its own predictions better, the"
                                + " last with a loss of {} per sample. Try another relaxation, a smaller penalty or ridge, or"
                                + " MinibatchDescent.",
                        sweeps,
                        descent.loss());
            }
            return weights;
        }

        @Override
        public void save(StateWriter writer) {
            descent.state().save(writer);
            writer.count(polishing == null ? 0 : 1);
            if (polishing != null) {
                polishing.save(writer);
            }
        }

        @Override
        public void restore(StateReader reader) {
            descent = descending.resume(problem, ImplicitState.restored(reader));
            if (reader.count() == 1) {
                polishing = startPolish();
                polishing.restore(reader);
            }
        }

        private ImplicitWeights polishStep() {
            if (polishing == null) {
                polishing = startPolish();
            }
            polishing.step();
            return polishing.weights().weights(problem.v().rows());
        }

        /** No ridge: as for feedforward networks it is the training loss itself that is polished. */
        private ImplicitPolish.Run startPolish() {
            ModelMatrix start = ModelMatrix.of(descent.weights());
            ImplicitPolish polish = ImplicitPolish.withRadius(descending.kappa());
            return method.polish
                    .map(polish::withMethod)
                    .orElse(polish)
                    .start(
                            new ImplicitLoss(start.states(), problem),
                            start,
                            new double[start.m().cols()]);
        }
    }
}
