package org.implicitdl.convert.reduce;

import java.util.stream.IntStream;
import org.implicitdl.convert.structure.Dependencies;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.convert.structure.SparseRow;
import org.implicitdl.operator.SparseMatrix;

/**
 * States that no input reaches, such as those with a zero row of (A, B) (§6.2, row sparsity): they have the same value
 * for every input, which is solved for once and goes into the biases. A cycle of such states stays if no certificate of
 * well-posedness for it is found.
 */
public record ConstantStates() implements ReductionStep {

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public Change apply(SparseModel model) {
        double[] values = new ConstantValues(model, Dependencies.of(model)).solve();
        SparseRow[] rows = new SparseRow[model.states()];
        String[] reasons = new String[model.states()];
        IntStream.range(0, rows.length).filter(i -> !Double.isNaN(values[i])).forEach(i -> {
            rows[i] = SparseRow.of(model.constant(), values[i]);
            reasons[i] = isZero(model, i) ? "its row of A and B is zero" : "no input reaches it";
        });
        return Change.substitute(model, rows, reasons);
    }

    private static boolean isZero(SparseModel model, int i) {
        SparseMatrix m = model.matrix();
        return m.start(i) == m.end(i) || m.column(m.start(i)) == model.constant();
    }
}
