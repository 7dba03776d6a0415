package org.implicitdl.convert.certify;

import java.util.stream.IntStream;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.model.ImplicitModel;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Lipschitz constants of u ↦ ŷ: ‖ŷ − ŷ'‖ ≤ constant·‖u − u'‖, proven, not the least.
 *
 * <p>With G = |C|(I − L|A|)⁻¹L|B| + |D|, which bounds every derivative, inf = ‖G‖∞ and two ≤ √(‖G‖₁‖G‖∞); in ℓ₂ the product
 * of spectral norms along the blocks is taken where it is less.
 *
 * @param inf the constant in ℓ∞
 * @param two the constant in ℓ₂
 */
public record LipschitzBounds(double inf, double two) {

    /**
     * The constants that hold for all inputs.
     *
     * @throws UnboundedException if φ has no Lipschitz constant, or a cycle's certificate gives no bound
     */
    public static LipschitzBounds of(ImplicitModel model) {
        return of(BoxBounds.of(model));
    }

    /** The constants that hold for all inputs; throws as {@link #of(ImplicitModel)}. */
    public static LipschitzBounds of(BoxBounds bounds) {
        Structure structure = bounds.structure();
        LipschitzBounds byGains = of(structure, Gains.global(structure), 1)[0];
        return new LipschitzBounds(byGains.inf, Math.min(byGains.two, new SpectralGains(structure).lipschitz()));
    }

    /**
     * The constants that hold for any two inputs of the same box, with |φ'| bounded on the box instead of everywhere.
     *
     * @return one for each box
     * @throws org.implicitdl.operator.ShapeException if the box does not have p inputs
     * @throws UnboundedException if a cycle's certificate gives no bound
     */
    public static LipschitzBounds[] within(BoxBounds bounds, InputBox box) {
        Structure structure = bounds.structure();
        return of(structure, Gains.local(structure, bounds.enclose(box)), box.samples());
    }

    private static LipschitzBounds[] of(Structure structure, Gains gains, int samples) {
        INDArray rows = gains.times(Nd4j.ones(DataType.DOUBLE, structure.model().inputs(), samples));
        INDArray cols = gains.absTransposeTimes(
                Nd4j.ones(DataType.DOUBLE, structure.model().outputs(), samples));
        return IntStream.range(0, samples)
                .mapToObj(s -> {
                    double inf = rows.getColumn(s).maxNumber().doubleValue();
                    double one = cols.getColumn(s).maxNumber().doubleValue();
                    return new LipschitzBounds(inf, Math.sqrt(inf * one) * (1 + 0x1p-50));
                })
                .toArray(LipschitzBounds[]::new);
    }
}
