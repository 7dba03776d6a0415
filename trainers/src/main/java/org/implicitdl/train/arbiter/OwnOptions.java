package org.implicitdl.train.arbiter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.implicitdl.layer.ImplicitLayer;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** What one parameter of an {@link ImplicitLayerSpace} has of its own; null stands for what the layer has. */
final class OwnOptions implements Cloneable {
    ParameterSpace<IWeightInit> weightInit;
    ParameterSpace<IUpdater> updater;
    ParameterSpace<Double> l1;
    ParameterSpace<Double> l2;
    List<ParameterSpace<Regularization>> regularization = new ArrayList<>();
    ParameterSpace<List<LayerConstraint>> constraints;

    /** The spaces that are there, by names. */
    Map<String, ParameterSpace<?>> spaces() {
        Map<String, ParameterSpace<?>> spaces = new LinkedHashMap<>();
        spaces.put("weightInit", weightInit);
        spaces.put("updater", updater);
        spaces.put("l1", l1);
        spaces.put("l2", l2);
        for (int i = 0; i < regularization.size(); i++) {
            spaces.put("regularization" + i, regularization.get(i));
        }
        spaces.put("constraints", constraints);
        spaces.values().removeIf(space -> space == null);
        return spaces;
    }

    @Override
    public OwnOptions clone() {
        try {
            OwnOptions copy = (OwnOptions) super.clone();
            copy.regularization = new ArrayList<>(regularization);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Tells a layer a candidate's values for the parameter of a name. */
    void give(String name, ImplicitLayer.Builder layer, CandidateValues candidate) {
        candidate.give(weightInit, value -> layer.weightInit(name, value));
        candidate.give(updater, value -> layer.updater(name, value));
        candidate.give(l1, value -> layer.l1(name, value));
        candidate.give(l2, value -> layer.l2(name, value));
        regularization.forEach(penalty -> candidate.give(penalty, value -> layer.regularization(name, value)));
        candidate.give(constraints, value -> layer.constrain(name, value.toArray(new LayerConstraint[0])));
    }
}
