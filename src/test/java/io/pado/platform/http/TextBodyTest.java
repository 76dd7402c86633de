package io.pado.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.platform.problem.ProblemException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBodyTest {

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda080", "b0a1", "22eab0", "fffe7b00", "f4908080"})
    void whatIsNotUtf8IsRefusedInWords(String hex) {
        assertThatThrownBy(() -> TextBody.text(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8)).isInstanceOf(ProblemException.class)
                .hasMessageContaining("not UTF-8").hasMessageContaining("name the charset");
    }

    @Test
    void textIsReadInItsCharsetWithWhateverItBeginsWith() {
        assertThat(TextBody.text(new byte[0], StandardCharsets.UTF_8)).isEmpty();
        assertThat(TextBody.text("\uFEFF파도 🌊\0".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)).isEqualTo("\uFEFF파도 🌊\0");
        assertThat(TextBody.text(new byte[] {(byte) 0xB0, (byte) 0xA1}, Charset.forName("euc-kr"))).isEqualTo("가");
    }
}
