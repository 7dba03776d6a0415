package org.implicitdl.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;

/**
 * Every layer, vertex and preprocessor of this version of DL4J is converted, unwrapped, or refused with a reason, and the
 * tables of COVERAGE.md say which.
 */
class CoverageTest {
    private static final Set<String> UNWRAPPED = Set.of(
            "ComposableInputPreProcessor", "FrozenLayer", "FrozenLayerWithBackprop", "LayerVertex", "FrozenVertex");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (exact|refused) \\| (.*)\\|");

    /** The concrete classes of a type in DL4J's own jar, and the abstract ones that users extend by SameDiff. */
    private static List<Class<?>> concrete(Class<?> type) throws IOException {
        URL url = Layer.class.getResource("Layer.class");
        try (JarFile jar = ((JarURLConnection) url.openConnection()).getJarFile()) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("org/deeplearning4j/nn/conf/") && name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
                    .<Class<?>>map(CoverageTest::load)
                    .filter(type::isAssignableFrom)
                    .filter(c -> !Modifier.isAbstract(c.getModifiers())
                            || c.getSimpleName().startsWith("SameDiff"))
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

    /** The rows of the table below a heading: by the name of a class, "exact", or "refused" and the reason. */
    private static Map<String, String> table(String heading) throws IOException {
        String section = Files.readString(Path.of("COVERAGE.md"))
                .split("\n## " + heading + "\n")[1]
                .split("\n## ")[0];
        Map<String, String> rows = new TreeMap<>();
        Matcher row = ROW.matcher(section);
        while (row.find()) {
            String reason = row.group(2).equals("refused") ? ": " + row.group(3).strip() : "";
            assertThat(rows.put(row.group(1), row.group(2) + reason))
                    .as("another row of " + row.group(1))
                    .isNull();
        }
        assertThat(section.lines().filter(line -> line.startsWith("|"))).hasSize(rows.size() + 2);
        return rows;
    }

    private static void assertTold(
            String heading, Class<?> type, Set<Class<?>> exact, Function<Class<?>, Optional<String>> refusal)
            throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (Class<?> each : concrete(type)) {
            boolean isExact = exact.contains(each) || UNWRAPPED.contains(each.getSimpleName());
            expected.put(
                    each.getSimpleName(),
                    isExact
                            ? "exact"
                            : "refused: "
                                    + refusal.apply(each).orElse("(nothing is known of it, and that is a defect)"));
        }
        assertThat(table(heading)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(expected.toString()).doesNotContain("that is a defect");
    }

    @Test
    void everyLayerIsConvertedOrRefusedAsTheTableSays() throws IOException {
        assertThat(concrete(Layer.class)).hasSizeGreaterThan(50);
        assertTold("Layers", Layer.class, Translators.standard().layers().keySet(), Refusals::layer);
    }

    @Test
    void everyVertexIsConvertedOrRefusedAsTheTableSays() throws IOException {
        assertThat(concrete(GraphVertex.class)).hasSizeGreaterThan(15);
        assertTold(
                "Vertices", GraphVertex.class, Translators.standard().vertices().keySet(), Refusals::vertex);
    }

    @Test
    void everyPreprocessorIsConvertedAsTheTableSays() throws IOException {
        assertThat(concrete(InputPreProcessor.class)).hasSizeGreaterThan(8);
        assertTold(
                "Preprocessors",
                InputPreProcessor.class,
                Translators.standard().preprocessors().keySet(),
                type -> Optional.empty());
    }
}
