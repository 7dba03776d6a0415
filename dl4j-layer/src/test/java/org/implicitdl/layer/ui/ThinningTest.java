package org.implicitdl.layer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.implicitdl.layer.LayerReport;
import org.implicitdl.layer.SolveStatistics;
import org.junit.jupiter.api.Test;

class ThinningTest {

    private static List<SolveStatistics> series(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> Points.point("layer", i))
                .toList();
    }

    @Test
    void aSeriesWithinTheLimitIsKept() {
        assertThat(new Thinning(10).thin(series(10))).isEqualTo(series(10));
    }

    @Test
    void neighboursBecomeOnePointWithTheirMeansAndTheirWorst() {
        // 11 points and at most 3: four together, of iterations 0 to 3, 4 to 7 and 8 to 10.
        List<SolveStatistics> thinned = new Thinning(3).thin(series(11));

        assertThat(thinned).extracting(SolveStatistics::iteration).containsExactly(3, 7, 10);
        LayerReport first = thinned.get(0).report();
        assertThat(first.samples()).isEqualTo(4 * 32);
        assertThat(first.failures()).isEqualTo(0 + 1 + 2 + 0);
        assertThat(first.meanIterations()).isEqualTo(1.5 + 0.25);
        assertThat(first.maxIterations()).isEqualTo(3 + 5);
        assertThat(first.worstResidual()).isEqualTo(1e-6 * 4);
        assertThat(first.margin()).isEqualTo(1.0 / 5);
    }

    @Test
    void oneSolveThatFailedIsSeenAmongThousands() {
        List<SolveStatistics> series = IntStream.range(0, 5000)
                .mapToObj(i -> Points.point("layer", i, i == 1234 ? Double.NaN : 1e-7, i == 4321 ? -0.5 : 0.1))
                .toList();

        List<SolveStatistics> thinned = new Thinning(100).thin(series);

        // 64 together: 5000 / 64 is 78.1.
        assertThat(thinned).hasSize(79);
        assertThat(thinned.get(1234 / 64).report().worstResidual()).isNaN();
        assertThat(thinned.get(4321 / 64).report().margin()).isEqualTo(-0.5);
    }
}
