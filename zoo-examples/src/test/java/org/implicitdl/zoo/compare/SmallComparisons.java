package org.implicitdl.zoo.compare;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.implicitdl.zoo.compare.search.BackPropagationContender;
import org.implicitdl.zoo.compare.search.BcdContender;
import org.implicitdl.zoo.compare.search.Contender;
import org.implicitdl.zoo.compare.search.SearchBudget;
import org.implicitdl.zoo.compare.search.SearchWatcher;
import org.implicitdl.zoo.report.Progress;
import org.implicitdl.zoo.table.NamedTable;
import org.implicitdl.zoo.table.TableData;
import org.nd4j.linalg.learning.config.RmsProp;

/** A comparison of seconds that the tests share: two candidates of two trainers in two splits of the irises. */
public final class SmallComparisons {
    public static final Contender BCD = new BcdContender();
    public static final Contender RMSPROP = new BackPropagationContender(new RmsProp(), 0.003, 10);

    static final SearchBudget BUDGET = new SearchBudget(2, Duration.ofMinutes(5));
    static final ComparisonSettings SETTINGS = new ComparisonSettings(List.of(BCD, RMSPROP), BUDGET, 2, 3);
    static final TableData IRIS = NamedTable.IRIS.data();
    static final AtomicInteger STEPS = new AtomicInteger();

    private static ComparisonResults found;

    private SmallComparisons() {}

    /** The results, which are found once; not when the class is loaded, for which Arbiter's thread would wait. */
    static synchronized ComparisonResults results() {
        if (found == null) {
            found = run(SETTINGS, IRIS, counting());
        }
        return found;
    }

    static ComparisonResults run(ComparisonSettings settings, TableData data, Progress progress) {
        return Comparison.run(settings, data, progress, SearchWatcher.none());
    }

    private static Progress counting() {
        return new Progress() {
            @Override
            public void doing(String what) {}

            @Override
            public void step() {
                STEPS.incrementAndGet();
            }

            @Override
            public void close() {}
        };
    }
}
