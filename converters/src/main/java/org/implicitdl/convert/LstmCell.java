package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.ProductActivation;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.SparseOperator;
import org.implicitdl.operator.ZeroOperator;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The steps of an LSTM over shared weights, in products of states:
 *
 * <pre>
 *   (i, f, g, o) = (φ, σ, σ, σ)(Wᵀx_t + Rᵀh_{t−1} + b + peepholes)
 *   c_t = f ⊙ c_{t−1} + g ⊙ i,    h_t = o ⊙ φ(c_t)
 * </pre>
 *
 * <p>Peepholes (Graves, 2013) add p_f ⊙ c_{t−1}, p_g ⊙ c_{t−1} and p_o ⊙ c_t. DL4J's columns are (i, f, o, g), then the
 * three peepholes; here o comes last, because it is the only one that may see c_t.
 */
final class LstmCell {
    private static final SparseOperator SUM =
            SparseOperator.of(1, 2, new int[2], new int[] {0, 1}, new double[] {1, 1});

    private final LayerSource<?> layer;
    private final IActivation activation;
    private final int size;
    private final List<Affine> gates;
    private final Optional<Peepholes> peepholes;

    /** The map x, h ↦ φ(Wx + Rh + b). */
    private record Affine(LinearOperator w, LinearOperator r, Offset b, Activation phi) {
        private Signal of(Signal x, Optional<Memory> before) {
            TensorShape to = TensorShape.flat(w.rows());
            Signal z = x.affine(w, b, to);
            return before.map(memory -> z.plus(memory.h().affine(r, to))).orElse(z);
        }
    }

    /** What the gates (i, f, g) see of the cell before, and what o sees of the new one. */
    private record Peepholes(LinearOperator before, LinearOperator after) {}

    /** What a step leaves to the next. */
    private record Memory(Signal h, Signal c) {}

    private LstmCell(
            LayerSource<?> layer, IActivation activation, int size, List<Affine> gates, Optional<Peepholes> peepholes) {
        this.layer = layer;
        this.activation = activation;
        this.size = size;
        this.gates = gates;
        this.peepholes = peepholes;
    }

    /**
     * The cell over copies of parameters.
     *
     * @param suffix what the names of the parameters W, RW and b end with
     */
    static LstmCell of(LayerSource<?> layer, IActivation activation, IActivation gate, String suffix) {
        INDArray w = layer.parameter("W" + suffix);
        INDArray r = layer.parameter("RW" + suffix);
        INDArray b = layer.parameter("b" + suffix);
        b = b.reshape(1, b.length());
        int n = (int) r.size(0);
        boolean peeping = r.size(1) == 4L * n + 3;
        Activation phi = Maps.map(layer, activation);
        Activation sigma = Maps.map(layer, gate);
        Activation first = BlockActivation.of(Partition.of(n, n, n), List.of(phi, sigma, sigma));
        INDArray[] o = {columns(w, 2, n), columns(r, 2, n), columns(b, 2, n)};
        INDArray[] ifg = new INDArray[3];
        INDArray[] all = {w, r, b};
        for (int k = 0; k < all.length; k++) {
            ifg[k] = Nd4j.concat(1, columns(all[k], 0, n), columns(all[k], 1, n), columns(all[k], 3, n));
        }
        if (!peeping) {
            INDArray[] joined = new INDArray[3];
            for (int k = 0; k < all.length; k++) {
                joined[k] = Nd4j.concat(1, ifg[k], o[k]);
            }
            Activation every = BlockActivation.of(Partition.of(3 * n, n), List.of(first, sigma));
            return new LstmCell(layer, activation, n, List.of(affine(joined, every)), Optional.empty());
        }
        LinearOperator before = BlockOperator.of(
                List.of(List.of(new ZeroOperator(n, n)), List.of(peephole(r, 0)), List.of(peephole(r, 2))));
        return new LstmCell(
                layer,
                activation,
                n,
                List.of(affine(ifg, first), affine(o, sigma)),
                Optional.of(new Peepholes(before, peephole(r, 1))));
    }

    /** Columns of one gate, of DL4J's four. */
    private static INDArray columns(INDArray matrix, int gate, int size) {
        // ND4J makes a vector of a row.
        return matrix.get(NDArrayIndex.all(), NDArrayIndex.interval(gate * size, (gate + 1) * size))
                .reshape(matrix.size(0), size);
    }

    private static Affine affine(INDArray[] parameters, Activation phi) {
        return new Affine(
                DenseOperator.copyOf(parameters[0].transpose()),
                DenseOperator.copyOf(parameters[1].transpose()),
                Offset.repeated(parameters[2], 1),
                phi);
    }

    private static LinearOperator peephole(INDArray r, int index) {
        return DiagonalOperator.copyOf(r.getColumn(4 * r.size(0) + index));
    }

    /** What the cell puts out at each step of an input. */
    List<Signal> unroll(List<Signal> input) {
        List<Signal> hidden = new ArrayList<>();
        Optional<Memory> memory = Optional.empty();
        for (Signal x : input) {
            memory = Optional.of(step(x, memory));
            hidden.add(memory.get().h());
        }
        return hidden;
    }

    private Memory step(Signal x, Optional<Memory> before) {
        TensorShape one = TensorShape.flat(size);
        Signal z = gates.get(0).of(x, before);
        if (peepholes.isPresent() && before.isPresent()) {
            z = z.plus(before.get().c().affine(peepholes.get().before(), z.shape()));
        }
        Signal ifg = z.activate(gates.get(0).phi());
        // (c, i) ⊙ (f, g): both products of a step at once, with the gates as they stand.
        Signal factors = ifg.slice(0, TensorShape.flat(3 * size)).placed(size, 4 * size);
        Signal products = before.map(memory -> memory.c().placed(0, 4 * size).plus(factors))
                .orElse(factors)
                .narrow(new ProductActivation(2 * size), TensorShape.flat(2 * size));
        Signal c = products.affine(SUM.repeated(1, size), one);
        Signal o = peepholes
                .map(holes -> gates.get(1)
                        .of(x, before)
                        .plus(c.affine(holes.after(), one))
                        .activate(gates.get(1).phi()))
                .orElseGet(() -> ifg.slice(3 * size, one));
        Signal shown = activation instanceof ActivationIdentity ? c : c.activate(Maps.map(layer, activation));
        return new Memory(o.times(shown), c);
    }
}
