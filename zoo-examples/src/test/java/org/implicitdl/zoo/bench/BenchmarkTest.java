package org.implicitdl.zoo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.implicitdl.zoo.bench.convert.ConvertBenchmark;
import org.implicitdl.zoo.bench.layer.LayerBenchmark;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BenchmarkTest {
    private static final Effort QUICK = new Effort(true, 1);

    static List<Named<Measurement>> layerMeasurements() {
        return named(LayerBenchmark.create());
    }

    static List<Named<Measurement>> convertMeasurements() {
        return named(ConvertBenchmark.create());
    }

    private static List<Named<Measurement>> named(Benchmark benchmark) {
        return benchmark.measurements().stream()
                .map(measurement -> Named.of(measurement.name(), measurement))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("layerMeasurements")
    void everyMeasurementOfTheLayerFindsNumbers(Measurement measurement) {
        assertNumbers(measurement.measure(QUICK));
    }

    @ParameterizedTest
    @MethodSource("convertMeasurements")
    void everyMeasurementOfConversionFindsNumbersAndTheSameOutputsInLittleMemory(Measurement measurement) {
        List<Row> rows = measurement.measure(QUICK);

        assertNumbers(rows);
        assertThat(rows)
                .filteredOn(row -> !row.what().contains("times"))
                .allSatisfy(row -> assertThat(row.verdict()).as(row.toString()).isNotEqualTo("missed"));
    }

    private static void assertNumbers(List<Row> rows) {
        assertThat(rows).extracting(Row::what).doesNotHaveDuplicates().isNotEmpty();
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.found()).as(row.what()).isFinite());
    }

    @Test
    void verdictsFollowTheBounds() {
        assertThat(Row.asked("a", Bound.atMost(3), 3, "x").verdict()).isEqualTo("met");
        assertThat(Row.asked("a", Bound.atMost(3), 3.01, "x").verdict()).isEqualTo("missed");
        assertThat(Row.asked("a", Bound.atLeast(3), 2.99, "x").verdict()).isEqualTo("missed");
        assertThat(Row.asked("a", Bound.atMost(3), Double.NaN, "x").verdict()).isEqualTo("missed");
        assertThat(Row.told("a", 3, "x").verdict()).isEmpty();
    }

    @Test
    void numbersHaveThreeDigitsAndAUnit() {
        assertThat(Row.told("a", 1.2345, "x").text()).isEqualTo("1.23 x");
        assertThat(Row.told("a", 0.012345, "").text()).isEqualTo("0.0123");
        assertThat(Row.told("a", 123.45, "µs").text()).isEqualTo("123 µs");
        assertThat(Row.told("a", 1.2345e-5, "").text()).isEqualTo("1.23e-05");
        assertThat(Row.told("a", 12, "").text()).isEqualTo("12");
    }

    @Test
    void theTimesOfTasksAreTheirShareOfTheWork() {
        Race.Times times = Race.run(QUICK, 3, () -> work(1), () -> work(1));

        assertThat(times.least())
                .hasSize(2)
                .allSatisfy(seconds -> assertThat(seconds).isPositive());
        assertThat(times.ratio(0, 1) * times.ratio(1, 0)).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(times.noise()).isGreaterThanOrEqualTo(1);
    }

    private static double work(int seed) {
        double sum = seed;
        for (int i = 0; i < 1000; i++) {
            sum += Math.sqrt(sum);
        }
        return sum;
    }
}
