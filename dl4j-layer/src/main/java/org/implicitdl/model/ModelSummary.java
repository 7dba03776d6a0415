package org.implicitdl.model;

import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.WellPosedness;

/** A model in words. */
final class ModelSummary {
    private ModelSummary() {}

    static String of(ImplicitModel model) {
        return String.join(
                        System.lineSeparator(),
                        "implicit model: y = Cx + Du + d, x = phi(Ax + Bu + b)",
                        "  inputs p     " + model.inputs(),
                        "  states n     " + model.states() + " in blocks " + model.blocks(),
                        "  outputs q    " + model.outputs(),
                        "  parameters   " + model.parameterCount() + " of type " + model.dataType(),
                        "  A            " + model.a(),
                        "  B            " + model.b(),
                        "  C            " + model.c(),
                        "  D            " + model.d(),
                        "  phi          " + model.phi(),
                        "  well-posed   "
                                + WellPosedness.find(model.a(), model.phi())
                                        .map(Certificate::statement)
                                        .orElse("no certificate found"))
                + System.lineSeparator();
    }
}
