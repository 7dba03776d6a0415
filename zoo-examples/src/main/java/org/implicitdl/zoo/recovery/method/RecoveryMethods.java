package org.implicitdl.zoo.recovery.method;

import java.util.List;
import org.implicitdl.zoo.recovery.RecoveryMethod;

/** All methods of the recovery experiment, in the order of the table. */
public final class RecoveryMethods {
    private RecoveryMethods() {}

    /** Every method with its settings. */
    public static List<RecoveryMethod> all() {
        return List.of(
                new Lasso(), new PublishedBlocks(), new CorrectedBlocks(), new PenalizedModel(), new Elimination());
    }
}
