package org.implicitdl.train.arbiter;

import java.util.List;
import java.util.Objects;
import org.deeplearning4j.arbiter.DL4JConfiguration;
import org.deeplearning4j.arbiter.MultiLayerSpace;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.TaskCreatorProvider;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.integer.IntegerParameterSpace;
import org.deeplearning4j.arbiter.util.LeafUtils;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.implicitdl.train.settings.TrainerSettings;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A space of networks together with the trainer of each, which brings the updater, the number of epochs and the batches.
 *
 * <p>{@code LocalOptimizationRunner} finds the {@link TrainerTaskCreator} for it by itself. Its candidates are
 * {@link NetworkWithTrainer}s. Candidates begin with the same weights in every search if the network has a seed.
 */
@SuppressWarnings("rawtypes") // as Arbiter declares the spaces
public final class NetworkWithTrainerSpace extends MultiLayerSpace {
    static {
        TaskCreatorProvider.registerDefaultTaskCreatorClass(NetworkWithTrainerSpace.class, TrainerTaskCreator.class);
    }

    private ParameterSpace<TrainerSettings> trainer;
    private DataType dataType = DataType.FLOAT;

    private NetworkWithTrainerSpace() {
        // For JSON.
    }

    /** A space of networks and trainers in single precision, Deeplearning4j's default. */
    public NetworkWithTrainerSpace(MultiLayerSpace.Builder network, ParameterSpace<TrainerSettings> trainer) {
        this(network, trainer, DataType.FLOAT);
    }

    /**
     * A space of networks and trainers.
     *
     * @param network what Arbiter is told about networks; early stopping too, which then decides how long a candidate is
     *     trained
     * @param trainer such as a {@link TrainerSpace}
     * @param dataType of parameters and activations, for which Arbiter has no option
     * @throws IllegalArgumentException if the network has an updater or a number of epochs, which are the trainer's, or if
     *     a parameter has one value only
     */
    public NetworkWithTrainerSpace(
            MultiLayerSpace.Builder network, ParameterSpace<TrainerSettings> trainer, DataType dataType) {
        super(network);
        this.trainer = Objects.requireNonNull(trainer, "trainer");
        this.dataType = Objects.requireNonNull(dataType, "dataType");
        if (updater != null) {
            throw new IllegalArgumentException("The updater belongs to the trainer, but the network has " + updater
                    + "; give it to a BackPropagationSpace instead.");
        }
        if (numEpochs != 1) {
            throw new IllegalArgumentException("The number of epochs belongs to the trainer, but the network has "
                    + numEpochs + "; give it to the space of the trainer instead.");
        }
        List<ParameterSpace> leaves = collectLeaves();
        leaves.forEach(NetworkWithTrainerSpace::requireChoice);
        numParameters = LeafUtils.countUniqueParameters(leaves);
    }

    /** The trainers. */
    public ParameterSpace<TrainerSettings> trainer() {
        return trainer;
    }

    /** A candidate; one that cannot be made fails when it is run. */
    @Override
    public DL4JConfiguration getValue(double[] numbers) {
        try {
            return new NetworkWithTrainer(
                    super.getValue(numbers).getMultiLayerConfiguration(),
                    trainer.getValue(numbers),
                    earlyStoppingConfiguration);
        } catch (RuntimeException e) {
            return new ImpossibleNetwork(e);
        }
    }

    @Override
    protected NeuralNetConfiguration.Builder randomGlobalConf(double[] numbers) {
        NeuralNetConfiguration.Builder builder = super.randomGlobalConf(numbers).dataType(dataType);
        trainer.getValue(numbers).configure(builder);
        return builder;
    }

    /** The parameters, without fixed values, among which Arbiter's grid search would count layers that are fixed. */
    @Override
    public List<ParameterSpace> collectLeaves() {
        List<ParameterSpace> leaves = LeafUtils.getUniqueObjects(super.collectLeaves());
        leaves.removeIf(leaf -> leaf.numParameters() == 0);
        return leaves;
    }

    private static void requireChoice(ParameterSpace<?> leaf) {
        boolean single = leaf instanceof DiscreteParameterSpace<?> discrete && discrete.numValues() == 1
                || leaf instanceof IntegerParameterSpace integer && integer.getMin() == integer.getMax();
        if (single) {
            throw new IllegalArgumentException(
                    "The space " + leaf + " has one value only, so that Arbiter's grid search"
                            + " would give the values of others to it; give the value instead of a space.");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkWithTrainerSpace that
                && super.equals(that)
                && trainer.equals(that.trainer)
                && dataType == that.dataType;
    }

    @Override
    protected boolean canEqual(Object other) {
        return other instanceof NetworkWithTrainerSpace;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), trainer, dataType);
    }

    @Override
    public String toString() {
        return super.toString() + "trainer: " + trainer + "\ndataType: " + dataType + "\n";
    }
}
