package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void failureEndsWithItsSentenceAfterTheLog() {
        console(StandardCharsets.UTF_8).fail(List.of("first", "second"), "It failed: do this.");

        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("  | first\n  | second\nIt failed: do this.\n");
        assertThat(out.size()).isZero();
    }

    @Test
    void lettersTheTerminalCannotShowAreNotPrinted() {
        console(StandardCharsets.US_ASCII).sayIfPrintable("준비됐습니다");
        assertThat(out.size()).isZero();

        console(StandardCharsets.UTF_8).sayIfPrintable("준비됐습니다");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("준비됐습니다");
    }

    private Console console(Charset charset) {
        return new Console(out, err, charset);
    }
}
