package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TwoNodes.class)
class ResumeIT {

    private static final int KEPT = 1_000;
    private static final int MORE_THAN_KEPT = 1_050;
    private static final int TOO_LARGE = 256 * 1024 + 1;

    private final Cluster cluster;

    ResumeIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "-1", "0", "abcd", "abcd-", "abcd-5", "ABCD-5", "abcd-99999999999999999999", "'; DROP TABLE poll", "{}"})
    void unknownIdIsAResetInBandAndTheStreamGoesOn(String id) {
        assertResetThenLive(id);
    }

    @Test
    void idFromTheFutureIsAResetInBandAndTheStreamGoesOn() {
        try (Stream now = Stream.ofVotes(cluster.a())) {
            assertResetThenLive(now.events().get(0).epoch() + "-999999999999");
        }
    }

    @Test
    void headerCountsMoreThanTheParameter() {
        try (Stream now = Stream.ofVotes(cluster.a());
                Stream resumed = Stream.open(cluster.b(), "/sse/votes?client_id=a&last_event_id=garbage", now.lastEventId()).greeted()) {
            cluster.publish("vote_updates", "{\"x\":\"" + UUID.randomUUID() + "\"}");
            resumed.several(2, e -> true);
            assertThat(resumed.events(e -> e.is("reset"))).isEmpty();
        }
    }

    @Test
    void readerOlderThanTheHistoryIsToldThenGetsWhatIsKept() {
        String marker = "n-" + UUID.randomUUID();
        try (Stream reference = Stream.ofVotes(cluster.a())) {
            String old = reference.lastEventId();
            cluster.publish("vote_updates", IntStream.range(0, MORE_THAN_KEPT)
                    .mapToObj(i -> "{\"x\":\"" + marker + "-" + i + "\"}").toArray(String[]::new));
            reference.first(e -> e.says(marker + "-" + (MORE_THAN_KEPT - 1)));

            try (Stream late = Stream.ofVotes(cluster.b(), old)) {
                late.first(e -> e.says(marker + "-" + (MORE_THAN_KEPT - 1)));
                assertThat(late.events().get(1).is("reset")).isTrue();
                assertThat(late.events().get(1).json().getString("reason")).isEqualTo("history");
                List<String> all = reference.ids();
                assertThat(late.ids()).isEqualTo(all.subList(all.size() - KEPT, all.size()));
            }
        }
    }

    @Test
    void whatIsNotJsonOrTooLargeIsDroppedAndTheStreamGoesOn() {
        String marker = "m-" + UUID.randomUUID();
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            cluster.publish("vote_updates", "not json " + marker, "", "{\"x\":", "{\"x\":\"" + marker + "\"} and more",
                    "{\"x\":\"" + marker + "a".repeat(TOO_LARGE) + "\"}", "{\"y\":\"" + marker + "\"}");

            stream.first(e -> e.says(marker));
            assertThat(stream.ids()).hasSize(1);
        }
    }

    @Test
    void publishedTextKeepsItsLettersAndItsEnvelopeIsRecognised() {
        String text = "한국어 \uD83D\uDE80 \\n \\\" " + UUID.randomUUID();
        try (Stream stream = Stream.ofVotes(cluster.b())) {
            cluster.publish("vote_updates", "{\"type\":\"other\",\"data\":{\"x\":\"" + text + "\"}}", "{\n  \"y\": \"" + text + "\"\n}", "[1]");

            List<SseEvent> events = stream.several(3, e -> !e.is("connection_ack"));
            assertThat(events.get(0).is("other")).as("its own type counts").isTrue();
            assertThat(events.subList(1, 3)).allMatch(event -> event.is("vote_update"));
            assertThat(events.get(0).payload()).isEqualTo(Http.json("{\"x\":\"" + text + "\"}"));
            assertThat(events.get(1).payload()).isEqualTo(Http.json("{\"y\":\"" + text + "\"}"));
            assertThat(events.get(2).json().getJsonArray("data")).hasSize(1);
        }
    }

    private void assertResetThenLive(String id) {
        String marker = "m-" + UUID.randomUUID();
        try (Stream stream = Stream.ofVotes(cluster.b(), id)) {
            SseEvent reset = stream.first(e -> e.is("reset"));
            assertThat(stream.events().get(1)).isEqualTo(reset);
            assertThat(reset.json().keySet()).containsExactlyInAnyOrder("type", "reason", "detail");
            assertThat(reset.json().getString("reason")).isEqualTo("unknown-id");

            cluster.publish("vote_updates", "{\"x\":\"" + marker + "\"}");
            stream.first(e -> e.says(marker));
        }
    }
}
