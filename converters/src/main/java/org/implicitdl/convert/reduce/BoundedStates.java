package org.implicitdl.convert.reduce;

import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.convert.structure.SparseRow;

/**
 * States on which φ is constant or linear for every input of a box: x = c (a ReLU that is never active), or x = sz (one
 * that always is). They are expressed by the other states, the inputs and the constant, and put into their places in M.
 *
 * <p>A state that depends on itself by a coefficient a becomes sz'/(1 − sa). In cycles this is done only if the smaller
 * model is certified well-posed. Putting a linear state into its place multiplies its connections: linear states stay if
 * that would make more connections than {@code growth} times the present ones.
 *
 * @param box where the inputs lie
 * @param growth how many times the present connections there may be afterwards, at least 1; infinite for any number
 */
public record BoundedStates(InputBox box, double growth) implements ReductionStep {
    /** A pivot 1 − sa below this is as good as zero. */
    private static final double LEAST_PIVOT = 1e-8;

    /** @throws IllegalArgumentException if the growth is less than 1 */
    public BoundedStates {
        if (!(growth >= 1)) {
            throw new IllegalArgumentException(
                    "The growth of the connections must be at least 1 (none), but is " + growth + ".");
        }
    }

    @Override
    public String name() {
        return "bounded";
    }

    /** @throws org.implicitdl.operator.ShapeException unless it is one box of the model's inputs */
    @Override
    public Change apply(SparseModel model) {
        Dependencies graph = Dependencies.of(model);
        Candidates found = Candidates.of(model, StateBounds.of(model, graph, box));
        Change change = affordable(model, found);
        if (change.reasons().isEmpty() || CycleCheck.isCertified(change.model())) {
            return change;
        }
        return affordable(model, found.filter(i -> !graph.isCyclic(i)));
    }

    private Change affordable(SparseModel model, Candidates found) {
        double most = growth * model.connections();
        Change all = substitute(model, found);
        if (all.model().connections() <= most) {
            return all;
        }
        int[] users = users(model);
        // Alone, a linear state takes away its own connections and adds one for each pair of source and user.
        Change some = substitute(model, found.filter(i -> {
            long sources = model.matrix().end(i) - model.matrix().start(i);
            return found.isConstant(i) || sources * users[i] <= growth * (sources + users[i]);
        }));
        return some.model().connections() <= most ? some : substitute(model, found.filter(found::isConstant));
    }

    private static int[] users(SparseModel model) {
        int[] users = new int[model.constant() + 1];
        for (int k = 0; k < model.matrix().nonzeros(); k++) {
            users[model.matrix().column(k)]++;
        }
        return users;
    }

    /** Gauss–Jordan elimination among the rows of the candidates. */
    private static Change substitute(SparseModel model, Candidates found) {
        SparseRow[] rows = found.rows();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == null) {
                continue;
            }
            double pivot = 1 - rows[i].get(i);
            if (Math.abs(pivot) < LEAST_PIVOT) {
                rows[i] = null;
                continue;
            }
            rows[i] = rows[i].without(i).times(1 / pivot);
            for (int j = 0; j < rows.length; j++) {
                if (rows[j] != null && j != i) {
                    rows[j] = rows[j].replace(i, rows[i]);
                }
            }
        }
        return Change.substitute(model, rows, found.reasons());
    }
}
