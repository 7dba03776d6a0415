package org.implicitdl.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.implicitdl.zoo.cli.CommandLineRunner;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine;

/** The READMEs tell the truth: their programs compile and run, their commands and options exist. */
class ReadmeTest {
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\R(.*?)^```$");
    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");
    private static final Pattern COMMAND = Pattern.compile("\\./implicit((?: +[-\\w./]+)*)");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!http)([^)#]+)\\)");

    private static final List<String> DOCUMENTS = List.of("README.md", "zoo-examples/README.md");

    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> everyProgramRuns() {
        List<String> programs = DOCUMENTS.stream()
                .flatMap(name -> javaBlocks(text(name)).stream())
                .toList();
        return Stream.iterate(0, i -> i < programs.size(), i -> i + 1)
                .map(i ->
                        DynamicTest.dynamicTest("program " + (i + 1), () -> run("Program" + (i + 1), programs.get(i))));
    }

    /** The machinery of the test above, on a text of its own: a README may have no program, or only right ones. */
    @Test
    void programsAreFoundAndTheirErrorsSeen() {
        List<String> programs = javaBlocks("""
                ```java
                import java.util.List;

                System.setProperty("readme.test", List.of(1, 2).toString());
                ```
                ```java
                public class Whole {
                    public static void main(String[] args) {
                        throw new IllegalStateException("reached");
                    }
                }
                ```
                """);

        assertThat(programs).hasSize(2);
        assertThatCode(() -> run("First", programs.get(0))).doesNotThrowAnyException();
        assertThat(System.clearProperty("readme.test")).isEqualTo("[1, 2]");
        assertThatCode(() -> run("Second", programs.get(1))).hasRootCauseMessage("reached");
        assertThatCode(() -> run("Third", "int x = undefined;")).hasMessageContaining("undefined");
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void everyCommandAndOptionExists(String document) {
        List<String> commands = COMMAND.matcher(text(document))
                .results()
                .map(match -> match.group(1).strip())
                .filter(words -> !words.isEmpty())
                .toList();

        assertThat(commands).contains("synthetic");
        assertThat(commands).allSatisfy(ReadmeTest::assertExists);
    }

    @ParameterizedTest
    @FieldSource("DOCUMENTS")
    void everyLinkedFileExists(String document) {
        assertThat(LINK.matcher(text(document)).results().map(match -> match.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(root().resolve(document).resolveSibling(link))
                        .exists());
    }

    private static void assertExists(String words) {
        CommandLine command = CommandLineRunner.create();
        for (String word : words.split(" +")) {
            if (word.startsWith("-")) {
                assertThat(command.getCommandSpec().optionsMap()).containsKey(word);
            } else if (command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else {
                // Every other word is an option's value, which only a command can have.
                assertThat(command.getParent()).as("the command of '%s'", words).isNotNull();
            }
        }
    }

    private static List<String> javaBlocks(String markdown) {
        return JAVA.matcher(markdown).results().map(match -> match.group(1)).toList();
    }

    /** Compiles a program, wrapped into a class if it is statements only, and runs its main method. */
    private void run(String name, String program) throws Exception {
        Matcher declared = CLASS.matcher(program);
        String className = declared.find() ? declared.group(1) : name;
        Path folder = Files.createDirectories(temporary.resolve(name));
        Path source = Files.writeString(
                folder.resolve(className + ".java"), className.equals(name) ? wrapped(name, program) : program);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        java.io.ByteArrayOutputStream messages = new java.io.ByteArrayOutputStream();
        int result = compiler.run(
                null,
                messages,
                messages,
                "-proc:none",
                "-d",
                folder.toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                source.toString());
        if (result != 0) {
            throw new AssertionError("The program does not compile:\n" + messages + "\n" + program);
        }
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            loader.loadClass(className).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        }
    }

    private static String wrapped(String name, String statements) {
        String imports =
                statements.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
        String body =
                statements.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
        return imports + "\npublic class " + name + " {\npublic static void main(String[] args) throws Exception {\n"
                + body + "\n}\n}\n";
    }

    private static String text(String document) {
        try {
            return Files.readString(root().resolve(document));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Tests run in the folder of their module, or, in some IDEs, in that of the project. */
    private static Path root() {
        return Optional.of(Path.of("..", "README.md"))
                .filter(Files::exists)
                .map(Path::getParent)
                .orElse(Path.of(""));
    }
}
