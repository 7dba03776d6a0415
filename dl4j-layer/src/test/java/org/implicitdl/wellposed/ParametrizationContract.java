package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.NonFiniteException;
import org.implicitdl.operator.ShapeException;
import org.implicitdl.wellposed.Parametrization.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What every parametrization promises. */
abstract class ParametrizationContract {

    abstract Parametrization parametrization();

    /** The condition that every A satisfies. */
    abstract Condition condition();

    /** The formula of A by plain loops. */
    abstract Matrix slowMatrix(List<Matrix> parameters);

    List<INDArray> draw(long seed, DataType type, int n, double scale) {
        Random random = new Random(seed);
        List<INDArray> parameters = new ArrayList<>();
        for (Parameter parameter : parametrization().parameters(n)) {
            parameters.add(Equations.gaussian(random, parameter.rows(), parameter.cols(), scale)
                    .toArray(type));
        }
        return parameters;
    }

    private static double dot(INDArray x, INDArray y) {
        return x.mul(y).sumNumber().doubleValue();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void matricesAreThoseOfTheFormula(DataType type) {
        for (int n : new int[] {1, 2, 5, 30}) {
            for (double scale : new double[] {0.01, 0.5, 3}) {
                List<INDArray> parameters = draw(31, type, n, scale);
                INDArray a = parametrization().matrix(parameters);
                assertThat(a.dataType()).isEqualTo(type);
                assertThat(a.shape()).containsExactly(n, n);
                assertThat(a.ordering()).isEqualTo('f');
                Matrix expected =
                        slowMatrix(parameters.stream().map(Matrix::copyOf).toList());
                double rounding = (type == DataType.FLOAT ? 2e-6 : 1e-14) * (1 + expected.maxAbs());
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        assertThat(a.getDouble(i, j))
                                .as("seed 31, n = %d, scale %s", n, scale)
                                .isCloseTo(expected.get(i, j), within(rounding));
                    }
                }
            }
        }
    }

    @Test
    void pullbacksAreTheDerivatives() {
        for (int n : new int[] {1, 4, 7}) {
            for (double scale : new double[] {0.05, 0.7, 4}) {
                List<INDArray> parameters = draw(32, DataType.DOUBLE, n, scale);
                INDArray gradient = Equations.gaussian(new Random(33), n, n, 1).toArray(DataType.DOUBLE);
                List<INDArray> pullback = parametrization().pullback(parameters, gradient);
                assertThat(pullback).hasSameSizeAs(parameters);
                for (int k = 0; k < parameters.size(); k++) {
                    INDArray parameter = parameters.get(k);
                    assertThat(pullback.get(k).shape()).isEqualTo(parameter.shape());
                    // Rounding of the difference quotient, which is as large as the largest slopes.
                    double tolerance =
                            2e-7 * (1 + Matrix.copyOf(pullback.get(k)).maxAbs());
                    for (long i = 0; i < parameter.size(0); i++) {
                        for (long j = 0; j < parameter.size(1); j++) {
                            assertThat(pullback.get(k).getDouble(i, j))
                                    .as("seed 32, n = %d, scale %s, parameter %d (%d, %d)", n, scale, k, i, j)
                                    .isCloseTo(slope(parameters, k, i, j, gradient), within(tolerance));
                        }
                    }
                }
            }
        }
    }

    private double slope(List<INDArray> parameters, int k, long i, long j, INDArray gradient) {
        INDArray parameter = parameters.get(k);
        double value = parameter.getDouble(i, j);
        double step = 1e-6 * Math.max(0.1, Math.abs(value));
        parameter.putScalar(i, j, value + step);
        double above = dot(parametrization().matrix(parameters), gradient);
        parameter.putScalar(i, j, value - step);
        double below = dot(parametrization().matrix(parameters), gradient);
        parameter.putScalar(i, j, value);
        return (above - below) / (2 * step);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void everyMatrixIsCertifiedAndTheGenericTestAgrees(DataType type) {
        for (int n : new int[] {1, 2, 12, 40}) {
            for (double scale : new double[] {0, 1e-30, 0.1, 1, 10, 1e3}) {
                List<INDArray> parameters = draw(34, type, n, scale);
                DenseOperator a = DenseOperator.copyOf(parametrization().matrix(parameters));
                Finding finding = parametrization().test(parameters, a, Phi.relu());
                assertThat(finding.certificate())
                        .as("seed 34, n = %d, scale %s: %s", n, scale, finding)
                        .isPresent();
                Certificate certificate = finding.certificate().orElseThrow();
                assertThat(certificate.condition()).isEqualTo(condition());
                assertThat(certificate.states()).isEqualTo(n);
                assertThat(certificate.holdsFor(Phi.tanh())).isTrue();
                assertThat(WellPosedness.assess(a, Phi.relu())
                                .finding(condition())
                                .certificate())
                        .as("scale %s", scale)
                        .isPresent();
            }
        }
    }

    @Test
    void activationsThatTheConditionDoesNotCoverGetNoCertificate() {
        List<INDArray> parameters = draw(35, DataType.DOUBLE, 6, 1);
        DenseOperator a = DenseOperator.copyOf(parametrization().matrix(parameters));
        assertThat(parametrization().test(parameters, a, Phi.cube()).certificate())
                .isEmpty();
        assertThat(parametrization().test(parameters, a, Phi.softmax()).certificate())
                .isEmpty();
    }

    @Test
    void theLayoutOfTheParametersDoesNotMatterAndTheyAreNotChanged() {
        List<INDArray> parameters = draw(36, DataType.DOUBLE, 6, 1);
        INDArray gradient = Equations.gaussian(new Random(37), 6, 6, 1).toArray(DataType.DOUBLE);
        Matrix expected = Matrix.copyOf(parametrization().matrix(parameters));
        List<Matrix> slopes = parametrization().pullback(parameters, gradient).stream()
                .map(Matrix::copyOf)
                .toList();
        List<INDArray> views = parameters.stream()
                .map(parameter -> {
                    INDArray flat = Nd4j.zeros(parameter.dataType(), 3 + parameter.length());
                    return flat.get(NDArrayIndex.interval(3, 3 + parameter.length()))
                            .reshape('f', parameter.shape())
                            .assign(parameter);
                })
                .toList();
        List<INDArray> rows =
                parameters.stream().map(parameter -> parameter.dup('c')).toList();
        for (List<INDArray> same : List.of(views, rows)) {
            assertThat(Matrix.copyOf(parametrization().matrix(same))).isEqualTo(expected);
            assertThat(parametrization().pullback(same, gradient.dup('c')).stream()
                            .map(Matrix::copyOf)
                            .toList())
                    .isEqualTo(slopes);
            for (int k = 0; k < same.size(); k++) {
                assertThat(Matrix.copyOf(same.get(k))).isEqualTo(Matrix.copyOf(parameters.get(k)));
            }
        }
    }

    @Test
    void badArraysAreRefused() {
        List<INDArray> parameters = draw(38, DataType.DOUBLE, 4, 1);
        INDArray gradient = Nd4j.ones(DataType.DOUBLE, 4, 4);
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> parametrization().matrix(List.of()))
                .withMessageContaining("order 1");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() ->
                        parametrization().matrix(List.of(parameters.get(0), Nd4j.ones(DataType.DOUBLE, 3, 2))))
                .withMessageContaining("[3, 2]")
                .withMessageContaining("rows=4");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> parametrization().pullback(parameters, gradient.getColumns(0, 1)))
                .withMessageContaining("[4, 4]")
                .withMessageContaining("[4, 2]");
        parameters.get(1).putScalar(1, 0, Double.NaN);
        assertThatExceptionOfType(NonFiniteException.class)
                .isThrownBy(() -> parametrization().matrix(parameters))
                .withMessageContaining(
                        "parameter " + parametrization().parameters(4).get(1).name());
    }
}
