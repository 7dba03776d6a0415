package org.implicitdl.zoo.synthetic.method;

import java.util.List;
import org.implicitdl.zoo.synthetic.FittingMethod;

/** The methods of the experiment, in the order of the table. A further one is a line in this list. */
public final class Methods {
    private Methods() {}

    /** All methods, with the hyperparameters that they have before tuning. */
    public static List<FittingMethod> all() {
        return List.of(
                new ZeroPrediction(),
                new LinearLeastSquares(),
                RmsPropMethod.published(),
                RmsPropMethod.longRun(),
                BcdMethod.published(),
                BcdMethod.exact(),
                BcdMethod.accelerated(),
                BcdMethod.polished());
    }
}
