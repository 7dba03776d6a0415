package org.implicitdl.convert;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.PaddedOperator;

/**
 * An affine function ∑ⱼ Mⱼxⱼ + b of blocks of the state and of inputs.
 *
 * @param size the number of its components
 * @param operators the Mⱼ by their source: block j from 0 on, input k as −1 − k
 * @param offset b
 */
record Terms(int size, SortedMap<Integer, LinearOperator> operators, Offset offset) {

    static Terms zero(int size) {
        return new Terms(size, new TreeMap<>(), Offset.zero(size));
    }

    /** The first components of a source. */
    static Terms first(int source, int size, int all) {
        SortedMap<Integer, LinearOperator> one = new TreeMap<>();
        one.put(source, PaddedOperator.of(new IdentityOperator(size), size, all));
        return new Terms(size, one, Offset.zero(size));
    }

    static int input(int k) {
        return -1 - k;
    }

    /** Whether this is consecutive components of a source and nothing else. */
    boolean isAtom() {
        if (operators.size() != 1 || !offset.isZero()) {
            return false;
        }
        LinearOperator only = operators.get(operators.firstKey());
        return only instanceof IdentityOperator
                || only instanceof PaddedOperator padded
                        && padded.core() instanceof IdentityOperator
                        && padded.core().rows() == size;
    }

    /** Where the components of this atom begin in their source. */
    int left() {
        return operators.get(operators.firstKey()) instanceof PaddedOperator padded ? padded.left() : 0;
    }

    /** Wh + b of this atom h. */
    Terms mapped(LinearOperator w, Offset b) {
        SortedMap<Integer, LinearOperator> one = new TreeMap<>();
        int source = operators.firstKey();
        int cols = operators.get(source).cols();
        one.put(source, PaddedOperator.at(w, 0, left(), w.rows(), cols));
        return new Terms(w.rows(), one, b);
    }

    /** The same function of other sources. */
    Terms of(IntUnaryOperator source) {
        SortedMap<Integer, LinearOperator> all = new TreeMap<>();
        operators.forEach((own, map) -> all.put(source.applyAsInt(own), map));
        return new Terms(size, all, offset);
    }

    /** The part that depends on a source, without the offset. */
    Terms only(int source) {
        SortedMap<Integer, LinearOperator> one = new TreeMap<>(operators);
        one.keySet().retainAll(Set.of(source));
        return new Terms(size, one, Offset.zero(size));
    }

    /** The rest, with the offset. */
    Terms without(int source) {
        SortedMap<Integer, LinearOperator> others = new TreeMap<>(operators);
        others.remove(source);
        return new Terms(size, others, offset);
    }

    boolean overlaps(Set<Integer> sources) {
        return operators.keySet().stream().anyMatch(sources::contains);
    }

    Terms plus(Offset constant) {
        return new Terms(size, operators, offset.plus(constant));
    }

    /** The sum with terms on other sources. */
    Terms plus(Terms other) {
        SortedMap<Integer, LinearOperator> all = new TreeMap<>(operators);
        all.putAll(other.operators);
        return new Terms(size, all, offset.plus(other.offset));
    }

    /** Terms on different sources, one after the other. */
    static Terms stack(List<Terms> parts) {
        int total = parts.stream().mapToInt(Terms::size).sum();
        SortedMap<Integer, LinearOperator> all = new TreeMap<>();
        int top = 0;
        for (Terms part : parts) {
            all.putAll(part.placed(top, total).operators);
            top += part.size;
        }
        return new Terms(
                total, all, Offset.stack(parts.stream().map(Terms::offset).toList()));
    }

    /** The same as some components among zeros. */
    Terms placed(int top, int total) {
        if (size == total) {
            return this;
        }
        SortedMap<Integer, LinearOperator> all = new TreeMap<>();
        operators.forEach((source, map) -> all.put(source, PaddedOperator.at(map, top, 0, total, map.cols())));
        return new Terms(total, all, among(top, total));
    }

    private Offset among(int top, int total) {
        return offset.isZero() ? Offset.zero(total) : offset.among(top, total - top - size);
    }
}
