package org.implicitdl.convert.certify;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.implicitdl.activation.Activation;
import org.implicitdl.operator.BlockOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.solver.FixedPointProblem;
import org.implicitdl.solver.Solvers;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.RestrictedActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * States that depend on each other: all solutions of x = φ(Ax + v) for v in a box. A first box is that of
 * {@link StateRadius}; with X every intersection X ∩ φ(AX + V) contains all solutions as well, so that the iteration may
 * stop at any time, and a solver that did not converge costs tightness only.
 */
final class CyclicPart {
    private static final int LIMIT = 300;
    private static final double WORTHWHILE = 1e-3;

    private final int[] blocks;
    private final Partition partition;
    private final Certificate certificate;
    private final LinearOperator diagonal;
    private final IntervalMatrix matrix;
    private final Activation phi;
    private final IntervalActivation interval;
    private final StateRadius radius;

    CyclicPart(Structure structure, Structure.Part part) {
        this.blocks = part.blocks();
        this.partition =
                Partition.of(IntStream.of(blocks).map(structure.blocks()::size).toArray());
        BlockOperator whole = structure.a().matrix();
        List<IntervalActivation> phis =
                IntStream.of(blocks).mapToObj(structure::phi).toList();
        this.certificate = part.certificate().orElseThrow();
        this.diagonal = blocks.length == 1
                ? whole.block(blocks[0], blocks[0])
                : BlockOperator.of(IntStream.of(blocks)
                        .mapToObj(i -> IntStream.of(blocks)
                                .mapToObj(j -> whole.block(i, j))
                                .toList())
                        .toList());
        this.matrix = new IntervalMatrix(BlockOperator.of(List.of(List.of(diagonal))), structure.epsilon());
        this.phi = blocks.length == 1
                ? structure.activation(blocks[0])
                : RestrictedActivation.of(structure.model().phi(), structure.blocks(), blocks);
        this.interval = blocks.length == 1 ? phis.get(0) : new BlockIntervals(partition, phis);
        this.radius = new StateRadius(certificate, diagonal.abs(), interval);
    }

    /** A box for the states of all blocks of the part, from the boxes of what is known of each. */
    Box enclose(Box v) {
        INDArray x = Solvers.forCertificate(certificate)
                .solve(new FixedPointProblem(diagonal, v.center(), phi))
                .state();
        Box image = interval.image(preActivation(Box.point(x), Box.point(v.center())));
        INDArray residual = Transforms.abs(image.center().sub(x), false).addi(image.radius());
        INDArray first = radius.of(v.radius(), residual);
        Box box = new Box(x, Outward.widen(x, first));
        for (int k = 0; k < LIMIT; k++) {
            Box next = interval.image(preActivation(box, v)).intersect(box);
            double gain = box.radius().sub(next.radius()).maxNumber().doubleValue();
            double size = box.radius().maxNumber().doubleValue();
            box = next;
            if (!(gain > WORTHWHILE * size)) {
                break;
            }
        }
        return box;
    }

    /** The block of A that the states form. */
    LinearOperator diagonal() {
        return diagonal;
    }

    /** φ on the states. */
    Activation activation() {
        return phi;
    }

    /** AX + V. */
    Box preActivation(Box x, Box v) {
        Box sum = matrix.rowTimes(0, List.of(x)).orElseThrow().plus(v);
        return new Box(sum.center(), Outward.widen(v.center(), sum.radius()));
    }

    /**
     * A bound e on |x − x'| for |v − v'| ≤ δ: from a first one, by e ← min(e, s ⊙ (|A|e + δ)), which may stop at any time.
     *
     * @param slopes s, bounds of |φ'|, or empty for the Lipschitz constant
     */
    INDArray spread(INDArray delta, Optional<INDArray> slopes) {
        return spread(delta, slopes, radius, matrix::absRowTimes);
    }

    /** The same for Aᵀ in the place of A, and φ' for φ: how much an output can depend on what is known. */
    INDArray transposedSpread(INDArray delta, Optional<INDArray> slopes) {
        return spread(delta, slopes, radius.transposed(), matrix::absTransposedRowTimes);
    }

    private INDArray spread(
            INDArray delta,
            Optional<INDArray> slopes,
            StateRadius first,
            BiFunction<Integer, List<INDArray>, Optional<INDArray>> product) {
        INDArray e = first.of(delta, Nd4j.zeros(DataType.DOUBLE, delta.shape()));
        for (int k = 0; k < LIMIT; k++) {
            INDArray z = product.apply(0, List.of(e)).orElseThrow().addi(delta);
            INDArray next = Transforms.min(Gains.amplify(interval, z, slopes), e, false);
            double gain = e.sub(next).maxNumber().doubleValue();
            double size = e.maxNumber().doubleValue();
            e = next;
            if (!(gain > WORTHWHILE * size)) {
                break;
            }
        }
        return e;
    }

    /** Puts the rows of a box that belong to each block where they belong among all blocks. */
    void put(Box box, List<Box> boxes) {
        for (int i = 0; i < blocks.length; i++) {
            boxes.set(blocks[i], BlockIntervals.part(partition, box, i));
        }
    }

    /** The same for an array. */
    void putArray(INDArray x, List<INDArray> arrays) {
        List<INDArray> parts = Gains.parts(partition, x);
        for (int i = 0; i < blocks.length; i++) {
            arrays.set(blocks[i], parts.get(i));
        }
    }
}
