package org.implicitdl.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.implicitdl.activation.Activations;
import org.implicitdl.file.ModelFile;
import org.implicitdl.model.ImplicitModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every operator comes back from a file with its structure and to the last bit. */
class StoredOperatorsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("org.implicitdl.operator.LinearOperatorContractTest#all")
    void aStoredOperatorIsTheSame(LinearOperator operator) {
        LinearOperator read = stored(operator);

        assertThat(read).hasSameClassAs(operator);
        // Sizes, structure and numbers of nonzeros.
        assertThat(read.toString()).isEqualTo(operator.toString());
        assertThat(read.dataType()).isEqualTo(operator.dataType());
        assertThat(read.parameterCount()).isEqualTo(operator.parameterCount());
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            assertThat(read.toDense(type)).isEqualTo(operator.toDense(type));
            var x = Numbers.normalArray(5, type, operator.cols(), 3);
            assertThat(read.times(x)).isEqualTo(operator.times(x));
            assertThat(read.transpose().toDense(type))
                    .isEqualTo(operator.toDense(type).transpose());
        }
    }

    @Test
    void noOperatorIsForgotten() {
        Set<Class<?>> stored =
                LinearOperatorContractTest.all().map(Object::getClass).collect(Collectors.toSet());
        assertThat(stored).containsExactlyInAnyOrder(LinearOperator.class.getPermittedSubclasses());
    }

    /** As the matrix D, which may be any. */
    private LinearOperator stored(LinearOperator operator) {
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(1, 1),
                new ZeroOperator(1, operator.cols()),
                new ZeroOperator(operator.rows(), 1),
                operator,
                Activations.relu());
        Path file = folder.resolve("operator.zip");
        ModelFile.save(model, file);
        return ModelFile.load(file).d();
    }
}
