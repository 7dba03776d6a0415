package org.implicitdl.convert.compress;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;

/**
 * Pruning with retraining (Han et al., "Learning both weights and connections", 2015): in round r of R the weights of a
 * network that are least in absolute value are set to zero until the share s^(r/R) is left, and what is left is trained
 * on, the zeros staying zero. After R rounds the share s is left, at a far smaller loss than without retraining.
 *
 * <p>Pruned are the weights that DL4J regularizes, of at least two dimensions; biases, batch normalization and frozen
 * layers stay. The network that is given is not changed. Converted, the pruned network is a model with as many zeros,
 * of which a {@code Reducer} then takes out the states that have become idle. Immutable.
 */
public final class IterativePruning {
    private static final int ROUNDS = 5;

    private final Pruning last;
    private final int rounds;
    private final RoundListener listener;

    private IterativePruning(Pruning last, int rounds, RoundListener listener) {
        this.last = last;
        this.rounds = rounds;
        this.listener = listener;
    }

    /** Hears how far the pruning has come. */
    @FunctionalInterface
    public interface RoundListener {

        /** Called after every round, by the thread that prunes. */
        void onRound(int round, int rounds);
    }

    /**
     * Keeps a share of the weights of each layer, in 5 rounds.
     *
     * @throws IllegalArgumentException if the share is not above 0 and at most 1
     */
    public static IterativePruning keeping(double share) {
        if (share == 0) {
            throw new IllegalArgumentException("The share of weights that stays must be above 0, but is 0.");
        }
        return new IterativePruning(Pruning.keepingOfEachBlock(share), ROUNDS, (round, rounds) -> {});
    }

    /**
     * This pruning in another number of rounds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public IterativePruning withRounds(int rounds) {
        if (rounds < 1) {
            throw new IllegalArgumentException("There must be at least 1 round of pruning, but are " + rounds + ".");
        }
        return new IterativePruning(last, rounds, listener);
    }

    /** The number R of rounds. */
    public int rounds() {
        return rounds;
    }

    /** This pruning with one threshold for the network, or one for each weight array. */
    public IterativePruning withScope(Pruning.Scope scope) {
        return new IterativePruning(new Pruning(last.kept(), scope), rounds, listener);
    }

    /** This pruning, told of to another listener. */
    public IterativePruning withListener(RoundListener listener) {
        return new IterativePruning(last, rounds, listener);
    }

    /**
     * Prunes a trained network.
     *
     * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}; not changed
     * @param training trains the network that it is given for a while, such as {@code net -> net.fit(batches)}; must not
     *     take its listeners away, since one of them keeps the zeros
     * @param error the error of a network on data that it is not trained on
     * @return the network before and after each round
     * @throws IllegalArgumentException if the network is of another kind, has no weights, or a weight is NaN
     * @throws IllegalStateException if {@code training} took away the listener and zeros were lost
     */
    public <N extends Model> PruningPath<N> prune(N network, Consumer<N> training, ToDoubleFunction<N> error) {
        List<PruningPath.Stage<N>> stages = new ArrayList<>();
        N present = copy(network);
        stages.add(new PruningPath.Stage<>(present, WeightMask.weights(present), error.applyAsDouble(present)));
        for (int round = 1; round <= rounds; round++) {
            present = copy(present);
            Pruning pruning = new Pruning(Math.pow(last.kept(), (double) round / rounds), last.scope());
            WeightMask mask = WeightMask.of(present, pruning);
            train(present, mask, training);
            stages.add(new PruningPath.Stage<>(present, WeightMask.weights(present), error.applyAsDouble(present)));
            listener.onRound(round, rounds);
        }
        return new PruningPath<>(stages);
    }

    private static <N extends Model> void train(N network, WeightMask mask, Consumer<N> training) {
        mask.apply();
        Collection<TrainingListener> before = listeners(network);
        network.addListeners(mask);
        try {
            training.accept(network);
        } finally {
            network.setListeners(before);
        }
        mask.check();
    }

    private static Collection<TrainingListener> listeners(Model network) {
        return List.copyOf(
                network instanceof MultiLayerNetwork layers
                        ? layers.getListeners()
                        : ((ComputationGraph) network).getListeners());
    }

    /** A copy with the state of its updater. */
    @SuppressWarnings("unchecked") // a clone is of the class of the original
    private static <N extends Model> N copy(N network) {
        if (network instanceof MultiLayerNetwork layers) {
            return (N) layers.clone();
        }
        if (network instanceof ComputationGraph graph) {
            return (N) graph.clone();
        }
        throw new IllegalArgumentException("What is pruned must be a MultiLayerNetwork or a ComputationGraph, but is a "
                + network.getClass().getName() + ".");
    }

    @Override
    public String toString() {
        return "iterative pruning, " + last.name() + " in " + rounds + " rounds";
    }
}
