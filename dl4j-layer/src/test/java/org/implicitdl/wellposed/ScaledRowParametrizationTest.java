package org.implicitdl.wellposed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.Matrix;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ScaledRowParametrizationTest extends ParametrizationContract {
    private static final double KAPPA = 0.9;

    @Override
    Parametrization parametrization() {
        return new ScaledRowParametrization(KAPPA);
    }

    @Override
    Condition condition() {
        return Condition.PERRON_FROBENIUS;
    }

    @Override
    Matrix slowMatrix(List<Matrix> parameters) {
        Matrix a = parameters.get(0).copy();
        Matrix t = parameters.get(1);
        for (int i = 0; i < a.rows(); i++) {
            double norm = 0;
            for (int j = 0; j < a.cols(); j++) {
                norm += Math.abs(a.get(i, j));
            }
            for (int j = 0; j < a.cols(); j++) {
                double ratio = Math.exp(6 * Math.tanh(t.get(j, 0) / 6)) / Math.exp(6 * Math.tanh(t.get(i, 0) / 6));
                a.set(i, j, a.get(i, j) * ratio * Math.min(1, KAPPA / norm));
            }
        }
        return a;
    }

    @Test
    void theMapContractsInTheScaledNormByKappa() {
        List<INDArray> parameters = draw(51, DataType.DOUBLE, 8, 2);
        DenseOperator a = DenseOperator.copyOf(parametrization().matrix(parameters));
        ContractionCertificate found = (ContractionCertificate) parametrization()
                .test(parameters, a, Phi.absolute())
                .certificate()
                .orElseThrow();
        assertThat(found.rate()).isCloseTo(KAPPA, within(1e-12));
        Random random = new Random(52);
        Matrix dense = Matrix.copyOf(a.toDense(DataType.DOUBLE));
        for (int trial = 0; trial < 20; trial++) {
            double[] x = random.doubles(8, -1, 1).toArray();
            double[] image = PowerMethod.times(dense, x);
            assertThat(found.norm().of(image))
                    .isLessThanOrEqualTo(KAPPA * found.norm().of(x) * (1 + 1e-12));
        }
    }

    /** The certificate is that of the numbers in A: another matrix gets none from the same parameters. */
    @Test
    void anotherMatrixIsNotCertifiedByTheFormula() {
        List<INDArray> parameters = draw(53, DataType.FLOAT, 8, 2);
        DenseOperator larger =
                DenseOperator.copyOf(parametrization().matrix(parameters).muli(1.2));
        Finding finding = parametrization().test(parameters, larger, Phi.relu());
        assertThat(finding.certificate()).isEmpty();
        assertThat(finding.reason()).contains("about 0.9");
    }

    @Test
    void hugeParametersNeitherOverflowNorVanish() {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            double huge = type == DataType.FLOAT ? 1e36 : 1e300;
            INDArray v = Nd4j.createFromArray(new double[][] {{huge, -huge}, {1, -1}})
                    .castTo(type);
            INDArray t = Nd4j.createFromArray(new double[][] {{huge}, {-huge}}).castTo(type);
            INDArray a = parametrization().matrix(List.of(v, t));
            double ratio = Math.exp(12);
            Matrix expected = Matrix.ofRows(
                    new double[] {KAPPA / 2, -KAPPA / 2 / ratio}, new double[] {ratio * KAPPA / 2, -KAPPA / 2});
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    assertThat(a.getDouble(i, j) / expected.get(i, j)).isCloseTo(1, within(1e-6));
                }
            }
            assertThat(parametrization()
                            .test(List.of(v, t), DenseOperator.copyOf(a), Phi.relu())
                            .certificate())
                    .isPresent();
            List<INDArray> slopes = parametrization().pullback(List.of(v, t), Nd4j.ones(type, 2, 2));
            assertThat(slopes.get(0).sumNumber().doubleValue()).isFinite();
            assertThat(slopes.get(1).norm1Number().doubleValue())
                    .as("where tanh is flat")
                    .isZero();
        }
    }

    /** On the sphere itself, where the two sides differ, it is that from within. */
    @Test
    void theDerivativeAtTheKinkIsOneSided() {
        Parametrization unit = new ScaledRowParametrization(1);
        INDArray v = Nd4j.createFromArray(new double[][] {{0.5, -0.5}, {0.25, 0.25}});
        INDArray t = Nd4j.zeros(DataType.DOUBLE, 2, 1);
        INDArray gradient = Nd4j.createFromArray(new double[][] {{1.0, 2.0}, {3.0, 4.0}});
        assertThat(unit.pullback(List.of(v, t), gradient).get(0)).isEqualTo(gradient);
    }

    @Test
    void kappaMustBePositive() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ScaledRowParametrization(0))
                .withMessageContaining("0.95");
    }
}
