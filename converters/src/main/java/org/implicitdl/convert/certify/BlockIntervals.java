package org.implicitdl.convert.certify;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.implicitdl.operator.Partition;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A φ that is a different one on each of several consecutive blocks. */
record BlockIntervals(Partition partition, List<IntervalActivation> blocks) implements IntervalActivation {

    @Override
    public Box image(Box z) {
        List<Box> images = IntStream.range(0, blocks.size())
                .mapToObj(i -> blocks.get(i).image(part(z, i)))
                .toList();
        return stack(images);
    }

    Box part(Box box, int i) {
        return part(partition, box, i);
    }

    static Box part(Partition partition, Box box, int i) {
        return new Box(
                partition.part(box.center(), i).dup('f'),
                partition.part(box.radius(), i).dup('f'));
    }

    static Box stack(List<Box> boxes) {
        return boxes.size() == 1
                ? boxes.get(0)
                : new Box(
                        Nd4j.vstack(boxes.stream().map(Box::center).toArray(INDArray[]::new)),
                        Nd4j.vstack(boxes.stream().map(Box::radius).toArray(INDArray[]::new)));
    }

    @Override
    public Optional<INDArray> slopes(Box z) {
        List<Optional<INDArray>> slopes = IntStream.range(0, blocks.size())
                .mapToObj(i -> blocks.get(i).slopes(part(z, i)))
                .toList();
        return slopes.stream().allMatch(Optional::isPresent)
                ? Optional.of(
                        Nd4j.vstack(slopes.stream().map(Optional::orElseThrow).toArray(INDArray[]::new)))
                : Optional.empty();
    }

    @Override
    public double lipschitz() {
        return blocks.stream().mapToDouble(IntervalActivation::lipschitz).max().orElseThrow();
    }

    @Override
    public boolean isComponentwise() {
        return blocks.stream().allMatch(IntervalActivation::isComponentwise);
    }
}
