package io.pado.realtime.sse.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The topic of a broadcaster can be published to in other ways too, with any JSON under any name. */
class BroadcastWireTest {

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "7", "{\"data\":[1]}", "{\"data\":{\"comment\":5}}", "{\"comment\":5}", "{\"name\":\"x\\nid: 9\",\"data\":\"d\"}",
            "{\"id\":\"9\\r\",\"data\":\"d\"}", "{\"id\":\"9\\u0000\"}", "{\"id\":9}", "{\"name\":null}", "{\"delay\":\"5\"}", "{\"delay\":1.5}", "{\"delay\":-1}"})
    void whatWasNotBroadcastIsToldAsItWasPublished(String json) {
        assertThat(told(json)).isEqualTo("id: aaaa-7\nevent: sse\ndata: " + json + "\n\n");
    }

    @Test
    void whatWasBroadcastIsToldAsItWasGiven() {
        assertThat(told("{\"name\":\"n\",\"id\":\"9\",\"comment\":\"a\\nb\",\"delay\":5,\"data\":\"c\\nd\"}"))
                .isEqualTo(": a\n: b\nid: 9\nevent: n\nretry: 5\ndata: c\ndata: d\n\n");
        assertThat(told("{}")).isEqualTo("id: aaaa-7\n\n");
    }

    private static String told(String json) {
        Envelope event = new Envelope(new EventId("aaaa", 7), new Topic("public:news"), BroadcastWire.TYPE, "", Instant.EPOCH, json);
        return new String(new BroadcastWire().event(event), StandardCharsets.UTF_8);
    }
}
