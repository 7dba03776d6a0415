package org.implicitdl.zoo.bench.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.implicitdl.zoo.bench.Bound;
import org.implicitdl.zoo.bench.Effort;
import org.implicitdl.zoo.bench.Measurement;
import org.implicitdl.zoo.bench.Row;

/**
 * Further architectures of DL4J's zoo: whether they compute the same, and how fast. All but UNet, which takes a minute
 * for one image of its 512 by 512 pixels, are of their full size.
 */
final class ZooArchitectures implements Measurement {
    private static final int ROUNDS = 5;

    /** An architecture for images of so many pixels a side. */
    private record Entry(IntFunction<Subject> architecture, int pixels) {}

    private static final List<Entry> ENTRIES = List.of(
            new Entry(Architectures::squeezeNet, 227),
            new Entry(Architectures::darknet19, 224),
            new Entry(Architectures::vgg16, 224),
            new Entry(Architectures::xception, 299),
            new Entry(Architectures::uNet, 128));

    @Override
    public String name() {
        return "zoo";
    }

    @Override
    public String description() {
        return "Architectures of DL4J's zoo, by the pixels of a side (float, one image)";
    }

    @Override
    public List<Row> measure(Effort effort) {
        List<Row> rows = new ArrayList<>();
        for (Entry entry : ENTRIES.subList(0, effort.size(ENTRIES.size(), 1))) {
            Subject subject = entry.architecture().apply(effort.size(entry.pixels(), 64));
            rows.addAll(OutputTime.compare(effort, subject, 1, Bound.none(), ROUNDS));
        }
        return rows;
    }
}
