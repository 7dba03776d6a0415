package org.implicitdl.zoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
    @TempDir
    private Path temporary;

    @Test
    void missingParentsAreMade() {
        Path written = OutputFolder.open(temporary.resolve("a/b c/d")).write("x.txt", "text");

        assertThat(written).hasContent("text").hasFileName("x.txt");
        assertThat(written.getParent()).isDirectoryContaining(file -> file.equals(written));
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() {
        OutputFolder folder = OutputFolder.open(temporary);
        folder.write("x.txt", "old");

        assertThatThrownBy(() -> folder.write("x.txt", stream -> {
                    stream.write(new byte[100_000]);
                    throw new IOException("the disk is full");
                }))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("x.txt")
                .hasMessageContaining("the disk is full");
        assertThat(temporary.resolve("x.txt")).hasContent("old");
        assertThat(temporary.toFile().list()).containsExactly("x.txt");
    }

    @Test
    void aFileIsNotThereUntilItIsWhole() {
        OutputFolder.open(temporary).write("x.txt", stream -> {
            stream.write(1);
            stream.flush();
            assertThat(temporary.resolve("x.txt")).doesNotExist();
        });
        assertThat(temporary.resolve("x.txt")).hasSize(1);
    }

    @Test
    void aFolderThatIsAFileIsRefusedByName() throws IOException {
        Path file = Files.createFile(temporary.resolve("taken"));

        assertThatThrownBy(() -> OutputFolder.open(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("choose another folder");
    }
}
