package org.implicitdl.convert.compress;

import java.util.List;
import org.deeplearning4j.nn.api.Model;

/**
 * A network that was pruned in rounds, and its error on held-out data: the curve of size against error.
 *
 * @param stages the original, and then the network after each round
 * @param <N> the kind of network
 */
public record PruningPath<N extends Model>(List<Stage<N>> stages) {

    /** Copies the list. */
    public PruningPath {
        stages = List.copyOf(stages);
    }

    /**
     * A network of the path.
     *
     * @param network of its own
     * @param weights the number of its weights that are not zero, of those that may be pruned
     * @param error on the data
     */
    public record Stage<N extends Model>(N network, long weights, double error) {}

    /** The network before pruning. */
    public Stage<N> original() {
        return stages.get(0);
    }

    /** The most pruned network whose error is at most the given one; the original if there is none. */
    public Stage<N> smallestWithin(double error) {
        Stage<N> found = original();
        for (Stage<N> stage : stages) {
            found = stage.error() <= error ? stage : found;
        }
        return found;
    }
}
