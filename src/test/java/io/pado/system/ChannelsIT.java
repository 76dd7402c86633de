package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TwoNodes.class)
class ChannelsIT {

    private final Cluster cluster;

    ChannelsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void firstEventIsTheAckWithItsFieldsAndAnId() {
        try (Stream stream = Stream.open(cluster.a(), "/sse/votes?client_id=%EC%A3%BC%EB%AC%B8%20%22a%22").greeted()) {
            SseEvent ack = stream.events().get(0);
            JsonObject json = ack.json();

            assertThat(json.keySet()).containsExactlyInAnyOrder("type", "client_id", "channels", "connectionId", "timestamp", "roles",
                    "recovered", "gaps", "epoch");
            assertThat(json.getBoolean("recovered")).isFalse();
            assertThat(json.getString("type")).isEqualTo("connection_ack");
            assertThat(json.getString("client_id")).isEqualTo("주문 \"a\"");
            assertThat(names(json)).containsExactly("votes");
            assertThat(UUID.fromString(json.getString("connectionId"))).isNotNull();
            assertThat(Duration.between(Instant.parse(json.getString("timestamp")), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
            assertThat(ack.id()).matches("[a-z0-9]{4,32}-\\d+");
            assertThat(ack.name()).isEmpty();
            assertThat(stream.retries()).singleElement().satisfies(retry -> assertThat(Long.parseLong(retry)).isBetween(1_000L, 2_000L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"votes", "chat", "ai"})
    void eachChannelHasItsOwnStream(String name) {
        try (Stream stream = Stream.open(cluster.b(), "/sse/" + name + "?client_id=a").greeted()) {
            assertThat(names(stream.events().get(0).json())).containsExactly(name);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"?client_id=a | ai chat votes", "?client_id=a&channels= | ai chat votes",
            "?client_id=a&channels=chat,votes | chat votes", "?client_id=a&channels=votes,votes | votes"})
    void eventsCarryTheChosenChannelsOrAll(String query, String expected) {
        try (Stream stream = Stream.open(cluster.a(), "/sse/events" + query).greeted()) {
            assertThat(names(stream.events().get(0).json())).containsExactlyInAnyOrder(expected.split(" "));
        }
    }

    @Test
    void eventOfOneChannelReachesItsStreamsAndNoOthers() {
        String marker = "m-" + UUID.randomUUID();
        try (Stream all = Stream.open(cluster.b(), "/sse/events?client_id=a").greeted();
                Stream votes = Stream.open(cluster.a(), "/sse/votes?client_id=a").greeted();
                Stream chat = Stream.open(cluster.a(), "/sse/chat?client_id=a").greeted()) {
            cluster.publish("vote_updates", "{\"x\":\"" + marker + "\"}");

            assertThat(all.first(e -> e.says(marker)).id()).isEqualTo(votes.first(e -> e.says(marker)).id());
            chat.awaitAnotherComment();
            assertThat(chat.ids()).isEmpty();
        }
    }

    @Test
    void responseIsOneThatNobodyOnTheWayBuffers() {
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            assertThat(stream.response().headers().firstValue("Content-Type")).hasValueSatisfying(type ->
                    assertThat(type).isEqualToIgnoringWhitespace("text/event-stream;charset=UTF-8"));
            assertThat(stream.response().headers().allValues("Cache-Control")).containsExactly("no-cache, no-transform");
            assertThat(stream.response().headers().allValues("X-Accel-Buffering")).containsExactly("no");
            assertThat(stream.response().headers().firstValue("Content-Encoding")).isEmpty();
        }
    }

    @Test
    void heartbeatsAreComments() {
        try (Stream stream = Stream.ofVotes(cluster.b())) {
            stream.awaitAnotherComment();
            assertThat(stream.comments()).allMatch(comment -> comment.matches("hb( [0-9a-z]+-[0-9]+)?"));
        }
    }

    @Test
    void connectionsMayShareAClientId() {
        String marker = "m-" + UUID.randomUUID();
        try (Stream first = Stream.ofVotes(cluster.a()); Stream second = Stream.ofVotes(cluster.a())) {
            assertThat(first.events().get(0).json().getString("connectionId"))
                    .isNotEqualTo(second.events().get(0).json().getString("connectionId"));
            cluster.publish("vote_updates", "{\"x\":\"" + marker + "\"}");
            assertThat(first.first(e -> e.says(marker)).id()).isEqualTo(second.first(e -> e.says(marker)).id());
        }
    }

    private static List<String> names(JsonObject ack) {
        return ack.getJsonArray("channels").getValuesAs(JsonString.class).stream().map(JsonString::getString).toList();
    }
}
