package org.implicitdl.convert;

import java.util.ArrayList;
import java.util.HashMap;
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
        String own = layers.containsKey(name) ? name + " at index " + index : name;
        assembly.enter(own);
        return own;
    }

    void leave(String name, Signal output) {
        layers.put(name, output);
    }

    /** The network of what has been translated; each output has the name of the layer that puts it out. */
    ImplicitNetwork finish(List<String> names, List<Signal> outputs, Optional<Objective> objective) {
        outputs.stream().filter(output -> output.shape().folded()).findFirst().ifPresent(output -> {
            throw new UnsupportedLayerException("The network puts out one row for each time step of a sequence,"
                    + " so that rows are no samples any more; end it with an RnnOutputLayer.");
        });
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
                features(outputs),
                objective);
    }

    /** The layers whose output is a state that was made for them. */
    private Map<String, Feature> features(List<Signal> outputs) {
        Map<Integer, Integer> starts = new HashMap<>(assembly.starts(outputs));
        Map<String, Feature> features = new LinkedHashMap<>();
        layers.forEach((name, signal) -> signal.forms().stream()
                .filter(form -> form.stream().allMatch(terms -> isStateOf(name, terms, starts)))
                .findFirst()
                .ifPresent(form -> features.put(
                        name,
                        new Feature(
                                form.stream()
                                        .map(terms ->
                                                starts.get(terms.operators().firstKey()) + terms.left())
                                        .toList(),
                                Port.of(name, signal.shape().withFolded(false))))));
        return features;
    }

    private boolean isStateOf(String name, Terms terms, Map<Integer, Integer> starts) {
        int block = terms.isAtom() ? terms.operators().firstKey() : -1;
        return starts.containsKey(block) && assembly.block(block).layer().equals(name);
    }
}
