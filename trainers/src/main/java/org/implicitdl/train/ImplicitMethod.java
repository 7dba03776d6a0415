package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.ImplicitProblem;
import org.implicitdl.train.implicit.ImplicitRun;
import org.implicitdl.train.implicit.ImplicitState;
import org.implicitdl.train.state.StateReader;
import org.implicitdl.train.state.StateWriter;
import org.nd4j.linalg.dataset.DataSet;

/** Sweeps of block coordinate descent over all samples of a network with an implicit layer. */
record ImplicitMethod(ImplicitDescent descent) implements TrainingMethod {

    @Override
    public boolean mergesBatches() {
        return true;
    }

    @Override
    public String identity() {
        return descent.identity();
    }

    @Override
    public MethodRun start(MultiLayerNetwork net, DataSet all, int sweeps) {
        return new Run(descent, net, all, sweeps);
    }

    @Override
    public String toString() {
        return descent.toString();
    }

    private static final class Run implements MethodRun {
        private final ImplicitDescent method;
        private final MultiLayerNetwork net;
        private final TrainableImplicitNetwork trainable;
        private final ImplicitProblem problem;
        private final int sweeps;
        private ImplicitRun descent;

        Run(ImplicitDescent method, MultiLayerNetwork net, DataSet all, int sweeps) {
            this.net = net;
            this.sweeps = sweeps;
            this.trainable = new TrainableImplicitNetwork(net);
            this.method = method.withinBound(trainable.kappa());
            this.problem = trainable.problem(all);
            this.descent = this.method.start(problem, trainable.parameters().weights());
        }

        @Override
        public boolean isFinished(int passes) {
            return passes >= sweeps;
        }

        @Override
        public void iterate(DataSet all, double progress) {
            trainable.parameters().assign(descent.sweep());
            NetworkScore.update(net, all);
        }

        @Override
        public void save(StateWriter writer) {
            descent.state().save(writer);
        }

        @Override
        public void restore(StateReader reader) {
            descent = method.resume(problem, ImplicitState.restored(reader));
        }
    }
}
