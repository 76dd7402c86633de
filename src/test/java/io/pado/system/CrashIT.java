package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On stores and a node of its own, since the node does not survive. */
class CrashIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int VOTERS = Integer.getInteger("pado.crash.voters", 600);
    private static final int READERS = Integer.getInteger("pado.crash.readers", 5);
    private static final long MILLIS_BETWEEN_VOTERS = 2;

    private static Cluster cluster;

    @BeforeAll
    static void start() {
        cluster = Cluster.start("crash", 1);
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void voteCommittedBeforeTheCrashIsDeliveredOnceAfterTheRestart() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        String last;
        try (Database.Hold gate = Database.hold(cluster.database(), Database.OUTBOX_GATE); Stream stream = Stream.ofVotes(cluster.a())) {
            assertThat(gate).isNotNull();
            last = stream.lastEventId();
            Http.vote(cluster.a(), poll, 0, "me");
            cluster.node(1).kill();
            await().until(stream::ended);
            assertThat(stream.ids()).isEmpty();
            assertThat(Database.count(cluster.database(), "outbox")).isEqualTo(1);
        }

        cluster.node(1).start();

        try (Stream stream = Stream.ofVotes(cluster.a(), last)) {
            stream.first(e -> e.tellsOf(poll));
            assertOnceAndNothingWaits(stream, poll);
        }
        assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).isEqualTo(1);
    }

    @Test
    void otherNodeDeliversWhatTheDeadOneCommitted() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        Login kiosk = cluster.login("kiosk");
        String order = Cafe.byCard(Cafe.of(cluster).menu(4_000), 1);
        try (Node dying = cluster.another("crash-2"); Stream stream = Stream.ofVotes(cluster.a());
                CafeSocket barista = CafeSocket.joined(cluster.a(), cluster.login("barista"))) {
            String placed;
            try (Database.Hold gate = Database.hold(cluster.database(), Database.OUTBOX_GATE)) {
                assertThat(gate).isNotNull();
                Http.vote(dying.baseUri(), poll, 0, "me");
                placed = Cafe.order(kiosk.at(dying.baseUri()), order).getString("orderId");
                dying.kill();
                assertThat(stream.ids()).isEmpty();
            }
            stream.first(e -> e.tellsOf(poll));
            assertOnceAndNothingWaits(stream, poll);
            barista.first("order:created", "orderId", placed);
            assertThat(barista.heard("orderId", placed)).hasSize(1);
        }
    }

    /**
     * A hall votes on two nodes, one of which dies in the middle. Whoever got no answer votes again on the other one. The long form is 5,000
     * voters in ten seconds.
     */
    @Test
    void eachVoteThatWasAnsweredCountsOnceThoughANodeDiesAmongThem() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        Map<String, Integer> answered = new ConcurrentHashMap<>();
        List<Integer> again = Collections.synchronizedList(new ArrayList<>());
        List<Stream> readers = new ArrayList<>();
        try (Node dying = cluster.another("crash-3")) {
            IntStream.range(0, READERS).forEach(i -> readers.add(Stream.ofVotes(cluster.a())));
            long begin = System.nanoTime();
            Crowd.run(VOTERS, i -> {
                long due = begin + TimeUnit.MILLISECONDS.toNanos(MILLIS_BETWEEN_VOTERS * i);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                if (i == VOTERS / 2) {
                    dying.kill();
                }
                try {
                    Http.vote(i % 2 == 0 ? cluster.a() : dying.baseUri(), poll, i % 3, "voter-" + i);
                    answered.put("client:voter-" + i, i % 3);
                } catch (CompletionException | UncheckedIOException dead) {
                    again.add(i);
                }
            });
            Map<String, Integer> stored = votes(poll);
            assertThat(again).as("votes without an answer").isNotEmpty();
            assertThat(stored).containsAllEntriesOf(answered);
            assertThat(SamplePoll.counts(Http.poll(cluster.a(), poll)).stream().mapToInt(Integer::intValue).sum()).isEqualTo(stored.size());

            Crowd.run(again.size(), i -> Http.vote(cluster.a(), poll, again.get(i) % 3, "voter-" + again.get(i)));
            long last = System.nanoTime();
            List<Integer> expected = IntStream.range(0, 3).map(option -> (VOTERS + 2 - option) / 3).boxed().toList();
            assertThat(SamplePoll.counts(Http.poll(cluster.a(), poll))).isEqualTo(expected);
            for (Stream reader : readers) {
                SseEvent total = reader.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == VOTERS);
                assertThat(SamplePoll.counts(total.payload())).isEqualTo(expected);
                assertThat(TimeUnit.NANOSECONDS.toMillis(total.nanos() - last)).as("ms after the last vote").isLessThan(1_000);
            }
        } finally {
            readers.forEach(Stream::close);
        }
    }

    /** @return voters and the places of their options */
    private static Map<String, Integer> votes(SamplePoll poll) {
        Map<String, Integer> votes = new HashMap<>();
        String rows = Database.text(cluster.database(),
                "SELECT string_agg(voter || ' ' || option_id, ',') FROM vote WHERE poll_id = " + poll.id());
        for (String row : rows.split(",")) {
            String[] parts = row.split(" ");
            assertThat(votes.put(parts[0], poll.options().indexOf(Long.valueOf(parts[1])))).isNull();
        }
        return votes;
    }

    /** The event is in the log, but its row could not be removed: the next drainer publishes it again, and nobody sees that. */
    @Test
    void crashBetweenPublishingAndCommitDeliversOnce() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        Database.execute(cluster.database(), """
                CREATE OR REPLACE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN OLD; END $$;
                CREATE TRIGGER wait_for_test BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION wait_for_test()""");
        try {
            String last;
            try (Database.Hold hold = Database.hold(cluster.database(), "SELECT pg_advisory_xact_lock(4711)");
                    Stream stream = Stream.ofVotes(cluster.a())) {
                assertThat(hold).isNotNull();
                last = stream.lastEventId();
                Http.vote(cluster.a(), poll, 0, "me");
                stream.first(e -> e.tellsOf(poll));
                assertThat(Database.count(cluster.database(), "outbox")).isEqualTo(1);
                cluster.node(1).kill();
                await().until(stream::ended);
            }
            cluster.node(1).start();
            try (Stream again = Stream.ofVotes(cluster.a(), last)) {
                again.first(e -> e.tellsOf(poll));
                assertOnceAndNothingWaits(again, poll);
            }
        } finally {
            Database.execute(cluster.database(), "DROP TRIGGER wait_for_test ON outbox");
        }
    }

    /** What comes after the end would be a second delivery, had there been one. */
    private void assertOnceAndNothingWaits(Stream stream, SamplePoll poll) {
        String end = "end-" + UUID.randomUUID();
        await().atMost(DEADLINE).until(() -> Database.count(cluster.database(), "outbox") == 0);
        cluster.publish("vote_updates", "{\"x\":\"" + end + "\"}");
        stream.first(e -> e.says(end));
        assertThat(stream.events(e -> e.tellsOf(poll))).singleElement()
                .satisfies(event -> assertThat(event.payload().getInt("totalVotes")).isEqualTo(1));
    }
}
