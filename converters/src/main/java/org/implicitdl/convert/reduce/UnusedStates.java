package org.implicitdl.convert.reduce;

import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.convert.structure.SparseRow;
import org.implicitdl.operator.SparseMatrix;

/**
 * States that no output depends on, such as those with a zero column of (Aᵀ, Cᵀ)ᵀ (§6.2, column sparsity). The others
 * do not depend on them, so that nothing else changes.
 */
public record UnusedStates() implements ReductionStep {

    @Override
    public String name() {
        return "unused";
    }

    @Override
    public Change apply(SparseModel model) {
        boolean[] used = Dependencies.of(model).reachingOutputs();
        SparseMatrix columns = model.matrix().transpose();
        SparseRow[] rows = new SparseRow[model.states()];
        String[] reasons = new String[model.states()];
        for (int i = 0; i < rows.length; i++) {
            if (!used[i]) {
                rows[i] = SparseRow.ZERO;
                reasons[i] =
                        columns.start(i) == columns.end(i) ? "its column of A and C is zero" : "it reaches no output";
            }
        }
        return Change.substitute(model, rows, reasons);
    }
}
