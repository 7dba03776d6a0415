package org.implicitdl.zoo.convert;

import java.util.List;
import org.deeplearning4j.nn.api.Model;

/**
 * Size against error of a network pruned in rounds, each converted and reduced.
 *
 * @param rows the original, and then one row for each round
 * @param unpruned the original, trained as long as all rounds together without pruning
 * @param chosen which of the rows is the smallest whose error is small enough
 * @param network the chosen one, before conversion
 */
public record PruningResults(List<Row> rows, Row unpruned, int chosen, Model network) {

    /** Copies the list. */
    public PruningResults {
        rows = List.copyOf(rows);
    }

    /**
     * A round.
     *
     * @param weights of the network that are not zero, of those that may be pruned; a convolution's count once
     * @param states of the reduced model
     * @param stateConnections the nonzeros of A as a matrix: every tap of a convolution at every position
     * @param connections those of A, B, C and D
     * @param parameters the numbers that the reduced model stores
     * @param validationError the share of the validation images that the network does not recognize
     * @param testError the same of the test images and the reduced model
     */
    public record Row(
            long weights,
            int states,
            long stateConnections,
            long connections,
            long parameters,
            double validationError,
            double testError) {}

    /** The connections of states that a row has, as a share of the original's. */
    public double share(Row row) {
        return (double) row.stateConnections() / rows.get(0).stateConnections();
    }
}
