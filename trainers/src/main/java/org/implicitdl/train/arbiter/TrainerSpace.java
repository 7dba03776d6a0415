package org.implicitdl.train.arbiter;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.parameter.FixedValue;
import org.deeplearning4j.arbiter.optimize.parameter.discrete.DiscreteParameterSpace;
import org.implicitdl.train.settings.TrainerSettings;

/**
 * The trainer as a parameter: one of several, each with its own options as spaces.
 *
 * <p>The options of trainers that a candidate does not choose do nothing for it. A grid search visits every combination all
 * the same: share a space between trainers where it can be shared, such as that of learning rates.
 */
@SuppressWarnings("rawtypes") // as Arbiter declares the spaces
public final class TrainerSpace extends CompositeSpace<TrainerSettings> {
    private ParameterSpace<Integer> choice;
    private List<ParameterSpace<? extends TrainerSettings>> trainers;

    private TrainerSpace() {
        // For JSON.
    }

    /**
     * A choice of trainers.
     *
     * @param trainers such as a {@link BcdSpace}, a {@link BackPropagationSpace}, or a {@code FixedValue} of settings
     * @throws IllegalArgumentException if there are none
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // the array is copied
    public TrainerSpace(ParameterSpace<? extends TrainerSettings>... trainers) {
        if (trainers.length == 0) {
            throw new IllegalArgumentException("A choice of trainers takes at least one trainer, but got none.");
        }
        this.trainers = List.of(trainers);
        // Arbiter's grid search miscounts spaces of one value, but not fixed ones.
        this.choice = trainers.length == 1
                ? new FixedValue<>(0)
                : new DiscreteParameterSpace<>(
                        IntStream.range(0, trainers.length).boxed().toList());
    }

    @Override
    public TrainerSettings getValue(double[] numbers) {
        return trainers.get(choice.getValue(numbers)).getValue(numbers);
    }

    @Override
    public Map<String, ParameterSpace> getNestedSpaces() {
        Map<String, ParameterSpace> spaces = super.getNestedSpaces();
        for (int i = 0; i < trainers.size(); i++) {
            spaces.put("trainer" + i, trainers.get(i));
        }
        return spaces;
    }
}
