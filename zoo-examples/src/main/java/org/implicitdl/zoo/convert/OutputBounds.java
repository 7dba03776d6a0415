package org.implicitdl.zoo.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.implicitdl.convert.certify.Bounds;
import org.implicitdl.convert.certify.BoxBounds;
import org.implicitdl.convert.structure.InputBox;
import org.implicitdl.zoo.report.CsvFile;
import org.implicitdl.zoo.report.Table;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The outputs of samples, and what they are proven to stay within while the inputs move in a box around each sample.
 *
 * @param values ŷ(û) [q, m]
 * @param bounds l ≤ ŷ ≤ h, both [q, m]
 */
public record OutputBounds(INDArray values, Bounds bounds) {
    /** Bounds by linear functions take two passes for each output. */
    private static final int MOST_LINEAR = 100;

    private static final int SHOWN = 20;

    /** Bounds the outputs on the boxes around samples. */
    static OutputBounds of(BoxBounds bounds, INDArray values, InputBox box) {
        return new OutputBounds(
                values, values.size(0) <= MOST_LINEAR ? bounds.outputs(box) : bounds.outputsByIntervals(box));
    }

    /** All samples of several parts. */
    static OutputBounds join(List<OutputBounds> parts) {
        return new OutputBounds(
                side(parts.stream().map(OutputBounds::values).toList()),
                new Bounds(
                        side(parts.stream().map(part -> part.bounds.lower()).toList()),
                        side(parts.stream().map(part -> part.bounds.upper()).toList())));
    }

    private static INDArray side(List<INDArray> parts) {
        return parts.size() == 1 ? parts.get(0) : Nd4j.hstack(parts);
    }

    /** The least and the largest that each output can be, over the boxes of all samples. */
    public Table table() {
        INDArray lower = bounds.lower().min(1);
        INDArray upper = bounds.upper().max(1);
        INDArray width = bounds.width().max(1);
        int q = (int) values.size(0);
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < Math.min(q, SHOWN); i++) {
            rows.add(List.of(
                    String.valueOf(i),
                    number(lower.getDouble(i)),
                    number(upper.getDouble(i)),
                    number(width.getDouble(i))));
        }
        if (q > SHOWN) {
            rows.add(List.of(
                    SHOWN + " to " + (q - 1),
                    number(rest(lower).minNumber()),
                    number(rest(upper).maxNumber()),
                    number(rest(width).maxNumber())));
        }
        return new Table(List.of("output", "smallest", "largest", "widest for a sample"), rows);
    }

    private static INDArray rest(INDArray each) {
        return each.get(NDArrayIndex.interval(SHOWN, each.length()));
    }

    private static String number(Number value) {
        return String.format(Locale.ROOT, "%.5g", value.doubleValue());
    }

    /** Sample by sample. */
    public CsvFile csv() {
        return new CsvFile(
                List.of("sample", "output", "value", "lower", "upper"),
                IntStream.range(0, (int) values.size(1))
                        .boxed()
                        .flatMap(s -> IntStream.range(0, (int) values.size(0))
                                .mapToObj(i -> List.<Object>of(
                                        s,
                                        i,
                                        values.getDouble(i, s),
                                        bounds.lower().getDouble(i, s),
                                        bounds.upper().getDouble(i, s))))
                        .toList());
    }
}
