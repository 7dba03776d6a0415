package org.implicitdl.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.implicitdl.wellposed.MonotoneParametrization;
import org.implicitdl.wellposed.Parametrization;
import org.implicitdl.wellposed.ScaledRowParametrization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The parameters of a layer in the order in which they lie in memory, each in 'f' order. */
record ParameterLayout(List<Parameter> parameters) {
    static final String A = "A";
    static final String B = "B";
    static final String C = "C";
    static final String D = "D";
    static final String STATE_BIAS = "b";
    static final String OUTPUT_BIAS = "d";

    /** What a parameter is to DL4J: weights are penalized and constrained, biases may have an updater of their own. */
    enum Role {
        WEIGHT,
        BIAS,
        OTHER
    }

    /**
     * A parameter.
     *
     * @param name its key
     * @param role what it is to DL4J
     * @param shape its shape
     */
    record Parameter(String name, Role role, long... shape) {
        long length() {
            return Arrays.stream(shape).reduce(1, (x, y) -> x * y);
        }
    }

    static ParameterLayout of(ImplicitLayer layer) {
        long n = layer.getStateSize();
        long p = layer.getNIn();
        long q = layer.getNOut();
        List<Parameter> parameters = new ArrayList<>(ofStateMatrix(layer.getWellPosed(), n));
        parameters.add(new Parameter(B, Role.WEIGHT, n, p));
        if (!layer.isStateOutput()) {
            parameters.add(new Parameter(C, Role.WEIGHT, q, n));
            if (layer.isDirectTerm()) {
                parameters.add(new Parameter(D, Role.WEIGHT, q, p));
            }
        }
        if (layer.hasBias()) {
            parameters.add(new Parameter(STATE_BIAS, Role.BIAS, n));
            if (!layer.isStateOutput()) {
                parameters.add(new Parameter(OUTPUT_BIAS, Role.BIAS, q));
            }
        }
        return new ParameterLayout(List.copyOf(parameters));
    }

    private static List<Parameter> ofStateMatrix(WellPosed wellPosed, long n) {
        return switch (wellPosed) {
            case MONOTONE -> of(MonotoneParametrization.withMargin(1).parameters((int) n));
            case SCALED_NORM_INF -> of(new ScaledRowParametrization(1).parameters((int) n));
            default -> List.of(new Parameter(A, Role.WEIGHT, n, n));
        };
    }

    private static List<Parameter> of(List<Parametrization.Parameter> parameters) {
        return parameters.stream()
                .map(p -> new Parameter(p.name(), p.cols() == 1 ? Role.OTHER : Role.WEIGHT, p.rows(), p.cols()))
                .toList();
    }

    long length() {
        return parameters.stream().mapToLong(Parameter::length).sum();
    }

    List<String> names() {
        return parameters.stream().map(Parameter::name).toList();
    }

    List<String> names(Role role) {
        return parameters.stream()
                .filter(parameter -> parameter.role() == role)
                .map(Parameter::name)
                .toList();
    }

    /**
     * The views of the parameters in a flat array.
     *
     * @throws DL4JInvalidConfigException if it has another length
     */
    Map<String, INDArray> views(INDArray flat, String layer) {
        if (flat.length() != length()) {
            throw new DL4JInvalidConfigException("The parameters " + names() + " of " + layer + " take " + length()
                    + " numbers, but there are " + flat.length()
                    + "; was the file written by a layer of other sizes or another form?");
        }
        INDArray row = flat.reshape(flat.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long offset = 0;
        for (Parameter parameter : parameters) {
            INDArray part = row.get(NDArrayIndex.interval(offset, offset + parameter.length()));
            views.put(parameter.name(), parameter.shape().length == 1 ? part : part.reshape('f', parameter.shape()));
            offset += parameter.length();
        }
        return views;
    }
}
