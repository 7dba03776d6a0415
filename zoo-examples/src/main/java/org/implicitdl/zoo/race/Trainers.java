package org.implicitdl.zoo.race;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/** The trainers that there are; a further one is a line here. */
public final class Trainers {
    private static final List<Trainer> ALL = List.of(
            new BlockDescent(),
            new BackPropagation("sgd", List.of(0.03, 0.1, 0.3, 1.0), Sgd::new),
            new BackPropagation("nesterovs", List.of(0.003, 0.01, 0.03, 0.1), Nesterovs::new),
            new BackPropagation("adagrad", List.of(0.003, 0.01, 0.03, 0.1), AdaGrad::new),
            new BackPropagation("rmsprop", List.of(1e-4, 3e-4, 1e-3, 3e-3), RmsProp::new),
            new BackPropagation("adam", List.of(3e-4, 1e-3, 3e-3, 1e-2), Adam::new),
            new BackPropagation("amsgrad", List.of(3e-4, 1e-3, 3e-3, 1e-2), AMSGrad::new),
            new BackPropagation("nadam", List.of(3e-4, 1e-3, 3e-3, 1e-2), Nadam::new),
            new BackPropagation("adamax", List.of(1e-3, 3e-3, 1e-2, 3e-2), AdaMax::new));

    private Trainers() {}

    /** The ids of all, in the order in which they are told. */
    public static List<String> ids() {
        return ALL.stream().map(Trainer::id).toList();
    }

    /**
     * The trainer of an id, in upper or lower case.
     *
     * @throws IllegalArgumentException naming all that there are, if there is none
     */
    public static Trainer named(String id) {
        return ALL.stream()
                .filter(trainer -> trainer.id().equals(id.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no trainer '" + id + "'; there are "
                        + ids().stream().collect(Collectors.joining(", "))));
    }
}
