package io.pado.realtime.sse.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 255, 256, 4_095, 65_536})
    void headIsTheLengthInHexadecimal(int length) {
        byte[] content = "\n".repeat(length).getBytes(StandardCharsets.UTF_8);

        byte[] chunk = Chunk.of(content);

        assertThat(new String(chunk, StandardCharsets.UTF_8)).isEqualTo(Integer.toString(length, 16) + "\r\n" + "\n".repeat(length) + "\r\n");
    }
}
