package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    @TempDir
    private Path temporary;

    @Test
    void theFolderIsMadeWhenTheFileIsWrittenAndNotBefore() {
        Path path = temporary.resolve("a/b c/x.zip");
        OutputFile file = OutputFile.at(path);
        assertThat(temporary).isEmptyDirectory();

        assertThat(file.write(stream -> stream.write(1))).isEqualTo(path).hasSize(1);
        assertThat(OutputFile.at(temporary.resolve("d/y.zip")).inItsFolder().getParent())
                .isEmptyDirectory();
    }

    @Test
    void anOlderFileMayBeReplaced() throws IOException {
        Path path = Files.writeString(temporary.resolve("x.txt"), "old");
        OutputFile.at(path).write(stream -> stream.write('n'));
        assertThat(path).hasContent("n");
    }

    @Test
    void aFolderIsNoFileAndAFileNoFolder() throws IOException {
        assertThatThrownBy(() -> OutputFile.at(temporary))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContainingAll("'" + temporary + "'", "is a folder", "name a file");
        Path taken = Files.createFile(temporary.resolve("taken"));
        for (Path path : new Path[] {taken.resolve("x.zip"), taken.resolve("a/x.zip")}) {
            assertThatThrownBy(() -> OutputFile.at(path))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContainingAll("'" + taken + "' is a file", "choose another folder");
        }
    }
}
