package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.NarrowingActivation;
import org.implicitdl.activation.ProductActivation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.DiagonalOperator;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.PaddedOperator;
import org.implicitdl.operator.ShapeException;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Features on their way through a network that is being translated: an affine function ∑ⱼ Mⱼxⱼ + ∑ₖ Nₖuₖ + b of states
 * and inputs. What a layer does to features is said by methods that give new signals; each activation becomes a block of
 * the state (§2.2), and an affine map stays as it is until somebody needs its result as a state.
 *
 * <p>A sample is a column (channels, grid) in 'c' order. Signals belong to one conversion.
 */
public final class Signal {
    private final Assembly assembly;
    private final String layer;
    private final TensorShape shape;
    private final Supplier<Terms> terms;
    private final Optional<Signal> argument;
    private final Stored stored;

    /**
     * The state that holds the signal, and its time steps, once somebody needed them; shared by the same signal in other
     * shapes.
     */
    private static final class Stored {
        private Terms terms;
        private List<Signal> steps = List.of();
    }

    private Signal(
            Assembly assembly,
            String layer,
            TensorShape shape,
            Supplier<Terms> terms,
            Optional<Signal> argument,
            Stored stored) {
        this.assembly = assembly;
        this.layer = layer;
        this.shape = shape;
        this.terms = terms;
        this.argument = argument;
        this.stored = stored;
    }

    static Signal of(Assembly assembly, TensorShape shape, Terms terms) {
        requireSize(shape, terms.size());
        return new Signal(assembly, assembly.layer(), shape, () -> terms, Optional.empty(), new Stored());
    }

    private static void requireSize(TensorShape shape, int size) {
        if (size != shape.size()) {
            throw new ShapeException("A signal of " + shape + " has " + shape.size() + " components, but the map to it"
                    + " gives " + size + ".");
        }
    }

    /**
     * The sequence of the given time steps, which is put together only if somebody needs it as a whole.
     *
     * @param steps the channels at each step, from the first to the last
     * @param to a shape with a grid of one dimension
     * @throws ShapeException if the sizes do not add up
     */
    static Signal sequence(List<Signal> steps, TensorShape to) {
        requireSize(to, steps.stream().mapToInt(step -> step.shape.size()).sum());
        Assembly assembly = steps.get(0).assembly;
        Supplier<Terms> joined = new Lazy<>(() -> Sequences.joined(steps, to));
        return new Signal(assembly, assembly.layer(), to, joined, Optional.empty(), new Stored()).madeOf(steps);
    }

    /** This sequence, whose steps are known to be the given signals. */
    Signal madeOf(List<Signal> steps) {
        stored.steps = List.copyOf(steps);
        return this;
    }

    /** The time steps of a sequence, each of them all channels. */
    List<Signal> steps() {
        if (stored.steps.size() != shape.points()) {
            stored.steps = Sequences.split(this);
        }
        return stored.steps;
    }

    /** A step that stands for all steps of this sequence until {@link #everyStep}. */
    Signal anyStep() {
        steps().forEach(Signal::hold);
        return make(
                steps().get(0).shape(),
                assembly.standIn(steps().stream().map(Signal::terms).toList()));
    }

    /** This signal for every step, if it is made of an {@link #anyStep}; the signal alone otherwise. */
    List<Signal> everyStep() {
        return assembly.everyStep(terms()).stream()
                .map(step -> of(assembly, shape, step))
                .toList();
    }

    private Signal make(TensorShape to, Terms sum) {
        return of(assembly, to, sum);
    }

    /** The shape of a sample. */
    public TensorShape shape() {
        return shape;
    }

    /** The same numbers in another shape of the same size. */
    public Signal reshape(TensorShape other) {
        requireSize(other, shape.size());
        return new Signal(assembly, layer, other, terms, argument, stored);
    }

    /** The map h ↦ Wh. */
    public Signal affine(LinearOperator w, TensorShape to) {
        return affine(w, Offset.zero(w.rows()), to);
    }

    /**
     * The map h ↦ Wh + b. Two affine maps are not multiplied: the first keeps its weights and gets a state of its own.
     *
     * @param w W, over numbers that nobody changes
     * @param b b
     * @param to the shape of the result
     * @throws ShapeException if the sizes do not fit
     */
    public Signal affine(LinearOperator w, Offset b, TensorShape to) {
        if (w.cols() != shape.size()) {
            throw new ShapeException(
                    "A map of " + shape + " must have " + shape.size() + " columns, but is " + w + ".");
        }
        return make(to, atom().mapped(w, b));
    }

    /** The signal times a number. */
    public Signal times(double factor) {
        return affine(DiagonalOperator.repeated(Nd4j.scalar(assembly.type(), factor), shape.size()), shape);
    }

    /** The signal plus a number. */
    public Signal plus(double constant) {
        return make(shape, terms.get().plus(Offset.repeated(Nd4j.scalar(assembly.type(), constant), shape.size())));
    }

    /**
     * The sum of two signals.
     *
     * @throws ShapeException if their sizes differ
     */
    public Signal plus(Signal other) {
        if (shape.size() != other.shape.size()) {
            throw new ShapeException("A signal of " + other.shape + " cannot be added to one of " + shape + ".");
        }
        Terms own = terms.get();
        return make(shape, own.plus(apart(own.operators().keySet(), other)));
    }

    /** The terms of a signal, on other states than the given ones, so that no two operators must be added. */
    private static Terms apart(Set<Integer> others, Signal signal) {
        Terms own = signal.terms.get();
        if (!own.overlaps(others)) {
            return own;
        }
        Terms state = signal.atom();
        return state.overlaps(others) ? signal.assembly.add(state, Activations.identity()) : state;
    }

    /**
     * The signals one after the other.
     *
     * @throws ShapeException if the sizes do not add up
     */
    public static Signal stack(List<Signal> parts, TensorShape to) {
        Set<Integer> sources = new HashSet<>();
        List<Terms> all = new ArrayList<>();
        for (Signal part : parts) {
            Terms own = apart(sources, part);
            sources.addAll(own.operators().keySet());
            all.add(own);
        }
        return of(parts.get(0).assembly, to, Terms.stack(all));
    }

    /** The signal among zeros. */
    Signal placed(int top, int total) {
        return make(TensorShape.flat(total), terms.get().placed(top, total));
    }

    /** Consecutive components. */
    public Signal slice(int from, TensorShape to) {
        LinearOperator part = PaddedOperator.at(new IdentityOperator(to.size()), 0, from, to.size(), shape.size());
        return affine(part, to);
    }

    /** The map h ↦ φ(h). */
    public Signal activate(Activation phi) {
        return new Signal(
                assembly,
                assembly.layer(),
                shape,
                of(assembly, shape, assembly.add(terms.get(), phi)).terms,
                Optional.of(this),
                new Stored());
    }

    /** The map h ↦ ρ(h) of a narrowing activation, which may be larger than h. */
    public Signal narrow(NarrowingActivation rho, TensorShape to) {
        return make(to, assembly.add(terms.get().placed(0, rho.size()), rho));
    }

    /** The product with another signal, component by component. */
    public Signal times(Signal other) {
        TensorShape both = TensorShape.flat(2 * shape.size());
        return stack(List.of(this, other), both).narrow(new ProductActivation(shape.size()), shape);
    }

    /** The outputs of a rule of the form (1) for this input. */
    public Signal through(ImplicitModel rule, TensorShape to) {
        return make(to, assembly.add(rule, atom()));
    }

    /** The signal as a state, so that several readers do not compute it again. */
    Signal store() {
        if (terms instanceof Lazy) {
            stored.steps.forEach(Signal::store);
        } else {
            atom();
        }
        return this;
    }

    /** The signal as components of a state or of an input, which it becomes if it is not. */
    private Terms atom() {
        if (stored.terms == null && terms.get().isAtom()) {
            return terms.get();
        }
        hold();
        return stored.terms;
    }

    /** The signal as a state, even if it is components of one or of an input already. */
    void hold() {
        if (stored.terms == null) {
            stored.terms = assembly.add(terms.get(), Activations.identity());
        }
    }

    /** Whether the signal is an input of the network as it stands. */
    boolean isInput() {
        return !(terms instanceof Lazy)
                && terms.get().isAtom()
                && terms.get().operators().firstKey() < 0;
    }

    /** What the signal is made of: its state if it has one. */
    Terms terms() {
        return stored.terms != null ? stored.terms : terms.get();
    }

    /** The signal as it is at hand: as a whole, or in its time steps if nobody has put them together. */
    List<Signal> parts() {
        return stored.terms == null && terms instanceof Lazy ? stored.steps : List.of(this);
    }

    /** What went into the activation that a layer ends with; the signal itself if it ends with none. */
    Signal beforeActivationOf(String last) {
        return argument.filter(before -> layer.equals(last))
                .map(before -> before.reshape(shape))
                .orElse(this);
    }
}
