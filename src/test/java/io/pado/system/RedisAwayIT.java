package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.ClientKillParams.SkipMe;

/** {@code -Dpado.away.seconds=30} keeps Redis away for longer, under votes. */
@ExtendWith(TwoNodes.class)
class RedisAwayIT {

    private static final int ORDERS = 5;
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long SECONDS = Long.getLong("pado.away.seconds", 1);
    private static final int PROBES = 3;
    private static final Duration IN_TIME = Duration.ofSeconds(3);
    private static final Duration UNANSWERED = Duration.ofMillis(500);
    /** As many as the pool keeps. */
    private static final int CONNECTIONS = 8;

    private final Cluster cluster;

    RedisAwayIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void awaitLog() {
        cluster.awaitLog();
    }

    @Test
    void streamsStayOpenAndGetEverythingStoredWhileRedisWasAway() {
        SamplePoll first = SamplePoll.open(cluster.database());
        SamplePoll second = SamplePoll.open(cluster.database());
        try (Stream a = Stream.ofVotes(cluster.a()); Stream b = Stream.ofVotes(cluster.b())) {
            Http.vote(cluster.a(), first, 0, "before");
            List.of(a, b).forEach(stream -> stream.first(e -> e.tellsOf(first)));

            int votes;
            cluster.redis().stop();
            try {
                List.of(a, b).forEach(stream -> stream.first(e -> e.is("degraded")));
                Problems.assertIs(503, Http.get(cluster.a(), "/sse/votes?client_id=a"));
                Problems.assertInBand("unavailable", Http.getAsEventSource(cluster.a(), "/sse/votes?client_id=a"));
                Problems.assertInBand("unavailable", Http.getAsEventSource(cluster.a(), "/api/stream?topic=public:a"));
                // Its first words are out before it is known that it cannot go on: it ends, and the client comes again.
                assertThat(Http.send(HttpRequest.newBuilder(cluster.a().resolve("/api/admin/operations/stream"))
                        .header("Authorization", "Bearer " + cluster.login("admin").token()).header("Last-Event-ID", "x")).body()).contains("event: connected");
                votes = voteFor(SECONDS, first, second);
            } finally {
                cluster.redis().start();
            }

            for (Stream stream : List.of(a, b)) {
                stream.first(e -> e.tellsOf(first) && e.payload().getInt("totalVotes") == votes + 1);
                stream.first(e -> e.tellsOf(second) && e.payload().getInt("totalVotes") == votes);
                assertThat(stream.first(e -> e.is("recovered")).json().keySet()).contains("type", "reason", "detail");
                assertThat(stream.events(e -> e.is("reset"))).isEmpty();
                assertThat(stream.ended()).isFalse();
            }
            assertThat(a.ids()).isEqualTo(b.ids()).doesNotHaveDuplicates();
        }
    }

    /** Whoever asks waits for a second or so; and each node would be taken out of service, since it is the Redis of all. */
    @Test
    void nodesSayInTimeThatTheyAreReadyWhileRedisHangs() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        cluster.redis().pause();
        try {
            for (int i = 0; i < PROBES; i++) {
                for (URI node : List.of(cluster.a(), cluster.b())) {
                    long asked = System.nanoTime();
                    assertThat(Http.get(node, "/health/ready")).satisfies(ready -> assertThat(ready.statusCode()).isEqualTo(200))
                            .extracting(HttpResponse::body, STRING).contains("\"redis\":\"away\"");
                    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(IN_TIME);
                    Http.vote(node, poll, 0, "meanwhile-" + i);
                }
            }
        } finally {
            cluster.redis().resume();
        }
        for (URI node : List.of(cluster.a(), cluster.b())) {
            await().atMost(SOON).until(() -> Http.get(node, "/health/ready").body().contains("\"redis\":\"up\""));
        }
    }

    /** As a proxy that is loaded anew, or a fail-over, ends them. Of these requests nothing was sent. */
    @RepeatedTest(3)
    void connectionsThatRedisHasEndedFailOneRequestAtMost() {
        Login publisher = cluster.login("publisher");
        String path = "/api/topics/" + LiveIT.topic("public") + "/events";
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            assertThat(ticketsOfAllConnections(redis)).containsOnly(201);
            redis.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL).skipMe(SkipMe.YES));
            // This one may meet it, if no loop of the node was faster; nobody else does.
            assertThat(publisher.post(path, "{\"data\":1}").statusCode()).isIn(201, 503);
            assertThat(ticketsOfAllConnections(redis)).containsOnly(201);
        }
        assertThat(publisher.post(path, "{\"data\":1}").statusCode()).isEqualTo(201);
    }

    /** While Redis answers nobody each request needs a connection of its own. @return what they were answered */
    private Collection<Integer> ticketsOfAllConnections(Jedis redis) {
        Login publisher = cluster.login("publisher");
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        redis.clientPause(UNANSWERED.toMillis());
        Crowd.run(CONNECTIONS, i -> answers.add(publisher.post("/api/auth/tickets", "").statusCode()));
        return answers;
    }

    /** @return how many votes each of the polls got */
    private int voteFor(long seconds, SamplePoll first, SamplePoll second) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int votes = 0;
        do {
            votes++;
            Http.vote(cluster.a(), first, 1, "meanwhile-" + votes);
            Http.vote(cluster.b(), second, 2, "meanwhile-" + votes);
        } while (System.nanoTime() < end);
        return votes;
    }

    @Test
    void topicThatCannotBeJoinedAnewGoesOn() {
        String topic = LiveIT.topic("public");
        try (Live live = Live.open(cluster.a(), "/live")) {
            assertThat(live.subscribe(topic).getString("type")).isEqualTo("joined");
            cluster.redis().stop();
            try {
                live.first(message -> Live.is(message, "degraded"));
                assertThat(live.subscribe(topic).getJsonObject("problem").getInt("status")).isEqualTo(503);
            } finally {
                cluster.redis().start();
            }
            live.first(message -> Live.is(message, "recovered"));
            cluster.awaitLog();
            LiveIT.publish(cluster.login("publisher"), topic, 1);
            assertThat(live.first(message -> Live.is(message, "event")).getString("topic")).isEqualTo(topic);
        }
    }

    @Test
    void ordersAreTakenMeanwhileAndHeardOfAfterwards() {
        long menu = Cafe.of(cluster).menu(4_000);
        Login kiosk = cluster.login("kiosk");
        List<String> placed = new ArrayList<>();
        try (CafeSocket barista = CafeSocket.joined(cluster.b(), cluster.login("barista"))) {
            cluster.redis().stop();
            try {
                barista.first(frame -> CafeSocket.is(frame, "degraded"));
                for (int i = 0; i < ORDERS; i++) {
                    placed.add(Cafe.order(kiosk.at(i % 2 == 0 ? cluster.a() : cluster.b()), Cafe.byCard(menu, 1)).getString("orderId"));
                }
            } finally {
                cluster.redis().start();
            }
            barista.first(frame -> CafeSocket.is(frame, "recovered"));
            barista.first("order:created", "orderId", placed.get(ORDERS - 1));
            assertThat(barista.frames().stream().filter(frame -> CafeSocket.is(frame, "order:created"))
                    .map(frame -> frame.getJsonObject("data").getString("orderId"))).containsExactlyElementsOf(placed);
        }
    }

    @Test
    void noticesAreUnnamedAndHaveNoId() {
        try (Stream stream = Stream.ofVotes(cluster.a()); Stream other = Stream.ofVotes(cluster.b())) {
            cluster.redis().stop();
            try {
                SseEvent degraded = stream.first(e -> e.is("degraded"));
                assertThat(degraded.id()).isEmpty();
                assertThat(degraded.name()).isEmpty();
                assertThat(degraded.json().keySet()).containsExactlyInAnyOrder("type", "reason", "detail");
            } finally {
                cluster.redis().start();
            }
            stream.first(e -> e.is("recovered"));
            other.first(e -> e.is("recovered"));
        }
    }

    @Test
    void redisThatLostItsDataIsSaidInBandBeforeAnythingNew() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        String end = "end-" + UUID.randomUUID();
        try (Stream stream = Stream.ofVotes(cluster.a()); Stream other = Stream.ofVotes(cluster.b())) {
            String old = stream.lastEventId();
            cluster.redis().kill();
            try {
                stream.first(e -> e.is("degraded"));
                Http.vote(cluster.a(), poll, 0, "meanwhile");
            } finally {
                cluster.redis().startEmpty();
            }
            SseEvent reset = stream.first(e -> e.is("reset"));
            assertThat(reset.json().getString("reason")).isEqualTo("epoch");
            // That is what a reset asks the reader to do.
            assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).isEqualTo(1);

            stream.first(e -> e.is("recovered"));
            other.first(e -> e.is("recovered"));
            Http.vote(cluster.b(), poll, 0, "after");
            stream.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == 2);
            assertNothingNewBefore(reset, stream, old);

            try (Stream resumed = Stream.ofVotes(cluster.b(), old)) {
                assertThat(resumed.first(e -> e.is("reset")).json().getString("reason")).isEqualTo("unknown-id");
                cluster.publish("vote_updates", "{\"x\":\"" + end + "\"}");
                resumed.first(e -> e.says(end));
            }
        }
    }

    @Test
    void streamsAreRenewedAfterRedisLostTheirCallers() {
        Login login = Login.anew(cluster.a());
        try (Stream stream = Stream.open(cluster.a(), "/sse/events?client_id=a&token=" + login.token()).greeted()) {
            String path = "/api/auth/streams/" + stream.first(e -> e.is("connection_ack")).json().getString("connectionId");
            cluster.redis().kill();
            cluster.redis().startEmpty();
            await().atMost(SOON).until(() -> login.at(cluster.b()).post(path, "").statusCode() == 204);
            Problems.assertIs(404, cluster.login("user1").post(path, ""));
        }
    }

    private static void assertNothingNewBefore(SseEvent reset, Stream stream, String oldId) {
        String oldEpoch = oldId.substring(0, oldId.lastIndexOf('-'));
        List<SseEvent> events = stream.events();
        assertThat(events.subList(0, events.indexOf(reset))).filteredOn(e -> !e.id().isEmpty())
                .allSatisfy(event -> assertThat(event.epoch()).isEqualTo(oldEpoch));
        assertThat(events.subList(events.indexOf(reset), events.size())).filteredOn(e -> !e.id().isEmpty()).isNotEmpty()
                .allSatisfy(event -> assertThat(event.epoch()).isNotEqualTo(oldEpoch));
    }
}
