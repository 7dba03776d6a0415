package org.implicitdl.convert.certify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.OperatorBlocks;
import org.implicitdl.operator.Partition;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.CompositionCertificate;
import org.implicitdl.wellposed.TriangularCertificate;
import org.implicitdl.wellposed.WellPosedness;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A model cut into the blocks of its states that its certificate of well-posedness makes, in an order in which each can
 * be bounded. Where a dense A is triangular, the states are permuted, so that the blocks lie side by side.
 */
final class Structure {
    private final ImplicitModel model;
    private final Optional<int[]> positions;
    private final Partition blocks;
    private final List<Part> parts;
    private final List<Activation> activations;
    private final List<IntervalActivation> phi;
    private final List<Optional<CyclicPart>> cycles;
    private final List<INDArray> bias;
    private final INDArray shift;
    private final double epsilon;
    private final IntervalMatrix a;
    private final IntervalMatrix b;
    private final IntervalMatrix c;
    private final IntervalMatrix d;

    /** Blocks of states that depend on each other, or one that does not depend on itself and has no certificate. */
    record Part(int[] blocks, Optional<Certificate> certificate) {

        /** The states of one block that does not depend on itself. */
        boolean isDirect() {
            return certificate.isEmpty();
        }
    }

    private Structure(ImplicitModel model, Optional<int[]> positions, Partition blocks, List<Part> parts) {
        this.model = model;
        this.positions = positions;
        this.blocks = blocks;
        this.parts = parts;
        this.activations = IntStream.range(0, blocks.count())
                .mapToObj(i -> blocks.count() == 1 ? model.phi() : model.phi().slice(blocks.start(i), blocks.end(i)))
                .toList();
        this.phi = activations.stream().map(IntervalActivations::of).toList();
        this.bias = blocks.split(model.stateBias(DataType.DOUBLE)).stream()
                .map(part -> part.dup('f'))
                .toList();
        this.shift = model.outputBias(DataType.DOUBLE);
        this.epsilon = Outward.sums((long) model.states() + model.inputs() + 1);
        Partition in = OperatorBlocks.colsOf(model.b());
        Partition out = OperatorBlocks.rowsOf(model.c());
        this.a = matrix(model.a(), blocks, blocks);
        this.b = matrix(model.b(), blocks, in);
        this.c = matrix(model.c(), out, blocks);
        this.d = matrix(model.d(), out, in);
        this.cycles = parts.stream()
                .map(part -> part.isDirect() ? Optional.<CyclicPart>empty() : Optional.of(new CyclicPart(this, part)))
                .toList();
    }

    private IntervalMatrix matrix(LinearOperator operator, Partition rows, Partition cols) {
        boolean isWhole = rows.count() == 1 && cols.count() == 1;
        return new IntervalMatrix(
                isWhole ? BlockOperator.of(List.of(List.of(operator))) : OperatorBlocks.divide(operator, rows, cols),
                epsilon);
    }

    /** @throws UnboundedException if an activation cannot be bounded */
    static Structure of(ImplicitModel model) {
        Certificate certificate = model.certificate();
        if (certificate instanceof TriangularCertificate triangular
                && triangular.levels().size() > 1) {
            return byLevels(model, triangular.levels());
        }
        if (certificate instanceof CompositionCertificate composition) {
            return composition.partition().equals(model.blocks())
                    ? new Structure(
                            model,
                            Optional.empty(),
                            model.blocks(),
                            composition.parts().stream()
                                    .map(part -> part(model, part))
                                    .toList())
                    : byEntries(model, composition);
        }
        boolean isZero = certificate instanceof TriangularCertificate triangular && triangular.isZero();
        Part whole = new Part(new int[] {0}, isZero ? Optional.empty() : Optional.of(certificate));
        return new Structure(model, Optional.empty(), Partition.of(model.states()), List.of(whole));
    }

    private static Part part(ImplicitModel model, CompositionCertificate.Part part) {
        int[] blocks = part.blocks();
        boolean isDirect = blocks.length == 1
                && part.certificate() instanceof TriangularCertificate triangular
                && triangular.isZero();
        return new Part(blocks, isDirect ? Optional.empty() : Optional.of(part.certificate()));
    }

    private static Structure byEntries(ImplicitModel model, CompositionCertificate composition) {
        List<int[]> states = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        for (CompositionCertificate.Part part : composition.parts()) {
            parts.add(new Part(new int[] {parts.size()}, part(model, part).certificate()));
            states.add(Arrays.stream(part.blocks())
                    .flatMap(block -> IntStream.range(
                            composition.partition().start(block),
                            composition.partition().end(block)))
                    .toArray());
        }
        return permuted(model, states, parts);
    }

    private static Structure byLevels(ImplicitModel model, List<int[]> levels) {
        List<Part> parts = new ArrayList<>();
        ImplicitModel ordered = model.permuted(order(levels));
        Partition partition =
                Partition.of(levels.stream().mapToInt(level -> level.length).toArray());
        BlockOperator a = OperatorBlocks.divide(ordered.a(), partition, partition);
        for (int i = 0; i < levels.size(); i++) {
            Activation phi = ordered.phi().slice(partition.start(i), partition.end(i));
            Certificate certificate = WellPosedness.certify(a.block(i, i), phi);
            boolean isDirect = certificate instanceof TriangularCertificate triangular && triangular.isZero();
            parts.add(new Part(new int[] {i}, isDirect ? Optional.empty() : Optional.of(certificate)));
        }
        return permuted(model, levels, parts);
    }

    private static Structure permuted(ImplicitModel model, List<int[]> states, List<Part> parts) {
        int[] order = order(states);
        int[] positions = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            positions[order[i]] = i;
        }
        return new Structure(
                model.permuted(order),
                Optional.of(positions),
                Partition.of(states.stream().mapToInt(part -> part.length).toArray()),
                parts);
    }

    private static int[] order(List<int[]> states) {
        return states.stream().flatMapToInt(Arrays::stream).toArray();
    }

    /** The model, its states in the order of the blocks. */
    ImplicitModel model() {
        return model;
    }

    Partition blocks() {
        return blocks;
    }

    /** The parts, each after all that it depends on. */
    List<Part> parts() {
        return parts;
    }

    /** How the states of a part with cycles are bounded. */
    CyclicPart cycle(int part) {
        return cycles.get(part).orElseThrow();
    }

    Activation activation(int block) {
        return activations.get(block);
    }

    IntervalActivation phi(int block) {
        return phi.get(block);
    }

    IntervalMatrix a() {
        return a;
    }

    IntervalMatrix b() {
        return b;
    }

    IntervalMatrix c() {
        return c;
    }

    IntervalMatrix d() {
        return d;
    }

    double epsilon() {
        return epsilon;
    }

    /** What goes into a block from known states and inputs, given by blocks: ∑ AᵢⱼXⱼ + BᵢU + bᵢ over all that is not null. */
    Box known(int block, List<Box> states, List<Box> inputs) {
        long samples = inputs.get(0).center().size(1);
        Box sum = sum(a.rowTimes(block, states), b.rowTimes(block, inputs), blocks.size(block), samples);
        return addOffset(sum, bias.get(block));
    }

    /** The outputs CX + DU + d of states and inputs, given by blocks. */
    Box readOut(List<Box> states, List<Box> inputs) {
        Partition rows = c.matrix().rowBlocks();
        long samples = inputs.get(0).center().size(1);
        List<Box> outputs = IntStream.range(0, rows.count())
                .mapToObj(i -> sum(c.rowTimes(i, states), d.rowTimes(i, inputs), rows.size(i), samples))
                .toList();
        return addOffset(BlockIntervals.stack(outputs), shift);
    }

    /** The bias of a block, [n_i, 1]. */
    INDArray bias(int block) {
        return bias.get(block);
    }

    /** The bias of the output, [q, 1]. */
    INDArray shift() {
        return shift;
    }

    /** The inputs, cut into the blocks of B and D. */
    List<Box> split(Box u) {
        Partition in = b.matrix().colBlocks();
        return IntStream.range(0, in.count())
                .mapToObj(i -> BlockIntervals.part(in, u, i))
                .toList();
    }

    /** Adds an offset to every column of a box, with its share of the rounding, in place. */
    private Box addOffset(Box box, INDArray offset) {
        box.center().addiColumnVector(offset);
        box.radius().addiColumnVector(Transforms.abs(offset, true).muli(epsilon));
        return box;
    }

    /** Rows of M₁X + M₂U for boxes X and U given by blocks; zero where both matrices are. */
    private static Box sum(Optional<Box> first, Optional<Box> second, int rows, long samples) {
        return Stream.of(first, second)
                .flatMap(Optional::stream)
                .reduce(Box::plus)
                .orElseGet(() -> Box.point(Nd4j.zeros(DataType.DOUBLE, rows, samples)));
    }

    /** The rows of an array of states in the model's own order. */
    INDArray restore(INDArray x) {
        return positions.map(rows -> x.getRows(rows)).orElse(x);
    }
}
