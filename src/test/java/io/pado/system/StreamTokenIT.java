package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** Streams that stand on a token. */
@ExtendWith(TwoNodes.class)
class StreamTokenIT {

    private static final Duration ON_ALL_NODES = Duration.ofSeconds(1);
    private static final int TOKEN_SECONDS = 5;

    private final Cluster cluster;

    StreamTokenIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void acknowledgementNamesTheCaller() {
        Login login = Login.of(cluster.a(), "barista");
        try (Stream stream = open(login, cluster.b()); Stream nobody = Stream.ofVotes(cluster.a())) {
            JsonObject ack = ack(stream);
            assertThat(ack.getInt("userId")).isEqualTo(login.userId());
            assertThat(ack.getJsonArray("roles").getValuesAs(JsonString::getString)).containsExactly("barista", "user");
            assertThat(ack.getJsonArray("channels").getValuesAs(JsonString::getString)).contains("user");
            assertThat(ack(nobody).containsKey("userId")).isFalse();
            assertThat(ack(nobody).getJsonArray("roles")).isEmpty();
        }
    }

    @Test
    void privateTopicReachesItsUserAndNobodyElse() {
        Login one = Login.of(cluster.a(), "user1");
        Login other = Login.of(cluster.a(), "user2");
        String marker = "m-" + UUID.randomUUID();
        try (Stream mine = open(one, cluster.b()); Stream theirs = open(other, cluster.a());
                Stream anonymous = Stream.open(cluster.b(), "/sse/events?client_id=a").greeted()) {
            Database.execute(cluster.database(), ("INSERT INTO outbox (once, topic, type, subject, json)"
                    + " VALUES ('%s', 'user:%d', 'news', '', '{\"x\":\"%s\"}')").formatted(marker, one.userId(), marker));

            SseEvent news = mine.first(e -> e.says(marker));
            assertThat(news.json().getString("channel")).isEqualTo("user");
            assertThat(news.json().getString("type")).isEqualTo("news");

            SamplePoll later = SamplePoll.open(cluster.database());
            Http.vote(cluster.a(), later, 0, "me");
            for (Stream stream : List.of(theirs, anonymous)) {
                stream.first(e -> e.tellsOf(later));
                assertThat(stream.events(e -> e.says(marker))).isEmpty();
            }
        }
    }

    @Test
    void logoutEndsTheStreamsOfThisLoginOnAllNodes() {
        Login login = Login.of(cluster.a(), "user3");
        Login elsewhere = Login.of(cluster.a(), "user3");
        try (Stream a = open(login, cluster.a()); Stream b = open(login, cluster.b()); Stream other = open(elsewhere, cluster.b());
                Stream anonymous = Stream.ofVotes(cluster.b())) {
            login.post("/api/auth/logout", "");

            assertEnds(a, "logged-out");
            assertEnds(b, "logged-out");
            other.awaitAnotherComment();
            assertThat(other.ended()).isFalse();
            assertThat(anonymous.ended()).isFalse();
        }
    }

    @Test
    void adminsRevocationEndsAllStreamsOfTheUser() {
        Login login = Login.anew(cluster.a());
        try (Stream a = open(login, cluster.a()); Stream b = open(login, cluster.b())) {
            Login.of(cluster.b(), "admin").post("/api/admin/users/" + login.userId() + "/revoke", "");

            assertEnds(a, "logged-out");
            assertEnds(b, "logged-out");
        }
    }

    @Test
    void streamLivesAsLongAsItsTokensDo() {
        try (Node node = cluster.another("short-tokens", Map.of("pado.jwt.seconds", Integer.toString(TOKEN_SECONDS)))) {
            Login login = Login.of(node.baseUri(), "user4");
            long begin = System.nanoTime();
            try (Stream renewed = open(login, node.baseUri()); Stream left = open(login, node.baseUri()); Stream strange = open(login, node.baseUri());
                    Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
                redis.set("pado:stream:" + ack(strange).getString("connectionId"), "nobody's token");
                renewed.first(e -> e.is("token_expiring"));
                Login fresh = Login.of(cluster.a(), "user4");

                // Its own node does not hear of this request.
                assertThat(renew(fresh, renewed).statusCode()).isEqualTo(204);
                Problems.assertIs(404, renew(Login.of(cluster.a(), "user5"), renewed));

                SseEvent last = left.first(e -> e.is("closing"));
                assertThat(last.json().getString("reason")).isEqualTo("token-expired");
                assertThat(Duration.ofNanos(last.nanos() - begin)).isGreaterThan(Duration.ofSeconds(TOKEN_SECONDS - 2));
                await().until(left::ended);
                assertThat(strange.first(e -> e.is("closing")).json().getString("reason")).isEqualTo("token-expired");
                renewed.awaitAnotherComment();
                assertThat(renewed.ended()).isFalse();
            }
        }
    }

    @Test
    void onlyOpenStreamsOfOnesOwnCanBeProlonged() {
        Login login = Login.of(cluster.a(), "user1");
        String nothing = "/api/auth/streams/" + UUID.randomUUID();
        Problems.assertIs(404, login.post(nothing, ""));
        Problems.assertIs(404, login.post("/api/auth/streams/x", ""));
        Problems.assertIs(401, Http.post(cluster.a(), nothing, ""));
    }

    private static HttpResponse<String> renew(Login login, Stream stream) {
        return login.post("/api/auth/streams/" + ack(stream).getString("connectionId"), "");
    }

    private static Stream open(Login login, URI node) {
        return Stream.open(node, "/sse/events?client_id=a&token=" + login.token()).greeted();
    }

    private static JsonObject ack(Stream stream) {
        return stream.first(e -> e.is("connection_ack")).json();
    }

    private static void assertEnds(Stream stream, String reason) {
        await().atMost(ON_ALL_NODES).pollInterval(Duration.ofMillis(20)).pollDelay(Duration.ZERO).until(stream::ended);
        assertThat(stream.first(e -> e.is("closing")).json().getString("reason")).isEqualTo(reason);
    }
}
