package org.implicitdl.convert.certify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Lower bounds of linear functions vᵀŷ of the outputs, from the last block back to the input: φ is replaced by a linear
 * function that lies below λ⊙φ on its box, so that terms which cancel do cancel (Zhang and others, Efficient neural
 * network robustness certification with general activation functions, 2018). Where φ has none, or states depend on each
 * other in a cycle, their own box is used.
 */
final class LinearBounds {
    private final Structure structure;
    private final Enclosure enclosure;
    private final List<Optional<Relaxation>> relaxations;
    private final List<INDArray> magnitudes;
    private final INDArray outputMagnitudes;

    LinearBounds(Structure structure, Enclosure enclosure) {
        this.structure = structure;
        this.enclosure = enclosure;
        this.relaxations = IntStream.range(0, structure.blocks().count())
                .mapToObj(i -> isDirect(structure, i)
                        ? structure.phi(i).relax(enclosure.preActivations().get(i))
                        : Optional.<Relaxation>empty())
                .toList();
        List<INDArray> states = enclosure.states().stream().map(Box::magnitude).toList();
        List<INDArray> inputs = enclosure.inputs().stream().map(Box::magnitude).toList();
        this.magnitudes = IntStream.range(0, structure.blocks().count())
                .mapToObj(i -> total(
                        structure.a().absRowTimes(i, states),
                        structure.b().absRowTimes(i, inputs),
                        structure.bias(i),
                        samples()))
                .toList();
        this.outputMagnitudes = Gains.stack(IntStream.range(
                        0, structure.c().matrix().rowBlocks().count())
                .mapToObj(i -> total(
                        structure.c().absRowTimes(i, states),
                        structure.d().absRowTimes(i, inputs),
                        structure.c().matrix().rowBlocks().part(structure.shift(), i),
                        samples()))
                .toList());
    }

    private static boolean isDirect(Structure structure, int block) {
        return structure.parts().stream().anyMatch(part -> part.isDirect() && part.blocks()[0] == block);
    }

    /** The sum of the absolute values of all that is added up in a row, to which its rounding is relative. */
    private static INDArray total(Optional<INDArray> first, Optional<INDArray> second, INDArray offset, long samples) {
        INDArray sum =
                Nd4j.zeros(DataType.DOUBLE, offset.size(0), samples).addiColumnVector(Transforms.abs(offset, true));
        Stream.of(first, second).flatMap(Optional::stream).forEach(sum::addi);
        return sum;
    }

    private long samples() {
        return enclosure.inputs().get(0).center().size(1);
    }

    /**
     * Bounds [1, m] with vⱼᵀŷ ≥ bound for all inputs of box j.
     *
     * @param v V [q, m], a function for each sample
     */
    INDArray below(INDArray v) {
        return below(v, true);
    }

    /** The same from the boxes of the states alone, without a way back to the input. */
    INDArray belowByStates(INDArray v) {
        return below(v, false);
    }

    private INDArray below(INDArray v, boolean wholeWay) {
        List<INDArray> outputs = Gains.parts(structure.c().matrix().rowBlocks(), v);
        List<INDArray> mu = Arrays.asList(new INDArray[structure.blocks().count()]);
        INDArray bound = structure.shift().transpose().mmul(v);
        INDArray rounded = columnSums(Transforms.abs(v, true).muli(outputMagnitudes));
        for (int k = structure.parts().size() - 1; k >= 0; k--) {
            for (int i : structure.parts().get(k).blocks()) {
                Optional<INDArray> coefficients = sum(
                        structure.a().transposedRowTimes(i, mu), structure.c().transposedRowTimes(i, outputs));
                if (coefficients.isEmpty()) {
                    continue;
                }
                INDArray lambda = coefficients.get();
                Box state = enclosure.states().get(i);
                rounded.addi(columnSums(Transforms.abs(lambda, true).muli(state.magnitude())));
                if (wholeWay && relaxations.get(i).isPresent()) {
                    Relaxation.Line line = relaxations.get(i).get().below(lambda);
                    mu.set(i, line.slope());
                    bound.addi(columnSums(line.offset()))
                            .addi(structure.bias(i).transpose().mmul(line.slope()));
                    rounded.addi(columnSums(Transforms.abs(line.slope(), true).muli(magnitudes.get(i))))
                            .addi(columnSums(Transforms.abs(line.offset(), false)));
                } else {
                    bound.addi(least(lambda, state));
                }
            }
        }
        for (int i = 0; i < enclosure.inputs().size(); i++) {
            Box input = enclosure.inputs().get(i);
            sum(structure.b().transposedRowTimes(i, mu), structure.d().transposedRowTimes(i, outputs))
                    .ifPresent(gradient -> {
                        rounded.addi(columnSums(Transforms.abs(gradient, true).muli(input.magnitude())));
                        bound.addi(least(gradient, input));
                    });
        }
        return bound.subi(Outward.grow(rounded.muli(2 * structure.epsilon()), 0x1p-50));
    }

    /** The least value λᵀc − |λ|ᵀr of λᵀx on a box. */
    private static INDArray least(INDArray lambda, Box box) {
        INDArray value = lambda.mul(box.center());
        return columnSums(value.subi(Transforms.abs(lambda, true).muli(box.radius())));
    }

    private static INDArray columnSums(INDArray x) {
        return x.sum(true, 0);
    }

    private static Optional<INDArray> sum(Optional<INDArray> first, Optional<INDArray> second) {
        return Stream.of(first, second).flatMap(Optional::stream).reduce(INDArray::addi);
    }
}
