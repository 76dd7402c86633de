package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TwoNodes.class)
class ReconnectIT {

    private static final int POLLS = 3;
    private static final int VOTERS = 8;
    private static final int ROUNDS = 50;
    private static final int FOREIGN = 300;
    /** More than the server reads from the log at a time. */
    private static final int LONG_GAP = 450;

    private final Cluster cluster;

    ReconnectIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void readerThatHopsBetweenNodesMissesNothingAndGetsNothingTwice() {
        List<SamplePoll> polls = IntStream.range(0, POLLS).mapToObj(i -> SamplePoll.open(cluster.database())).toList();
        String end = "end-" + UUID.randomUUID();
        try (Stream reference = Stream.ofVotes(cluster.a())) {
            Hopper hopper = new Hopper(reference.lastEventId());
            CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> traffic(polls, end), Crowd.BESIDE);

            hopper.hopUntil(end);
            traffic.join();

            reference.first(e -> e.says(end));
            assertThat(hopper.hops).as("reconnects while events came in").isGreaterThan(5);
            assertThat(hopper.ids).hasSizeGreaterThan(FOREIGN).isEqualTo(reference.ids());
        }
        for (SamplePoll poll : polls) {
            assertThat(Http.poll(cluster.b(), poll).getInt("totalVotes")).isEqualTo(VOTERS * ROUNDS / POLLS);
        }
    }

    @Test
    void longGapIsReplayedInOrderByHeaderAndByParameter() {
        String marker = "gap-" + UUID.randomUUID();
        try (Stream reference = Stream.ofVotes(cluster.a())) {
            String last = reference.lastEventId();
            cluster.publish("vote_updates", numbered(marker, LONG_GAP));
            List<SseEvent> expected = reference.several(LONG_GAP, e -> e.data().contains(marker));

            try (Stream byHeader = Stream.ofVotes(cluster.b(), last);
                    Stream byParameter = Stream.open(cluster.b(), "/sse/events?client_id=a&last_event_id=" + last).greeted()) {
                assertThat(texts(byHeader.several(LONG_GAP, e -> e.data().contains(marker)))).isEqualTo(texts(expected));
                assertThat(texts(byParameter.several(LONG_GAP, e -> e.data().contains(marker)))).isEqualTo(texts(expected));
                assertThat(byHeader.events(e -> e.is("reset"))).isEmpty();
            }
        }
    }

    @Test
    void readerThatHasEverythingGetsNothingAgain() {
        String marker = "m-" + UUID.randomUUID();
        try (Stream first = Stream.ofVotes(cluster.a())) {
            cluster.publish("vote_updates", "{\"x\":\"" + marker + "\"}");
            SseEvent last = first.first(e -> e.says(marker));

            try (Stream again = Stream.ofVotes(cluster.b(), last.id())) {
                cluster.publish("vote_updates", "{\"x\":\"end-" + marker + "\"}");
                again.first(e -> e.says("end-" + marker));
                assertThat(again.ids()).hasSize(1);
            }
        }
    }

    @Test
    void readerThatLeftAfterTheGreetingMissesNothing() {
        String marker = "m-" + UUID.randomUUID();
        String last;
        try (Stream first = Stream.ofVotes(cluster.a())) {
            last = first.lastEventId();
        }
        cluster.publish("vote_updates", "{\"x\":\"" + marker + "\"}");

        try (Stream again = Stream.ofVotes(cluster.b(), last)) {
            again.first(e -> e.says(marker));
            assertThat(again.events(e -> e.is("reset"))).isEmpty();
        }
    }

    /** Votes of several voters at once on both nodes, with what another program publishes in between, then the end. */
    private void traffic(List<SamplePoll> polls, String end) {
        CompletableFuture<Void> foreign = CompletableFuture.runAsync(
                () -> cluster.publish("vote_updates", numbered("n", FOREIGN)), Crowd.BESIDE);
        // Voter and round together choose the poll, so that each gets the same number of votes, all of different voters.
        Crowd.run(VOTERS, voter -> {
            for (int i = voter * ROUNDS; i < (voter + 1) * ROUNDS; i++) {
                if (i < VOTERS * ROUNDS / POLLS * POLLS) {
                    Http.vote(i % 2 == 0 ? cluster.a() : cluster.b(), polls.get(i % POLLS), i % 3, "voter-" + i);
                }
            }
        });
        foreign.join();
        // The totals of the last votes may be up to 100 ms behind, and the end must be the end.
        await().until(() -> Database.count(cluster.database(), "outbox") == 0);
        cluster.publish("vote_updates", "{\"x\":\"" + end + "\"}");
    }

    private static String[] numbered(String marker, int count) {
        return IntStream.range(0, count).mapToObj(i -> "{\"x\":\"" + marker + "-" + i + "\"}").toArray(String[]::new);
    }

    private static List<String> texts(List<SseEvent> events) {
        return events.stream().map(event -> event.id() + ' ' + event.data()).toList();
    }

    /** A reader that changes nodes after each few events. */
    private final class Hopper {

        private final List<String> ids = new ArrayList<>();
        private String last;
        private int hops;

        Hopper(String start) {
            last = start;
        }

        void hopUntil(String end) {
            boolean ended = false;
            while (!ended) {
                URI node = hops % 2 == 0 ? cluster.b() : cluster.a();
                Stream stream = hops % 3 == 0 ? Stream.open(node, "/sse/votes?client_id=hopper&last_event_id=" + last).greeted()
                        : Stream.ofVotes(node, last);
                try (stream) {
                    // The last one may be alone.
                    int wanted = 2 + hops % 4;
                    await().until(() -> stream.ids().size() >= wanted || !stream.events(e -> e.says(end)).isEmpty());
                }
                assertThat(stream.events(e -> e.is("reset"))).isEmpty();
                ids.addAll(stream.ids());
                last = stream.lastEventId();
                ended = !stream.events(e -> e.says(end)).isEmpty();
                hops++;
            }
        }
    }
}
