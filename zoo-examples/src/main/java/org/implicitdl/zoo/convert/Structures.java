package org.implicitdl.zoo.convert;

import java.util.Locale;
import org.implicitdl.convert.structure.DensityGrid;
import org.implicitdl.convert.structure.ModelStructure;
import org.implicitdl.zoo.report.SparsityFigure;

/** Pictures of the structure of models. */
public final class Structures {
    private static final int CELLS = 500;

    private Structures() {}

    /** The sparsity pattern of M = [A B; C D] with the states in the order that makes A triangular. */
    public static SparsityFigure picture(String title, ModelStructure structure) {
        return new SparsityFigure(
                title,
                String.format(
                        Locale.ROOT,
                        "%,d states, %,d connections, depth %d",
                        structure.model().states(),
                        structure.model().connections(),
                        structure.depth()),
                DensityGrid.of(structure.model(), structure.order(), CELLS));
    }
}
