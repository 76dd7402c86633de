package io.pado.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import jakarta.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"ended|{\"state\":\"failed\"}", "ended|{\"state\":\"failed\",\"error\":5}", "ended|{}", "ended|[1]", "text|{\"content\":5}",
            "status|{\"state\":5}", "text|\"x\""})
    void whatOthersCallLikeARunsEventsIsToldAsTheySentIt(String type, String json) {
        JsonObject told = told(type, "", json);

        assertThat(told.getString("type")).isEqualTo(type);
        assertThat(told.get("data")).isEqualTo(Json.parse(json).orElseThrow());
    }

    @Test
    void eventsOfRunsHaveTheirNames() {
        assertThat(told("text", "run", "{\"content\":\"c\"}").getString("type")).isEqualTo("ai_response");
        assertThat(told("status", "run", "{}").getString("type")).isEqualTo("ai_status");
        assertThat(told("ended", "run", "{\"state\":\"completed\"}").getString("type")).isEqualTo("ai_complete");
        assertThat(told("ended", "run", "{\"state\":\"failed\",\"error\":{\"detail\":\"d\"}}").getString("message")).isEqualTo("d");
    }

    private static JsonObject told(String type, String key, String json) {
        Envelope event = new Envelope(new EventId("aaaa", 7), new Topic("ai"), type, key, Instant.EPOCH, json);
        return Json.parseObject(AiText.of(event)).orElseThrow();
    }
}
