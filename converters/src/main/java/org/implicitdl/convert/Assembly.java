package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.ZeroOperator;

/**
 * Composes steps to one rule, as in §2.2: each activation becomes a block of the state, with the affine map before it
 * as its row of (A, B); an affine map at the end becomes C and d. The blocks are ordered from the last to the first,
 * and A is block strictly upper triangular over the given weights themselves.
 */
final class Assembly {
    private final List<Block> blocks = new ArrayList<>();
    private Optional<ImplicitModel> rule = Optional.empty();
    private Optional<Step.Affine> pending = Optional.empty();
    private String pendingLayer = "";
    private int width;

    /** The states that a layer owns: {@code size} of them, of which {@code before} belong to earlier layers. */
    record Block(String layer, int before, int size) {}

    /** Starts with the input itself. */
    Assembly(int inputs) {
        this.width = inputs;
    }

    void add(String layer, Step step) {
        if (step instanceof Step.Affine affine) {
            // Two affine maps are not multiplied: the first keeps its weights and gets a state of its own.
            flush();
            pending = Optional.of(affine);
            pendingLayer = layer;
            width = affine.weights().rows();
        } else if (step instanceof Step.Activate activate) {
            activate(layer, activate.phi());
        } else if (step instanceof Step.Implicit implicit) {
            flush();
            append(layer, implicit.model());
        }
    }

    private void flush() {
        pending.ifPresent(map -> activate(pendingLayer, Activations.identity()));
    }

    /** The rule from the input to what the steps so far compute. */
    ImplicitModel model() {
        if (rule.isEmpty()) {
            // A rule needs a state: a single affine map gets one that copies its result.
            Assembly copy = new Assembly(width);
            copy.pending = pending;
            copy.activate("", Activations.identity());
            return copy.model();
        }
        return pending.map(map -> affineAfter(rule.get(), map)).orElse(rule.get());
    }

    private static ImplicitModel affineAfter(ImplicitModel rule, Step.Affine map) {
        ImplicitModel mapped = rule.withOutputMap(map.weights());
        return map.bias().map(mapped::withOutputBias).orElse(mapped);
    }

    /** The layers that own states, from the first to the last. */
    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    private void activate(String layer, Activation phi) {
        LinearOperator weights = pending.map(Step.Affine::weights).orElseGet(() -> new IdentityOperator(width));
        int n = weights.rows();
        ImplicitModel block = ImplicitModel.of(
                new ZeroOperator(n, n), weights, new IdentityOperator(n), new ZeroOperator(n, weights.cols()), phi);
        ImplicitModel biased =
                pending.flatMap(Step.Affine::bias).map(block::withStateBias).orElse(block);
        pending = Optional.empty();
        append(layer, biased);
    }

    private void append(String layer, ImplicitModel next) {
        blocks.add(new Block(layer, rule.map(ImplicitModel::states).orElse(0), next.states()));
        rule = Optional.of(rule.map(before -> before.then(next)).orElse(next));
        width = next.outputs();
    }
}
