package org.implicitdl.train;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.implicitdl.train.implicit.ImplicitDescent;
import org.implicitdl.train.implicit.ImplicitRun;
import org.nd4j.linalg.dataset.DataSet;

/** Sweeps of block coordinate descent over all samples of a network with an implicit layer. */
record ImplicitMethod(ImplicitDescent descent) implements TrainingMethod {

    @Override
    public boolean mergesBatches() {
        return true;
    }

    @Override
    public MethodRun start(MultiLayerNetwork net, DataSet all, int sweeps) {
        TrainableImplicitNetwork trainable = new TrainableImplicitNetwork(net);
        ImplicitRun run = descent.withKappa(trainable.kappa()).start(trainable.problem(all), trainable.weights());
        return new Run(net, trainable, run, sweeps);
    }

    @Override
    public String toString() {
        return descent.toString();
    }

    private record Run(MultiLayerNetwork net, TrainableImplicitNetwork trainable, ImplicitRun descent, int sweeps)
            implements MethodRun {

        @Override
        public boolean isFinished(int passes) {
            return passes >= sweeps;
        }

        @Override
        public void iterate(DataSet all, double progress) {
            trainable.assign(descent.sweep());
            NetworkScore.update(net, all);
        }
    }
}
