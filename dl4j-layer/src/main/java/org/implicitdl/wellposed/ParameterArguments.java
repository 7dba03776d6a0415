package org.implicitdl.wellposed;

import java.util.Arrays;
import java.util.List;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.wellposed.Parametrization.Parameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The checks of what parametrizations are given. */
final class ParameterArguments {
    private ParameterArguments() {}

    /** The order n of the matrix that the parameters describe; the first of them is [n, n]. */
    static int order(Parametrization parametrization, List<INDArray> parameters) {
        if (parameters.isEmpty() || parameters.get(0).rank() != 2) {
            throw new ShapeException(parametrization + " needs the parameters " + parametrization.parameters(1)
                    + " of a matrix of order 1, and the like for larger ones, but got " + shapes(parameters) + ".");
        }
        int n = (int) parameters.get(0).size(0);
        List<Parameter> expected = parametrization.parameters(n);
        boolean fits = expected.size() == parameters.size();
        for (int k = 0; fits && k < expected.size(); k++) {
            INDArray array = parameters.get(k);
            Parameter parameter = expected.get(k);
            fits = array.rank() == 2 && array.size(0) == parameter.rows() && array.size(1) == parameter.cols();
        }
        if (!fits) {
            throw new ShapeException(
                    parametrization + " needs the parameters " + expected + ", but got " + shapes(parameters) + ".");
        }
        return n;
    }

    /** The order, after a look at every entry as well. */
    static int finiteOrder(Parametrization parametrization, List<INDArray> parameters) {
        int n = order(parametrization, parameters);
        for (int k = 0; k < parameters.size(); k++) {
            NonFiniteException.check(
                    "parameter " + parametrization.parameters(n).get(k).name(), parameters.get(k));
        }
        return n;
    }

    static void gradient(int n, INDArray gradient) {
        if (gradient.rank() != 2 || gradient.size(0) != n || gradient.size(1) != n) {
            throw new ShapeException("The gradient in a matrix of order " + n + " must be [" + n + ", " + n
                    + "], but has the shape " + Arrays.toString(gradient.shape()) + ".");
        }
    }

    private static List<String> shapes(List<INDArray> arrays) {
        return arrays.stream().map(array -> Arrays.toString(array.shape())).toList();
    }
}
