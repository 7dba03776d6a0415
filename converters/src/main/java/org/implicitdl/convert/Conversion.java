package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** One network on its way to a model: the assembly, and what each layer put into it. */
final class Conversion {
    private final List<Port> inputs;
    private final DataType type;
    private final Assembly assembly;
    private final Map<String, Signal> layers = new LinkedHashMap<>();

    Conversion(List<Port> inputs, DataType type) {
        this.inputs = inputs;
        this.type = type;
        this.assembly = new Assembly(inputs.stream().map(Port::shape).toList(), type);
    }

    Signal input(int k) {
        return assembly.input(k);
    }

    /** Says which layer is translated next, and gives it a name of its own. */
    String enter(String name, int index) {
        // DL4J lets two layers have one name, but hidden features are found by it.
        String own = name;
        while (layers.containsKey(own)) {
            own += " at index " + index;
        }
        assembly.enter(own);
        return own;
    }

    void leave(String name, Signal output) {
        layers.put(name, output);
    }

    /** The network of what has been translated; each output has the name of the layer that puts it out. */
    ImplicitNetwork finish(List<String> names, List<Signal> outputs, Optional<Objective> objective) {
        boolean rows = outputs.stream()
                .anyMatch(
                        output -> output.shape().folded() || output.everyStep().size() > 1);
        if (rows) {
            throw new UnsupportedLayerException("The network puts out one row for each time step of a sequence,"
                    + " so that rows are no samples any more; end it with an RnnOutputLayer.");
        }
        List<Port> ports = new ArrayList<>();
        List<Signal> preOutputs = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            preOutputs.add(outputs.get(i).beforeActivationOf(names.get(i)));
            ports.add(Port.of(names.get(i), outputs.get(i).shape()));
        }
        return new ImplicitNetwork(
                Models.everywhere(assembly.model(outputs), assembly.model(preOutputs)),
                type,
                inputs,
                ports,
                Optional.of(hidden()),
                objective);
    }

    private HiddenFeatures hidden() {
        List<Signal> parts = new ArrayList<>();
        Map<String, Feature> features = new LinkedHashMap<>();
        layers.forEach((name, signal) -> {
            List<Signal> steps = signal.parts();
            List<List<Signal>> rows = steps.stream().map(Signal::everyStep).toList();
            int count = rows.get(0).size();
            for (int row = 0; row < count; row++) {
                for (List<Signal> step : rows) {
                    parts.add(step.get(row));
                }
            }
            features.put(name, new Feature(count, steps.size(), Port.of(name, signal.shape())));
        });
        return new HiddenFeatures(assembly.model(parts), features);
    }
}
