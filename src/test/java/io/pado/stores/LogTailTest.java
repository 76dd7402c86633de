package io.pado.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    private Path directory;

    @Test
    void lastLinesComeOldestFirstAndWithoutBlankOnesAndStackFrames() throws IOException {
        assertThat(LogTail.lines(log("one\ntwo\n\n\tat java.lang.String\nthree\n"), 2)).containsExactly("two", "three");
    }

    @Test
    void repeatedLinesAreShownOnce() throws IOException {
        assertThat(LogTail.lines(log("down\ndown\ndown\nup\ndown\n"), 9)).containsExactly("down", "up", "down");
    }

    @Test
    void linesBeforeTheOffsetAreNotFound() throws IOException {
        Path log = log("ERROR one\nfine\nERROR two\n");

        assertThat(LogTail.find(log, 0, Pattern.compile("ERROR"))).contains("ERROR one");
        assertThat(LogTail.find(log, 10, Pattern.compile("ERROR"))).contains("ERROR two");
        assertThat(LogTail.find(log, Files.size(log), Pattern.compile("ERROR"))).isEmpty();
    }

    @Test
    void missingLogHasNoLines() {
        assertThat(LogTail.lines(directory.resolve("none"), 5)).isEmpty();
    }

    @Test
    void causeIsTheLastLineThatSpeaksOfAnError() throws IOException {
        assertThat(LogTail.cause(log("starting\nFATAL: no space left\nshut down\n"))).contains("FATAL: no space left");
        assertThat(LogTail.cause(log("starting\nstopped\n"))).contains("stopped");
    }

    @Test
    void onlyTheEndOfALongLogIsRead() throws IOException {
        assertThat(LogTail.lines(log("x".repeat(1_000_000) + "\nlast\n"), 1)).containsExactly("last");
    }

    private Path log(String text) throws IOException {
        return Files.writeString(directory.resolve("log"), text);
    }
}
