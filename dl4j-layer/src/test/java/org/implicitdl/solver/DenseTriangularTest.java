package org.implicitdl.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.operator.DenseOperator;
import org.implicitdl.operator.LinearOperator;
import org.implicitdl.operator.Matrix;
import org.implicitdl.operator.Partition;
import org.implicitdl.wellposed.Certificate;
import org.implicitdl.wellposed.Equations;
import org.implicitdl.wellposed.TriangularCertificate;
import org.implicitdl.wellposed.WellPosedness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dense strictly triangular matrices of more states than are taken at a time, as they are and transposed. */
class DenseTriangularTest {
    private static final int STATES = 150;
    private static final int SAMPLES = 4;

    private final Random random = new Random(41);
    private final Matrix a = upper();
    private final Matrix v = Equations.gaussian(random, STATES, SAMPLES, 1);

    private Matrix upper() {
        Matrix matrix = Equations.gaussian(random, STATES, STATES, 1 / Math.sqrt(STATES));
        for (int j = 0; j < STATES; j++) {
            for (int i = j; i < STATES; i++) {
                matrix.set(i, j, 0);
            }
        }
        return matrix;
    }

    /** State by state, from the last one up or from the first one down, each by a whole evaluation of φ. */
    private INDArray slowly(FixedPointProblem problem) {
        INDArray x = problem.input().castTo(DataType.DOUBLE).mul(0).dup('f');
        FixedPointProblem exact =
                new FixedPointProblem(problem.a(), problem.input().castTo(DataType.DOUBLE), problem.phi());
        for (int i = 0; i < STATES; i++) {
            x = exact.apply(x);
        }
        return x;
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void theStateIsThatOfAsManyEvaluationsAsThereAreStates(DataType type) {
        Matrix factors = Matrix.zeros(STATES, SAMPLES);
        for (int i = 0; i < factors.values().length; i++) {
            factors.values()[i] = random.nextDouble();
        }
        List<Activation> maps = List.of(
                Activations.relu(),
                Activations.tanh(),
                BlockActivation.of(Partition.of(100, 50), List.of(Activations.relu(), Activations.sigmoid())),
                Activations.of(org.nd4j.linalg.activations.Activation.SWISH),
                DiagonalActivation.viewOf(factors.toArray(DataType.DOUBLE), 1));
        DenseOperator upper = DenseOperator.copyOf(a.toArray(type));
        for (LinearOperator operator : List.of(upper, upper.transpose())) {
            for (Activation phi : maps) {
                FixedPointProblem problem = new FixedPointProblem(operator, v.toArray(type), phi);
                Certificate certificate = WellPosedness.certify(operator, phi);
                assertThat(certificate).isInstanceOf(TriangularCertificate.class);
                INDArray x = Solvers.forCertificate(certificate).solve(problem).orElseThrow();
                INDArray expected = slowly(problem);
                for (int i = 0; i < STATES; i++) {
                    for (int j = 0; j < SAMPLES; j++) {
                        assertThat(x.getDouble(i, j))
                                .as("%s, state %d, sample %d", phi, i, j)
                                .isCloseTo(
                                        expected.getDouble(i, j),
                                        within((type == DataType.FLOAT ? 1e-4 : 1e-12)
                                                * (1 + Math.abs(expected.getDouble(i, j)))));
                    }
                }
            }
        }
    }
}
