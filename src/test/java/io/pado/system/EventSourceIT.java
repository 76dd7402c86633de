package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A browser's own EventSource comes back after refusals that pass, and hears what it missed. */
@ExtendWith(TwoNodes.class)
class EventSourceIT {

    private static final int CLOSED = 2;

    private final Cluster cluster;

    EventSourceIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void awaitLog() {
        cluster.awaitLog();
    }

    @Test
    void itComesBackAfterItWasRefusedBecauseRedisWasAwayAndHearsWhatItMissedOnce() {
        String topic = "public:page-" + UUID.randomUUID();
        try (Cable cable = Cable.to(cluster.a()); Page page = Page.of(cable.uri(), "sdk/index.js")) {
            page.run(LISTEN, "/api/stream?topic=" + topic);
            page.until(() -> isHeard(page, "joined"));
            publish(topic, 1);
            page.until(() -> isHeard(page, "event 1"));

            cluster.redis().stop();
            try {
                page.until(() -> isHeard(page, "degraded"));
                cable.cut();
                page.until(() -> readyState(page) == 0);
                cable.mend();
                page.until(() -> isHeard(page, "closing"));
                publish(topic, 2);
            } finally {
                cluster.redis().start();
            }
            page.until(() -> isHeard(page, "event 2"));
            publish(topic, 3);
            page.until(() -> isHeard(page, "event 3"));
            assertThat(page.run("return window.heard.filter(each => each.startsWith('event')).join()")).isEqualTo("event 1,event 2,event 3");
            assertThat(readyState(page)).isNotEqualTo(CLOSED);
        }
    }

    @Test
    void clientsTransportOverItGoesOnAfterALoss() {
        String topic = "public:page-" + UUID.randomUUID();
        try (Cable cable = Cable.to(cluster.a()); Page page = Page.of(cable.uri(), "sdk/index.js")) {
            page.run(CONNECT, topic);
            page.until(() -> isHeard(page, "open"));
            publish(topic, 1);
            page.until(() -> isHeard(page, "event 1"));
            cable.cut();
            page.until(() -> isHeard(page, "waiting"));
            publish(topic, 2);
            cable.mend();
            page.until(() -> isHeard(page, "event 2"));
            publish(topic, 3);
            page.until(() -> isHeard(page, "event 3"));
            assertThat(page.run("return window.heard.filter(each => each.startsWith('event')).join()")).isEqualTo("event 1,event 2,event 3");
        }
    }

    private static final String CONNECT = """
            const topic = arguments[0];
            window.heard = [];
            Promise.all([import('/sdk/index.js'), import('/sdk/event-source.js')]).then(([{connect, Stream}, {eventSource}]) => {
              const connection = connect(Stream.ofTopics({topics: [topic], transport: eventSource()}));
              connection.on('state', ({name}) => window.heard.push(name));
              connection.on('event', ({data}) => window.heard.push(`event ${data}`));
            });
            """;

    private static final String LISTEN = """
            window.heard = [];
            window.source = new EventSource(arguments[0]);
            window.source.onmessage = message => {
              const frame = JSON.parse(message.data);
              window.heard.push(frame.type === 'event' ? `event ${frame.data}` : frame.type);
            };
            """;

    private static boolean isHeard(Page page, String word) {
        return Boolean.TRUE.equals(page.run("return window.heard.includes(arguments[0])", word));
    }

    private static int readyState(Page page) {
        return ((Long) page.run("return window.source.readyState")).intValue();
    }

    private void publish(String topic, int data) {
        assertThat(cluster.login("publisher").post("/api/topics/" + topic + "/events", "{\"data\":" + data + ",\"key\":\"" + data + "\"}")
                .statusCode()).isIn(201, 202);
    }
}
