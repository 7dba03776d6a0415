package org.implicitdl.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.implicitdl.activation.Activation;
import org.implicitdl.activation.Activations;
import org.implicitdl.activation.AxisSoftmax;
import org.implicitdl.activation.BlockActivation;
import org.implicitdl.activation.DiagonalActivation;
import org.implicitdl.activation.MaxPooling;
import org.implicitdl.activation.Nd4jActivation;
import org.implicitdl.activation.NormPooling;
import org.implicitdl.activation.ProductActivation;
import org.implicitdl.activation.Softmax;
import org.implicitdl.kernel.Windows;
import org.implicitdl.model.ImplicitModel;
import org.implicitdl.operator.IdentityOperator;
import org.implicitdl.operator.Partition;
import org.implicitdl.operator.ZeroOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every activation map comes back from a file as it was. */
class StoredActivationsTest {
    private static final int STATES = 8;

    private static final Windows WINDOWS =
            Windows.of(new int[] {4}, new int[] {3}, new int[] {1}, new int[] {1}, new int[] {1}, new int[] {4});

    @TempDir
    private Path folder;

    /** Maps of 8 states. */
    static Stream<Activation> all() {
        Nd4j.getRandom().setSeed(7);
        Stream<Activation> own = Stream.of(
                Activations.leakyRelu(1.0 / 3),
                Activations.elu(0.7),
                new Softmax(),
                new AxisSoftmax(2, 2, 2),
                new MaxPooling(2, WINDOWS),
                new NormPooling(2, WINDOWS, 2.5),
                new ProductActivation(4),
                DiagonalActivation.viewOf(Nd4j.rand(DataType.DOUBLE, STATES, 2), 1),
                Nd4jActivation.of(new ActivationReLU(6.0, 0.5, 0.1)),
                // A form of which more is known, but that was not asked for.
                Nd4jActivation.of(new ActivationReLU()),
                BlockActivation.of(
                        Partition.of(2, 4, 2), List.of(Activations.tanh(), new ProductActivation(2), new Softmax())));
        Stream<Activation> named = Stream.of(org.nd4j.linalg.activations.Activation.values())
                .filter(activation -> activation != org.nd4j.linalg.activations.Activation.RRELU)
                .map(Activations::of);
        return Stream.of(own, named, Activations.all().stream()).flatMap(part -> part);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aStoredActivationIsTheSame(Activation phi) {
        Activation read = stored(phi);

        assertThat(read).hasSameClassAs(phi);
        assertThat(read.lipschitz()).isEqualTo(phi.lipschitz());
        Nd4j.getRandom().setSeed(3);
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            INDArray z = Nd4j.randn(type, STATES, 2);
            assertThat(read.apply(z)).isEqualTo(phi.apply(z));
        }
    }

    @Test
    void noActivationIsForgotten() throws IOException, URISyntaxException {
        Set<Class<?>> stored = all().map(Object::getClass).collect(Collectors.toSet());
        assertThat(stored).containsAll(activationClasses());
    }

    /** The classes that lie beside {@link Activation} and are activations. */
    private static List<Class<?>> activationClasses() throws IOException, URISyntaxException {
        Path classes = Path.of(Activation.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("org/implicitdl/activation");
        try (Stream<Path> files = Files.list(classes)) {
            List<Class<?>> found = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".class"))
                    .<Class<?>>map(name -> named("org.implicitdl.activation." + name.replace(".class", "")))
                    .filter(Activation.class::isAssignableFrom)
                    .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                    .toList();
            assertThat(found).hasSizeGreaterThan(10);
            return found;
        }
    }

    private static Class<?> named(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anActivationThatTheUserWroteIsRefused() {
        Activation own = new Doubling();
        assertThatThrownBy(() -> stored(own))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Doubling")
                .hasMessageContaining("IActivation");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anActivationOfTheUsersThatComesBackDifferentlyIsRefused() {
        IActivation own = new ActivationSwish() {
            private static final long serialVersionUID = 1L;
        };
        assertThatThrownBy(() -> stored(Nd4jActivation.of(own)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be stored")
                .hasMessageContaining("StoredActivationsTest");
        assertThat(folder).isEmptyDirectory();
    }

    private Activation stored(Activation phi) {
        ImplicitModel model = ImplicitModel.of(
                new ZeroOperator(STATES, STATES),
                new IdentityOperator(STATES),
                new IdentityOperator(STATES),
                new ZeroOperator(STATES, STATES),
                phi);
        Path file = folder.resolve("activation.zip");
        ModelFile.save(model, file);
        return ModelFile.load(file).phi();
    }

    private record Doubling() implements Activation {
        @Override
        public INDArray apply(INDArray z) {
            return z.mul(2);
        }

        @Override
        public INDArray transposedJacobianTimes(INDArray z, INDArray v) {
            return v.mul(2);
        }

        @Override
        public double lipschitz() {
            return 2;
        }

        @Override
        public boolean isComponentwise() {
            return true;
        }

        @Override
        public Activation slice(int from, int to) {
            return this;
        }
    }
}
