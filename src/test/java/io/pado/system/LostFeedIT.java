package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** Connections on which nodes hear of events, lost again and again: each time is told, to readers and in the log, and no event is missing. */
@ExtendWith(TwoNodes.class)
class LostFeedIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LOSSES = 3;
    private static final String LIMIT = "client-output-buffer-limit";
    private static final int BURSTS = 3;
    private static final int BURST = 5;
    private static final int LARGE = 100 << 10;

    private final Cluster cluster;
    private final Jedis redis;
    private final String limit;

    LostFeedIT(Cluster cluster) {
        this.cluster = cluster;
        redis = new Jedis("127.0.0.1", cluster.redis().port());
        limit = redis.configGet(LIMIT).get(LIMIT);
    }

    @AfterEach
    void takeBack() {
        redis.configSet(LIMIT, limit);
        redis.close();
        cluster.awaitLog();
    }

    @Test
    void everyLossIsToldAndLoggedWithItsEnd() {
        int said = log().length();
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            for (int i = 1; i <= LOSSES; i++) {
                int losses = i;
                redis.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
                await().atMost(SOON).until(() -> stream.events(e -> e.is("recovered")).size() == losses);
                assertThat(stream.events(e -> e.is("degraded"))).hasSize(losses);
                await().atMost(SOON).until(() -> lines(said, "feed failed") == losses && lines(said, "feed works again") == losses);
            }
        }
    }

    /** What waits for a node there is more than Redis is told to keep for it. */
    @Test
    void burstsLargerThanTheBufferOfRedisAreHeardWhole() {
        int said = log().length();
        Login publisher = cluster.login("publisher");
        String topic = LiveIT.topic("public");
        redis.configSet(LIMIT, limit.replaceFirst("pubsub \\d+ \\d+ \\d+", "pubsub 65536 65536 1"));
        try (Stream stream = Stream.open(cluster.a(), "/api/stream?topic=" + topic)) {
            stream.first(e -> e.is("joined"));
            for (int burst = 0; burst < BURSTS; burst++) {
                int first = burst * BURST;
                Crowd.run(BURST, i -> assertThat(publisher.post("/api/topics/" + topic + "/events",
                        "{\"key\":\"" + (first + i) + "\",\"data\":\"" + "x".repeat(LARGE) + "\"}").statusCode()).isIn(201, 202));
                int all = first + BURST;
                await().atMost(SOON).until(() -> stream.events(e -> e.is("event")).size() == all);
            }
            assertThat(stream.events(e -> e.is("event")).stream().map(e -> Integer.valueOf(e.json().getString("key"))))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, BURSTS * BURST).boxed().toList());
            assertThat(stream.ended()).isFalse();
            await().atMost(SOON).until(() -> lines(said, "feed failed") > 0 && lines(said, "feed failed") == lines(said, "feed works again"));
        }
    }

    private long lines(int from, String text) {
        return log().substring(from).lines().filter(line -> line.contains(text)).count();
    }

    private String log() {
        try {
            return Files.readString(cluster.node(1).logFile(), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
