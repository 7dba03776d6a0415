package org.implicitdl.layer;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.implicitdl.layer.ParameterLayout.Parameter;

/** What a layer takes in memory, in numbers of its data type; it does not grow with the iterations of the solver. */
final class MemoryEstimate {
    /** Start, result, known part, state, image and three of Anderson's; to these come two differences for each of its depth. */
    private static final int SOLVER_ARRAYS = 8;

    private static final int DEFAULT_DEPTH = 5;

    private MemoryEstimate() {}

    static LayerMemoryReport of(ImplicitLayer layer, InputType inputType) {
        InputType outputType = layer.getOutputType(-1, inputType);
        ParameterLayout layout = ParameterLayout.of(layer);
        long updater = layout.parameters().stream()
                .mapToLong(parameter -> stateSize(layer, parameter))
                .sum();
        long n = layer.getStateSize();
        long solver = n * (SOLVER_ARRAYS + 2L * historyLength(layer.getSolver()));
        // V and X, kept for the backward pass.
        long kept = 2 * n;
        long dropout = layer.getIDropout() == null ? 0 : inputType.arrayElementsPerExample();
        // G, S and Z, and the solver once more.
        long backward = 3 * n + solver;
        long parametrized = layer.getWellPosed() == WellPosed.MONOTONE
                        || layer.getWellPosed() == WellPosed.SCALED_NORM_INF
                        || layer.getWellPosed() == WellPosed.STRICTLY_UPPER_TRIANGULAR
                ? n * n
                : 0;
        return new LayerMemoryReport.Builder(layer.getLayerName(), ImplicitLayer.class, inputType, outputType)
                .standardMemory(layout.length(), updater)
                .workingMemory(parametrized, kept + solver, 2 * parametrized, kept + backward + dropout)
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }

    private static long stateSize(ImplicitLayer layer, Parameter parameter) {
        return layer.getUpdaterByParam(parameter.name()).stateSize(parameter.length());
    }

    private static int historyLength(SolverSettings solver) {
        return switch (solver.type()) {
            case ANDERSON, AUTO -> solver.andersonDepth() == null ? DEFAULT_DEPTH : solver.andersonDepth();
            default -> 0;
        };
    }
}
