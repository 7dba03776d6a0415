package org.implicitdl.zoo.compare.search;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;

/** Who looks at searches while they run. */
public interface SearchWatcher {

    /** What Arbiter is to tell of a search. */
    List<StatusListener> listeners(String search);

    /** Nobody. */
    static SearchWatcher none() {
        return search -> List.of();
    }
}
