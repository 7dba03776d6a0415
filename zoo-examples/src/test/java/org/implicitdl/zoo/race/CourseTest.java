package org.implicitdl.zoo.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CourseTest {
    private final HandClock clock = new HandClock();

    @Test
    void epochsCountAndTimeDoesNotInAPlanOfEpochs() {
        Plan plan = Plan.ofEpochs(4);

        assertThat(plan.parts()).isEqualTo(4);
        assertThat(plan.partsDone(3, 1e9)).isEqualTo(3);
        assertThat(plan.share(3, 1e9)).isEqualTo(0.75);
        assertThat(plan.share(5, 0)).isEqualTo(1);
    }

    @Test
    void timeCountsAndEpochsDoNotInAPlanOfSeconds() {
        Plan plan = Plan.ofSeconds(20);

        assertThat(plan.partsDone(1000, 1.9)).isZero();
        assertThat(plan.partsDone(0, 19.9)).isEqualTo(9);
        assertThat(plan.partsDone(0, 20)).isEqualTo(plan.parts());
        assertThat(plan.share(1000, 5)).isEqualTo(0.25);
        assertThat(plan.share(0, 50)).isEqualTo(1);
    }

    @Test
    void noEpochsAndNoTimeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.ofEpochs(0))
                .withMessageContaining("at least one epoch, but is to have 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Plan.ofSeconds(0))
                .withMessageContaining("positive and finite, but is to have 0.0 s");
    }

    @Test
    void theRateFollowsTheTimeThatIsUsedWhileTheTrainingRuns() {
        Course course = new Course(Plan.ofSeconds(10), 90, clock::nanos);
        CourseRate rate = new CourseRate(0.5, course);
        List<Double> rates = new ArrayList<>();

        course.run(() -> {
            rates.add(rate.valueAt(0, 0));
            clock.advance(2);
            rates.add(rate.valueAt(1, 0));
        });
        clock.advance(100);
        rates.add(rate.valueAt(2, 0));
        course.run(() -> {
            clock.advance(6);
            rates.add(rate.valueAt(3, 0));
            clock.advance(6);
            rates.add(rate.valueAt(4, 0));
        });

        assertThat(rates).containsExactly(0.5, 0.4, 0.4, 0.5 * (1 - 0.8), 0.0);
        assertThat(course.isOver()).isTrue();
    }
}
