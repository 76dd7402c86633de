package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Events of applications that are published while Redis is away; {@code -Dpado.away.seconds=30} keeps it away for longer. */
@ExtendWith(TwoNodes.class)
class BacklogIT {

    private static final long SECONDS = Long.getLong("pado.away.seconds", 1);

    /** So that all of 30 s is less than the history that a topic keeps. */
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final String DATABASE = "pado.sql.url";
    /** So long after its start a node has looked into the outbox, at a time when no other may add to it. */
    private static final Duration SURE = Duration.ofSeconds(20);

    private final Cluster cluster;
    private final Login publisher;
    private final String topic = LiveIT.topic("app");
    private Stream stream;
    private Live live;

    BacklogIT(Cluster cluster) {
        this.cluster = cluster;
        this.publisher = cluster.login("publisher");
    }

    @BeforeEach
    void listenOnBothNodes() {
        stream = Stream.open(cluster.a(), "/api/stream?topic=" + topic + "&token=" + publisher.token());
        stream.first(e -> e.is("joined"));
        live = Live.with(cluster.b(), publisher);
    }

    @AfterEach
    void closeAndGoOn() {
        live.close();
        stream.close();
        cluster.awaitLog();
    }

    @Test
    void eventsAreTakenMeanwhileAndComeOnceInTheirOrder() {
        int published;
        cluster.redis().stop();
        try {
            awaitDegraded();
            published = publishFor(SECONDS);
        } catch (RuntimeException | AssertionError failure) {
            cluster.redis().start();
            throw failure;
        }
        try (Database.Hold gate = Database.hold(cluster.database(), Database.OUTBOX_GATE)) {
            assertThat(gate).isNotNull();
            cluster.redis().start();
            stream.first(e -> e.is("recovered"));
            live.first(message -> Live.is(message, "recovered"));
            // Nothing of what waits has been published yet, so nothing may overtake it.
            for (int i = 0; i < 4; i++) {
                assertThat(publish(published++, "").statusCode()).isEqualTo(202);
            }
        }
        for (int straight = 0; straight < 10;) {
            int status = publish(published++, "").statusCode();
            assertThat(status).isIn(201, 202);
            straight = status == 201 ? straight + 1 : 0;
        }

        assertHeard(published);
    }

    @Test
    void sameKeyIsTheSameEventWhetherItWaitsOrNot() {
        String key = UUID.randomUUID().toString();
        cluster.redis().stop();
        try {
            awaitDegraded();
            assertThat(List.of(publish(0, key).statusCode(), publish(0, key).statusCode())).containsExactly(202, 202);
            assertThat(publisher.at(cluster.b()).post(path(), event(0), key).statusCode()).isEqualTo(202);
            Problems.assertIs(409, publish(1, key));
        } finally {
            cluster.redis().start();
        }
        cluster.awaitLog();
        await().until(() -> Database.count(cluster.database(), "outbox") == 0);
        assertThat(publish(0, key).statusCode()).isEqualTo(201);
        // That the first use of the key waited elsewhere must not make this one pass for it.
        Problems.assertIs(409, publish(1, key));
        assertThat(publish(1, UUID.randomUUID().toString()).statusCode()).isEqualTo(201);

        assertHeard(2);
    }

    @Test
    void aWebSocketIsToldThatItsEventWaits() {
        cluster.redis().stop();
        try {
            awaitDegraded();
            assertThat(live.ask("{\"type\":\"publish\",\"topic\":\"" + topic + "\",\"data\":{\"n\":0}}").isNull("id")).isTrue();
        } finally {
            cluster.redis().start();
        }
        assertHeard(1);
    }

    /** It has seen by itself that nothing waits. Another one would have seen it when somebody published there. */
    @Test
    void nodeThatNobodyHasPublishedOnPublishesWithoutTheDatabase() {
        int port = cluster.postgres().port();
        try (Cable cable = Cable.to(port); Node silent = cluster.another("backlog-silent", Map.of(DATABASE,
                cluster.postgres().settings().get(DATABASE).replace(":" + port, ":" + cable.uri().getPort())))) {
            long ready = System.nanoTime();
            await().atMost(SURE.multipliedBy(2)).until(() -> System.nanoTime() - ready > SURE.toNanos());
            cable.cut();
            HttpResponse<String> answer = publisher.at(silent.baseUri()).post(path(), event(0));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            cable.mend();
        }
        assertHeard(1);
    }

    private void awaitDegraded() {
        stream.first(e -> e.is("degraded"));
        live.first(message -> Live.is(message, "degraded"));
    }

    /** @return how many were published */
    private int publishFor(long seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int published = 0;
        do {
            HttpResponse<String> answer = publish(published++, "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("{\"id\":null}");
            LockSupport.parkNanos(BETWEEN_NANOS);
        } while (System.nanoTime() < end);
        return published;
    }

    /** Publishes to one node after the other. */
    private HttpResponse<String> publish(int number, String key) {
        URI node = number % 2 == 0 ? cluster.a() : cluster.b();
        return publisher.at(node).post(path(), event(number), key);
    }

    private void assertHeard(int count) {
        stream.first(e -> e.is("event") && number(e) == count - 1);
        assertThat(stream.events(e -> e.is("event"))).extracting(BacklogIT::number)
                .containsExactlyElementsOf(IntStream.range(0, count).boxed().toList());
        assertThat(stream.events(e -> e.is("reset"))).isEmpty();
    }

    private String path() {
        return "/api/topics/" + topic + "/events";
    }

    private static String event(int number) {
        return "{\"data\":{\"n\":" + number + "}}";
    }

    private static int number(SseEvent event) {
        return event.json().getJsonObject("data").getInt("n");
    }
}
