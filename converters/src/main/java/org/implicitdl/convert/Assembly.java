package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.NarrowingActivation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.model.Offset;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Collects the blocks of a state while a network is translated, each with its row of (A, B, b) and its φ, and makes one
 * rule of them (§2.2). The blocks are ordered from the last to the first, so that A is block strictly upper triangular
 * over the given weights themselves.
 */
final class Assembly {
    private final List<TensorShape> inputs;
    private final DataType type;
    private final List<Block> blocks = new ArrayList<>();
    /** The equations of models by the order of their blocks: most models of a network have the same. */
    private final Map<List<Integer>, Equation> equations = new HashMap<>();

    private final StepCopies copies = new StepCopies(blocks);
    private String layer = "";

    /** A block x = φ(terms) of the state. */
    record Block(Terms terms, Activation phi) {}

    /** The equation x = φ(Ax + Bu + b) of some of the blocks. */
    private record Equation(Partition states, BlockOperator a, BlockOperator b, Offset bias, Activation phi) {}

    /** Starts with the inputs, and the type of all parameters. */
    Assembly(List<TensorShape> inputs, DataType type) {
        this.inputs = inputs;
        this.type = type;
    }

    DataType type() {
        return type;
    }

    /** Says which layer the activations to come belong to. */
    void enter(String name) {
        layer = name;
    }

    String layer() {
        return layer;
    }

    Signal input(int k) {
        TensorShape shape = inputs.get(k);
        return Signal.of(this, shape, Terms.first(Terms.input(k), shape.size(), shape.size()));
    }

    /** A new block φ(terms), whose state is given as terms: of a narrowing φ the kept components. */
    Terms add(Terms terms, Activation phi) {
        blocks.add(new Block(terms, phi));
        int kept = phi instanceof NarrowingActivation narrowing ? narrowing.kept() : terms.size();
        return Terms.first(blocks.size() - 1, kept, terms.size());
    }

    /** The blocks of a rule with an input, and its output in terms of them. */
    Terms add(ImplicitModel rule, Terms input) {
        Partition parts = rule.blocks();
        int first = blocks.size();
        BlockOperator a = OperatorBlocks.divide(rule.a(), parts, parts);
        BlockOperator b = OperatorBlocks.divide(rule.b(), parts, Partition.of(rule.inputs()));
        List<Offset> biases = rule.bias().split(parts);
        for (int i = 0; i < parts.count(); i++) {
            Terms row = b.row(i).isEmpty()
                    ? Terms.zero(parts.size(i)).plus(biases.get(i))
                    : input.mapped(b.block(i, 0), biases.get(i));
            SortedMap<Integer, LinearOperator> all = new TreeMap<>(row.operators());
            a.row(i).forEach((j, block) -> all.put(first + j, block));
            // A φ that mixes all components has no slices.
            Activation phi = parts.count() == 1 ? rule.phi() : rule.phi().slice(parts.start(i), parts.end(i));
            blocks.add(new Block(new Terms(parts.size(i), all, row.offset()), phi));
        }
        BlockOperator c = OperatorBlocks.divide(rule.c(), Partition.of(rule.outputs()), parts);
        Terms output = rule.d().isZero()
                ? Terms.zero(rule.outputs()).plus(rule.shift())
                : input.mapped(rule.d(), rule.shift());
        SortedMap<Integer, LinearOperator> all = new TreeMap<>(output.operators());
        c.row(0).forEach((j, block) -> all.put(first + j, block));
        return new Terms(rule.outputs(), all, output.offset());
    }

    /** A block that stands for those of several steps until {@link #everyStep}. */
    Terms standIn(List<Terms> steps) {
        Terms any = add(steps.get(0), Activations.identity());
        copies.standFor(any, steps);
        return any;
    }

    /** What is made of a {@link #standIn}, for every step; only the terms themselves if they are not made of one. */
    List<Terms> everyStep(Terms any) {
        return copies.everyStep(any);
    }

    /** The rule from the inputs to the given signals, with the blocks that they depend on. */
    ImplicitModel model(List<Signal> outputs) {
        if (outputs.stream().allMatch(signal -> used(List.of(signal.terms())).isEmpty())) {
            // A rule needs a state: an affine map alone gets one that holds its result.
            outputs.get(0).hold();
        }
        List<Terms> results = outputs.stream().map(Signal::terms).toList();
        List<Integer> order = order(results);
        Map<Integer, Integer> places = new HashMap<>();
        order.forEach(block -> places.put(block, places.size()));
        Equation equation = equations.computeIfAbsent(order, same -> equation(same, places));
        Partition states = equation.states();
        Partition height = Partition.of(results.stream().mapToInt(Terms::size).toArray());
        return ImplicitModel.of(
                equation.a(),
                equation.b(),
                BlockOperator.of(height, states, fromStates(results, places)),
                BlockOperator.of(height, equation.b().colBlocks(), fromInputs(results)),
                equation.bias(),
                Offset.stack(results.stream().map(Terms::offset).toList()),
                equation.phi());
    }

    private Equation equation(List<Integer> order, Map<Integer, Integer> places) {
        List<Terms> rows =
                order.stream().map(block -> blocks.get(block).terms()).toList();
        Partition states = Partition.of(rows.stream().mapToInt(Terms::size).toArray());
        Partition width =
                Partition.of(inputs.stream().mapToInt(TensorShape::size).toArray());
        return new Equation(
                states,
                BlockOperator.of(states, states, fromStates(rows, places)),
                BlockOperator.of(states, width, fromInputs(rows)),
                Offset.stack(rows.stream().map(Terms::offset).toList()),
                BlockActivation.of(
                        states,
                        order.stream().map(block -> blocks.get(block).phi()).toList()));
    }

    /** The blocks that the results depend on, the last first. */
    private List<Integer> order(List<Terms> results) {
        TreeSet<Integer> needed = new TreeSet<>();
        List<Integer> open = new ArrayList<>(used(results));
        while (!open.isEmpty()) {
            int next = open.remove(open.size() - 1);
            if (needed.add(next)) {
                open.addAll(used(List.of(blocks.get(next).terms())));
            }
        }
        return new ArrayList<>(needed.descendingSet());
    }

    private static List<Integer> used(Collection<Terms> terms) {
        return terms.stream()
                .flatMap(row -> row.operators().keySet().stream())
                .filter(source -> source >= 0)
                .toList();
    }

    private static List<Map<Integer, LinearOperator>> fromStates(List<Terms> rows, Map<Integer, Integer> places) {
        List<Map<Integer, LinearOperator>> all = new ArrayList<>();
        for (Terms row : rows) {
            Map<Integer, LinearOperator> blocks = new HashMap<>();
            row.operators().tailMap(0).forEach((source, map) -> blocks.put(places.get(source), map));
            all.add(blocks);
        }
        return all;
    }

    private static List<Map<Integer, LinearOperator>> fromInputs(List<Terms> rows) {
        List<Map<Integer, LinearOperator>> all = new ArrayList<>();
        for (Terms row : rows) {
            Map<Integer, LinearOperator> blocks = new HashMap<>();
            row.operators().headMap(0).forEach((source, map) -> blocks.put(-1 - source, map));
            all.add(blocks);
        }
        return all;
    }
}
