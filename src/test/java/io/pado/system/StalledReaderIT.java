package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code -Dpado.stalled=100} for more of them. */
@ExtendWith(TwoNodes.class)
class StalledReaderIT {

    private static final int STALLED = Integer.getInteger("pado.stalled", 12);
    private static final int EVENTS = 120;
    private static final String PADDING = "p".repeat(200 * 1024);
    /** Few enough for those who read: more than five of these at once count as too slow. */
    private static final int AT_ONCE = 3;
    private static final int GONE_SECONDS = 35;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Cluster cluster;

    StalledReaderIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void stalledReadersDelayNobodyAndAreGoneInTime() {
        assumeThat(StalledReader.canSeeConnections()).isTrue();
        SamplePoll poll = SamplePoll.open(cluster.database());
        String marker = "m-" + UUID.randomUUID();
        List<StalledReader> stalled = IntStream.range(0, STALLED)
                .mapToObj(i -> i % 3 == 0 ? StalledReader.live(cluster.a(), "votes")
                        : StalledReader.open(cluster.a(), i % 3 == 1 ? "/api/stream?topic=votes" : "/sse/votes?client_id=stalled-" + i))
                .toList();
        try (Stream a = Stream.ofVotes(cluster.a()); Stream b = Stream.ofVotes(cluster.b())) {
            AtomicBoolean flooded = new AtomicBoolean();
            CompletableFuture<List<Long>> votes = CompletableFuture.supplyAsync(() -> voteUntil(flooded, poll), Crowd.BESIDE);
            long begin = System.nanoTime();
            try {
                flood(marker, a, b);
            } finally {
                flooded.set(true);
            }
            assertFast(votes.join());
            assertThat(numbers(a, marker)).isEqualTo(IntStream.range(0, EVENTS).boxed().toList()).isEqualTo(numbers(b, marker));
            assertThat(ids(a, marker)).isEqualTo(ids(b, marker));
            // Of votes a reader that is behind gets the newest only, so one may have heard more of them than the other.
            await().atMost(DEADLINE).until(() -> a.lastEventId().equals(b.lastEventId()));
            assertThat(List.of(a, b)).allSatisfy(reader -> assertThat(reader.ids()).doesNotHaveDuplicates()
                    .isSortedAccordingTo(Comparator.comparingLong(id -> Long.parseLong(id.substring(id.lastIndexOf('-') + 1)))));

            // The standard carrier leaves the size of buffers to the system: only the end of the flood fills them.
            long since = System.getProperty("pado.stream.carrier", "auto").equals("standard") ? System.nanoTime() : begin;
            await().atMost(Duration.ofNanos(TimeUnit.SECONDS.toNanos(GONE_SECONDS) - (System.nanoTime() - since)))
                    .until(() -> stalled.stream().noneMatch(StalledReader::serverHoldsIt));
            assertThat(stalled).allMatch(StalledReader::endsWhenRead);
            assertThat(a.ended()).isFalse();
        } finally {
            stalled.forEach(StalledReader::close);
        }
    }

    /** More than 20 MB, as fast as the good readers take it. */
    private void flood(String marker, Stream... readers) {
        for (int i = 0; i < EVENTS; i++) {
            cluster.publish("vote_updates", "{\"x\":\"" + marker + "\",\"n\":" + i + ",\"p\":\"" + PADDING + "\"}");
            int wanted = i - AT_ONCE + 2;
            for (Stream reader : readers) {
                await().atMost(DEADLINE).pollInterval(Duration.ofMillis(2)).pollDelay(Duration.ZERO)
                        .until(() -> reader.large() >= wanted);
            }
        }
        for (Stream reader : readers) {
            await().atMost(DEADLINE).until(() -> reader.large() == EVENTS);
        }
    }

    private List<Long> voteUntil(AtomicBoolean enough, SamplePoll poll) {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; !enough.get(); i++) {
            long posted = System.nanoTime();
            Http.vote(cluster.a(), poll, i % 3, "voter-" + i);
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - posted));
        }
        return millis;
    }

    private static void assertFast(List<Long> millis) {
        assertThat(millis).hasSizeGreaterThan(5);
        Collections.sort(millis);
        assertThat(millis.get(millis.size() / 2)).as("median of %s", millis).isLessThan(200);
        assertThat(millis.get(millis.size() - 1)).as("maximum of %s", millis).isLessThan(2_000);
    }

    private static List<String> ids(Stream reader, String marker) {
        return reader.events(e -> e.says(marker)).stream().map(SseEvent::id).toList();
    }

    private static List<Integer> numbers(Stream reader, String marker) {
        return reader.events(e -> e.says(marker)).stream().map(event -> event.payload().getInt("n")).toList();
    }
}
