package org.implicitdl.zoo.compare.search;

import java.time.Duration;
import org.deeplearning4j.arbiter.optimize.api.termination.TerminationCondition;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Ends a search after a time, unlike Arbiter's own condition not before there is a candidate to choose. */
final class TimeLimit implements TerminationCondition {
    @JsonProperty("milliseconds")
    private final long milliseconds;

    private transient long start;

    TimeLimit(Duration time) {
        this(time.toMillis());
    }

    @JsonCreator
    private TimeLimit(@JsonProperty("milliseconds") long milliseconds) {
        this.milliseconds = milliseconds;
    }

    @Override
    public void initialize(IOptimizationRunner runner) {
        start = System.nanoTime();
    }

    @Override
    public boolean terminate(IOptimizationRunner runner) {
        boolean over = Duration.ofNanos(System.nanoTime() - start).toMillis() >= milliseconds;
        return over && runner.numCandidatesCompleted() > 0;
    }

    @Override
    public String toString() {
        return "TimeLimit(" + Duration.ofMillis(milliseconds) + ")";
    }
}
