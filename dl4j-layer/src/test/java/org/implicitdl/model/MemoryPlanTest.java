package org.implicitdl.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryPlanTest {

    private record Place(long start, long end) {
        boolean meets(Place other) {
            return start < other.end && other.start < end;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void placesInUseNeverMeet(long seed) {
        Random random = new Random(seed);
        MemoryPlan plan = new MemoryPlan();
        List<Place> used = new ArrayList<>();
        for (int step = 0; step < 500; step++) {
            if (used.isEmpty() || random.nextInt(9) < 5) {
                int size = 1 + random.nextInt(300);
                long start = plan.take(size);
                Place place = new Place(start, start + size);
                assertThat(used).as("step %d takes %s", step, place).noneMatch(place::meets);
                assertThat(plan.total()).isGreaterThanOrEqualTo(place.end());
                used.add(place);
            } else {
                Place place = used.remove(random.nextInt(used.size()));
                plan.release(place.start(), place.end() - place.start());
            }
        }
        long end = plan.total();
        used.forEach(place -> plan.release(place.start(), place.end() - place.start()));
        assertThat(plan.take(end)).as("all is one free stretch again").isZero();
    }
}
