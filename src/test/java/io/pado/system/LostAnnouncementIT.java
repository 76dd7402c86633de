package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** An announcement that reaches nobody, though all connections to Redis live: no node is told, and no client does anything. */
@ExtendWith(TwoNodes.class)
class LostAnnouncementIT {

    /** Nodes compare every 5 s. */
    private static final Duration COMPARED = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final String topic = LiveIT.topic("public");

    LostAnnouncementIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void openStreamsOfAllNodesGetTheEventInItsPlace() throws IOException {
        Login publisher = cluster.login("publisher");
        try (Stream stream = TopicsIT.joined(Stream.open(cluster.a(), "/api/stream?topic=" + topic)); Live live = Live.open(cluster.b(), "/live")) {
            live.subscribe(topic);
            String first = LiveIT.publish(publisher, topic, 1);
            live.first(message -> message.getString("id", "").equals(first) && Live.is(message, "event"));
            String lost = appendUnannounced();

            await().atMost(COMPARED).until(() -> ids(stream).contains(lost) && ids(live).contains(lost));
            String third = LiveIT.publish(publisher, topic, 3);
            await().atMost(COMPARED).until(() -> ids(stream).contains(third) && ids(live).contains(third));
            assertThat(ids(stream)).containsExactly(first, lost, third).isEqualTo(ids(live));
            assertThat(stream.ended()).isFalse();
        }
    }

    @Test
    void nextEventBringsTheLostOneBeforeItself() throws IOException {
        Login publisher = cluster.login("publisher");
        try (Stream stream = TopicsIT.joined(Stream.open(cluster.a(), "/api/stream?topic=" + topic))) {
            String first = LiveIT.publish(publisher, topic, 1);
            stream.first(event -> event.id().equals(first));
            String lost = appendUnannounced();
            String third = LiveIT.publish(publisher, topic, 3);

            stream.first(event -> event.id().equals(third));
            assertThat(ids(stream)).containsExactly(first, lost, third);
        }
    }

    /** Publishes by the server's own script, but announces it where nobody listens. @return the event's id */
    private String appendUnannounced() throws IOException {
        String script = script("append.lua");
        String astray = script.replace("'pado:topic:'", "'nowhere:'");
        assertThat(astray).isNotEqualTo(script);
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            List<?> answer = (List<?>) redis.eval(script("values.lua") + script("rights.lua") + astray,
                    List.of("pado:epoch", "pado:sequence", "pado:marks", "pado:log:" + topic, "pado:top:" + topic, "pado:once:"),
                    List.of("unused", "25", "1", topic, "said", "", "{\"n\":2}", "1000", "60000", "0"));
            return answer.get(0) + "-" + answer.get(1);
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream text = LostAnnouncementIT.class.getResourceAsStream("/lua/" + name)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> ids(Stream stream) {
        return stream.events(event -> event.is("event")).stream().map(SseEvent::id).toList();
    }

    private static List<String> ids(Live live) {
        return live.events().stream().map(event -> event.getString("id")).toList();
    }
}
