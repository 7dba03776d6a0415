package org.implicitdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlanTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void placesInUseNeverOverlapAndAllIsFreeAgainAtTheEnd(long seed) {
        Random random = new Random(seed);
        MemoryPlan plan = new MemoryPlan();
        List<long[]> used = new ArrayList<>();
        long most = 0;
        for (int step = 0; step < 2000; step++) {
            if (used.isEmpty() || random.nextInt(5) < 3 && used.size() < 30) {
                long size = 1 + random.nextInt(50);
                long start = plan.take(size);
                for (long[] other : used) {
                    assertThat(start + size <= other[0] || other[1] <= start).isTrue();
                }
                used.add(new long[] {start, start + size});
                most = Math.max(most, start + size);
            } else {
                long[] place = used.remove(random.nextInt(used.size()));
                plan.release(place[0], place[1] - place[0]);
            }
        }
        assertThat(plan.total()).isEqualTo(most);
        used.forEach(place -> plan.release(place[0], place[1] - place[0]));
        assertThat(plan.take(plan.total())).isZero();
    }

    @Test
    void aChainTakesTheRoomOfItsTwoLargestNeighbours() {
        MemoryPlan plan = new MemoryPlan();
        long before = plan.take(10);
        for (int step = 0; step < 100; step++) {
            long next = plan.take(10);
            plan.release(before, 10);
            before = next;
        }
        assertThat(plan.total()).isEqualTo(20);
    }
}
