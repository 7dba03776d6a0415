package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;

/** Every layer, vertex and preprocessor of this version of DL4J is converted, unwrapped, or refused with a reason. */
class CoverageTest {
    private static final Set<String> UNWRAPPED = Set.of(
            "ComposableInputPreProcessor", "FrozenLayer", "FrozenLayerWithBackprop", "LayerVertex", "FrozenVertex");

    /** The concrete classes of a type in DL4J's own jar. */
    private static List<Class<?>> concrete(Class<?> type) throws IOException {
        URL url = Layer.class.getResource("Layer.class");
        try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("org/deeplearning4j/nn/conf/") && name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .<Class<?>>map(CoverageTest::load)
                    .filter(c -> type.isAssignableFrom(c) && !Modifier.isAbstract(c.getModifiers()))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, CoverageTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noLayerIsForgotten() throws IOException {
        Set<String> forgotten = new TreeSet<>();
        List<Class<?>> layers = concrete(Layer.class);
        assertThat(layers).hasSizeGreaterThan(50);
        for (Class<?> layer : layers) {
            boolean known = Translators.standard().layers().containsKey(layer)
                    || Refusals.layer(layer).isPresent()
                    || UNWRAPPED.contains(layer.getSimpleName());
            if (!known) {
                forgotten.add(layer.getSimpleName());
            }
        }
        assertThat(forgotten).isEmpty();
    }

    @Test
    void noVertexIsForgotten() throws IOException {
        Set<String> forgotten = new TreeSet<>();
        List<Class<?>> vertices = concrete(GraphVertex.class);
        assertThat(vertices).hasSizeGreaterThan(15);
        for (Class<?> vertex : vertices) {
            boolean known = Translators.standard().vertices().containsKey(vertex)
                    || Refusals.vertex(vertex).isPresent()
                    || UNWRAPPED.contains(vertex.getSimpleName());
            if (!known) {
                forgotten.add(vertex.getSimpleName());
            }
        }
        assertThat(forgotten).isEmpty();
    }

    @Test
    void noPreprocessorIsForgotten() throws IOException {
        Set<String> forgotten = new TreeSet<>();
        List<Class<?>> preprocessors = concrete(InputPreProcessor.class);
        assertThat(preprocessors).hasSizeGreaterThan(8);
        for (Class<?> preprocessor : preprocessors) {
            if (!Translators.standard().preprocessors().containsKey(preprocessor)
                    && !UNWRAPPED.contains(preprocessor.getSimpleName())) {
                forgotten.add(preprocessor.getSimpleName());
            }
        }
        assertThat(forgotten).isEmpty();
    }
}
