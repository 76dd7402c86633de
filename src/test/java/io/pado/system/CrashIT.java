package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TwoNodes.Fragile.class)
class CrashIT {

    private static final String GATE = "SELECT id FROM outbox_gate WHERE id = 1 FOR UPDATE";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Cluster cluster;

    CrashIT(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Both nodes die, so nobody but the restarted one can have delivered it. */
    @Test
    void voteCommittedBeforeTheCrashIsDeliveredOnceAfterTheRestart() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        String last;
        try (Database.Hold gate = Database.hold(cluster.database(), GATE); Stream stream = Stream.ofVotes(cluster.a())) {
            assertThat(gate).isNotNull();
            last = stream.lastEventId();
            Http.vote(cluster.a(), poll, 0, "me");
            cluster.node(1).kill();
            cluster.node(2).kill();
            await().until(stream::ended);
            assertThat(stream.ids()).isEmpty();
            assertThat(Database.count(cluster.database(), "outbox")).isEqualTo(1);
        }

        cluster.node(1).start();

        try (Stream stream = Stream.ofVotes(cluster.a(), last)) {
            stream.first(e -> e.tellsOf(poll));
            assertOnceAndNothingWaits(stream, poll);
        } finally {
            cluster.node(2).start();
        }
        assertThat(Http.poll(cluster.b(), poll).getInt("totalVotes")).isEqualTo(1);
    }

    @Test
    void otherNodeDeliversWhatTheDeadOneCommitted() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream stream = Stream.ofVotes(cluster.b())) {
            try (Database.Hold gate = Database.hold(cluster.database(), GATE)) {
                assertThat(gate).isNotNull();
                Http.vote(cluster.a(), poll, 0, "me");
                cluster.node(1).kill();
                assertThat(stream.ids()).isEmpty();
            }
            stream.first(e -> e.tellsOf(poll));
            assertOnceAndNothingWaits(stream, poll);
        } finally {
            cluster.node(1).start();
        }
    }

    /** The event is in the log, but its row could not be removed: the next drainer publishes it again, and nobody sees that. */
    @Test
    void crashBetweenPublishingAndCommitDeliversOnce() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        Database.execute(cluster.database(), """
                CREATE OR REPLACE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN OLD; END $$;
                CREATE TRIGGER wait_for_test BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION wait_for_test()""");
        try (Stream a = Stream.ofVotes(cluster.a()); Stream b = Stream.ofVotes(cluster.b())) {
            try (Database.Hold hold = Database.hold(cluster.database(), "SELECT pg_advisory_xact_lock(4711)")) {
                assertThat(hold).isNotNull();
                Http.vote(cluster.a(), poll, 0, "me");
                b.first(e -> e.tellsOf(poll));
                assertThat(Database.count(cluster.database(), "outbox")).isEqualTo(1);
                // Only one of them is the drainer, and which one is nobody's business.
                cluster.node(1).kill();
                cluster.node(2).kill();
                await().until(() -> a.ended() && b.ended());
            }
            cluster.node(1).start();
            try (Stream again = Stream.ofVotes(cluster.a(), b.events().get(0).id())) {
                again.first(e -> e.tellsOf(poll));
                assertOnceAndNothingWaits(again, poll);
            } finally {
                cluster.node(2).start();
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
