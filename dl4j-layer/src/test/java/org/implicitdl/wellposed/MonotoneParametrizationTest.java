package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Lapack;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class MonotoneParametrizationTest extends ParametrizationContract {
    private static final double MARGIN = 0.2;
    private static final double LIPSCHITZ = 1.5;

    @Override
    Parametrization parametrization() {
        return new MonotoneParametrization(MARGIN, LIPSCHITZ);
    }

    @Override
    Condition condition() {
        return Condition.MONOTONE;
    }

    @Override
    Matrix slowMatrix(List<Matrix> parameters) {
        Matrix f = parameters.get(0);
        Matrix g = parameters.get(1);
        Matrix a = Matrix.zeros(f.rows(), f.rows());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.rows(); j++) {
                double sum = (i == j ? 1 - MARGIN : 0) + g.get(i, j) - g.get(j, i);
                for (int k = 0; k < a.rows(); k++) {
                    sum -= f.get(k, i) * f.get(k, j);
                }
                a.set(i, j, sum / LIPSCHITZ);
            }
        }
        return a;
    }

    @Test
    void theMarginIsThatOfStrongMonotonicity() {
        List<INDArray> parameters = draw(41, DataType.DOUBLE, 9, 1);
        DenseOperator a = DenseOperator.copyOf(parametrization().matrix(parameters));
        MonotoneCertificate found = (MonotoneCertificate)
                parametrization().test(parameters, a, Phi.relu()).certificate().orElseThrow();
        assertThat(found.strongMonotonicity()).isCloseTo(MARGIN, within(1e-12)).isLessThanOrEqualTo(MARGIN);
        Matrix dense = Matrix.copyOf(a.toDense(DataType.DOUBLE));
        double distance =
                Lapack.svd(MonotoneCriterion.identityMinus(LIPSCHITZ, dense)).singularValues()[0];
        assertThat(found.distance()).isBetween(0.5 * distance, distance * (1 + 1e-14));
    }

    @Test
    void steeperActivationsAreJudgedByTheMatrixItself() {
        List<INDArray> parameters = draw(42, DataType.DOUBLE, 5, 0);
        DenseOperator a = DenseOperator.copyOf(parametrization().matrix(parameters));
        // A = 0.8/1.5 I, and the Lipschitz constant of 3 tanh is 3.
        assertThat(parametrization().test(parameters, a, Phi.steepTanh()).certificate())
                .isEmpty();
        assertThat(MonotoneParametrization.withMargin(1)
                        .test(
                                parameters,
                                DenseOperator.copyOf(a.toDense(DataType.DOUBLE).muli(0)),
                                Phi.steepTanh())
                        .certificate())
                .isPresent();
    }

    /** Where rounding to single precision may have used up the margin, the certificate says how much is left. */
    @Test
    void roundingIsNotTrustedToTheFormula() {
        Parametrization tight = MonotoneParametrization.withMargin(1e-6);
        List<INDArray> parameters = draw(43, DataType.FLOAT, 30, 1);
        DenseOperator a = DenseOperator.copyOf(tight.matrix(parameters));
        boolean isMonotone = WellPosedness.assess(a, Phi.relu())
                .finding(Condition.MONOTONE)
                .certificate()
                .isPresent();
        assertThat(tight.test(parameters, a, Phi.relu()).certificate().isPresent())
                .isEqualTo(isMonotone);
        List<INDArray> zero = draw(43, DataType.FLOAT, 30, 0);
        DenseOperator scaledUp = DenseOperator.copyOf(tight.matrix(zero).muli(1 + 1e-5));
        assertThat(tight.test(parameters, scaledUp, Phi.relu()).certificate()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.5, Double.NaN})
    void theMarginMustBeInItsRange(double margin) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> MonotoneParametrization.withMargin(margin))
                .withMessageContaining("at most 1, but is " + margin);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void theLipschitzConstantMustBePositiveAndFinite(double lipschitz) {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new MonotoneParametrization(0.1, lipschitz))
                .withMessageContaining("finite, but is " + lipschitz);
    }
}
