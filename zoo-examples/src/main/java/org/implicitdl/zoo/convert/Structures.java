package org.implicitdl.zoo.convert;

import java.util.Locale;
import org.implicitdl.convert.structure.DensityGrid;
import org.implicitdl.convert.structure.ModelStructure;
import org.implicitdl.convert.structure.SparseModel;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.zoo.report.SparsityFigure;

/** Pictures of the structure of models. */
public final class Structures {
    private static final int CELLS = 500;
    /** Of more nonzeros than these, not each is looked at. */
    private static final long MOST_NONZEROS = 1L << 23;

    private Structures() {}

    /** The structure in some lines, and its picture. */
    public record Report(String text, SparsityFigure picture) {}

    /** The structure of a model, entry by entry; block by block if it is large. */
    public static Report of(String title, ImplicitModel model) {
        long nonzeros = SparseModel.connections(model);
        if (nonzeros <= MOST_NONZEROS) {
            ModelStructure structure = ModelStructure.of(model);
            return new Report(structure.summary(), picture(title, structure));
        }
        String size = String.format(
                Locale.ROOT,
                "%,d states in %,d blocks, %,d connections",
                model.states(),
                model.blocks().count(),
                nonzeros);
        return new Report(
                size + "; too many to look at each, so that the picture shows the blocks" + System.lineSeparator(),
                new SparsityFigure(title, size + ", by blocks", DensityGrid.byBlocks(model, CELLS)));
    }

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
