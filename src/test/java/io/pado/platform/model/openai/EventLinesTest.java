package io.pado.platform.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {

    private static final List<String> EVENTS = List.of("null=안녕 👋🏽", "error=a\nb", "null=c");

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void eventsAreTheSameWhereverTheBytesAreCut(String end) {
        byte[] bytes = ": comment\n\ndata: 안녕 👋🏽\nid: 7\n\nevent: error\ndata:a\ndata: b\n\nretry: 5\n\n\ndata:c\n\n".replace("\n", end).getBytes(UTF_8);

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= Math.min(bytes.length, first + 3); second++) {
                assertThat(events(bytes, first, second)).as("cut at %d and %d", first, second).isEqualTo(EVENTS);
            }
        }
    }

    private static List<String> events(byte[] bytes, int first, int second) {
        List<String> heard = new ArrayList<>();
        EventLines lines = new EventLines((event, data) -> heard.add(event + "=" + data));
        lines.take(Arrays.copyOfRange(bytes, 0, first));
        lines.take(Arrays.copyOfRange(bytes, first, second));
        lines.take(Arrays.copyOfRange(bytes, second, bytes.length));
        lines.end();
        return heard;
    }
}
