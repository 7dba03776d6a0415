package org.implicitdl.zoo.recovery.method;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The support that column norms show by themselves. */
final class LargestGap {
    /** Norms below this share of the largest one count as this share: they are small, however much they differ. */
    private static final double FLOOR = 0.05;

    private LargestGap() {}

    /** The inputs above the largest ratio of neighbours in the order of the norms, in increasing order. */
    static List<Integer> above(double[] norms) {
        List<Integer> order = IntStream.range(0, norms.length)
                .boxed()
                .sorted(Comparator.comparingDouble(j -> -norms[j]))
                .toList();
        double floor = FLOOR * norms[order.get(0)];
        int count = 0;
        double largest = 0;
        for (int k = 1; k < order.size(); k++) {
            double ratio = Math.max(floor, norms[order.get(k - 1)]) / Math.max(floor, norms[order.get(k)]);
            if (ratio > largest) {
                largest = ratio;
                count = k;
            }
        }
        return order.stream().limit(count).sorted().toList();
    }
}
