package org.implicitdl.zoo.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.implicitdl.zoo.compare.search.BackPropagationContender;
import org.implicitdl.zoo.compare.search.BcdContender;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.race.BackPropagation;
import org.implicitdl.zoo.race.BlockDescent;
import org.implicitdl.zoo.race.Trainer;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The trainers that the commands know; a further one is a line here: block coordinate descent, or an updater of back-propagation. */
enum TrainerChoice {
    BCD(0, null),
    SGD(0.05, Sgd::new),
    NESTEROVS(0.005, Nesterovs::new),
    ADAGRAD(0.05, AdaGrad::new),
    RMSPROP(0.003, RmsProp::new),
    ADAM(0.003, Adam::new),
    ADABELIEF(0.003, AdaBelief::new),
    AMSGRAD(0.003, AMSGrad::new),
    NADAM(0.003, Nadam::new),
    ADAMAX(0.005, AdaMax::new);

    private final double learningRate;
    private final DoubleFunction<IUpdater> updater;

    TrainerChoice(double learningRate, DoubleFunction<IUpdater> updater) {
        this.learningRate = learningRate;
        this.updater = updater;
    }

    boolean isBackPropagation() {
        return updater != null;
    }

    /** The rate that is taken if none is given. */
    double learningRate() {
        return learningRate;
    }

    IUpdater updater(double rate) {
        return updater.apply(rate);
    }

    /** The same trainer with its options to be searched for. */
    Contender contender() {
        return isBackPropagation()
                ? new BackPropagationContender(updater(learningRate), learningRate)
                : new BcdContender();
    }

    /** The same trainer for images, with one hyperparameter to be searched for. */
    Trainer racer() {
        return isBackPropagation() ? new BackPropagation(toString(), learningRate, updater) : new BlockDescent();
    }

    /**
     * Refuses AdaBelief: that of Deeplearning4j 1.0.0-M2.1 asks for the second dimension of a state that has one.
     *
     * @param option that named this trainer
     * @throws ParameterException if no network can be trained so
     */
    void requireUsable(CommandLine line, String option) {
        if (this == ADABELIEF) {
            throw new ParameterException(
                    line,
                    "Wrong value for " + option + ": Deeplearning4j 1.0.0-M2.1 cannot train a network by " + this
                            + ", as its updater fails on every one; take " + ADAM + ", " + AMSGRAD + " or " + NADAM);
        }
    }

    /** Whether one of them is named twice. */
    static boolean areRepeated(List<TrainerChoice> trainers) {
        return trainers.stream().distinct().count() < trainers.size();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
