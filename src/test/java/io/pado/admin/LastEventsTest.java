package io.pado.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog.Entry;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.MemoryLog;
import io.pado.realtime.policy.History;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastEventsTest {

    private static final Topic TOPIC = new Topic("public:a");

    private final MemoryLog log = new MemoryLog();

    @Test
    void lastOnesOfManyPagesAreShownAndAllAreCounted() {
        for (int i = 0; i < 950; i++) {
            publish(Integer.toString(i));
        }
        JsonObject shown = Json.parseObject(new LastEvents(3).read(log, TOPIC)).orElseThrow();
        assertThat(shown.getInt("kept")).isEqualTo(950);
        assertThat(shown.getJsonArray("events").getValuesAs(JsonObject.class)).extracting(event -> event.getInt("data")).containsExactly(947, 948, 949);
    }

    @Test
    void fewerAreShownIfTheyAreLarge() {
        for (int i = 0; i < 10; i++) {
            publish('"' + "x".repeat(LogSlice.ENOUGH_BYTES / 2) + '"');
        }
        JsonObject shown = Json.parseObject(new LastEvents(200).read(log, TOPIC)).orElseThrow();
        assertThat(shown.getInt("kept")).isEqualTo(10);
        assertThat(shown.getJsonArray("events")).hasSizeBetween(1, 2);
    }

    @Test
    void topicWithoutEventsShowsNone() {
        assertThat(new LastEvents(3).read(log, TOPIC)).isEqualTo("{\"topic\":\"public:a\",\"kept\":0,\"events\":[]}");
    }

    private void publish(String json) {
        log.append(List.of(new Entry(new Publication(TOPIC, "t", "", json, ""), new History(1_000, Duration.ofDays(1)))));
    }
}
