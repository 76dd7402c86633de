package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TwoNodes.class)
class VotesIT {

    private static final int TRIES = 15;
    private static final long MEDIAN_MILLIS = 200;
    private static final int BURST = 200;

    private final Cluster cluster;

    VotesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void voteArrivesWithin200Milliseconds() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        List<Long> millis = new ArrayList<>();
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            for (int i = 1; i <= TRIES; i++) {
                int total = i;
                long posted = System.nanoTime();
                Http.vote(cluster.a(), poll, 0, "voter-" + i);
                SseEvent arrived = stream.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == total);
                millis.add(TimeUnit.NANOSECONDS.toMillis(arrived.nanos() - posted));
            }
        }
        Collections.sort(millis);
        assertThat(millis.get(TRIES / 2)).as("median of %s", millis).isLessThan(MEDIAN_MILLIS);
    }

    @Test
    void updateHasTheFieldsOfTheSpec() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            Http.vote(cluster.a(), poll, 1, "a");

            SseEvent update = stream.first(e -> e.tellsOf(poll));

            assertThat(update.name()).isEmpty();
            assertThat(update.json().keySet()).containsExactlyInAnyOrder("type", "channel", "data");
            assertThat(update.json().getString("channel")).isEqualTo("votes");
            assertThat(update.payload()).isEqualTo(Http.json(("{'pollId':%d,'title':'커피?','closed':false,'totalVotes':1,'options':["
                    + "{'id':%d,'label':'Espresso','votes':0,'percent':0.0},{'id':%d,'label':'Latte','votes':1,'percent':100.0},"
                    + "{'id':%d,'label':'Tea','votes':0,'percent':0.0}],'version':1}").replace('\'', '"')
                    .formatted(poll.id(), poll.options().get(0), poll.options().get(1), poll.options().get(2))));
        }
    }

    @Test
    void voteOnOneNodeReachesReadersOfTheOther() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream a = Stream.ofVotes(cluster.a()); Stream b = Stream.ofVotes(cluster.b())) {
            Http.vote(cluster.a(), poll, 0, "x");
            SseEvent atB = b.first(e -> e.tellsOf(poll));
            SseEvent atA = a.first(e -> e.tellsOf(poll));
            assertThat(atB.id()).isEqualTo(atA.id());
            assertThat(atB.data()).isEqualTo(atA.data());

            Http.vote(cluster.b(), poll, 0, "y");
            assertThat(a.several(2, e -> e.tellsOf(poll)).get(1).payload().getInt("totalVotes")).isEqualTo(2);
        }
    }

    @Test
    void whatAnotherProgramPublishesArrivesOnceOnBothNodes() {
        String marker = "x-" + UUID.randomUUID();
        String end = "end-" + UUID.randomUUID();
        try (Stream a = Stream.ofVotes(cluster.a()); Stream b = Stream.ofVotes(cluster.b())) {
            cluster.publish("vote_updates", "{\"pollId\":\"" + marker + "\"}", "{\"pollId\":\"" + end + "\"}");
            for (Stream stream : List.of(a, b)) {
                stream.first(e -> e.says(end));
                assertThat(stream.events(e -> e.says(marker))).singleElement().satisfies(event -> {
                    assertThat(event.id()).isNotEmpty();
                    assertThat(event.json()).isEqualTo(Http.json(
                            "{\"type\":\"vote_update\",\"channel\":\"votes\",\"data\":{\"pollId\":\"" + marker + "\"}}"));
                });
            }
            assertThat(a.first(e -> e.says(marker)).id()).isEqualTo(b.first(e -> e.says(marker)).id());
        }
    }

    @Test
    void burstOfParallelVotesIsCountedExactlyAndConflated() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream a = Stream.ofVotes(cluster.a()); Stream b = Stream.ofVotes(cluster.b())) {
            Crowd.run(BURST, i -> Http.vote(i % 2 == 0 ? cluster.a() : cluster.b(), poll, i % 4 == 0 ? 0 : 1, "voter-" + i));

            assertThat(SamplePoll.counts(Http.poll(cluster.a(), poll))).containsExactly(BURST / 4, BURST * 3 / 4, 0);
            for (Stream stream : List.of(a, b)) {
                JsonObject last = stream.first(e -> e.tellsOf(poll) && e.payload().getInt("totalVotes") == BURST).payload();
                assertThat(SamplePoll.counts(last)).containsExactly(BURST / 4, BURST * 3 / 4, 0);
                assertThat(last.getInt("version")).isEqualTo(BURST);
                assertConflated(stream.events(e -> e.tellsOf(poll)));
            }
            assertThat(a.events(e -> e.tellsOf(poll)).stream().map(SseEvent::id))
                    .isEqualTo(b.events(e -> e.tellsOf(poll)).stream().map(SseEvent::id).toList());
        }
    }

    private static void assertConflated(List<SseEvent> updates) {
        LongStream versions = updates.stream().mapToLong(e -> e.payload().getInt("version"));
        assertThat(versions.boxed().toList()).isSorted().doesNotHaveDuplicates();
        assertThat(updates.stream().map(SseEvent::sequence).toList()).isSorted().doesNotHaveDuplicates();
        double seconds = (updates.get(updates.size() - 1).nanos() - updates.get(0).nanos()) / 1e9;
        // The first and the last one are free, and the network may bunch one more.
        assertThat((double) updates.size()).as("updates in %.2f s", seconds).isLessThanOrEqualTo(10 * seconds + 3);
    }

    @Test
    void changedMindMovesTheVote() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            Http.vote(cluster.a(), poll, 0, "me");
            JsonObject moved = Http.vote(cluster.b(), poll, 2, "me");

            assertThat(SamplePoll.counts(moved)).containsExactly(0, 0, 1);
            assertThat(moved.getInt("totalVotes")).isEqualTo(1);
            SseEvent event = stream.first(e -> e.tellsOf(poll) && e.payload().getInt("version") == 2);
            assertThat(SamplePoll.counts(event.payload())).containsExactly(0, 0, 1);
        }
    }

    @Test
    void sameVoteTwiceChangesNothing() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        SamplePoll next = SamplePoll.open(cluster.database());
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            JsonObject first = Http.vote(cluster.a(), poll, 0, "me");
            JsonObject second = Http.vote(cluster.a(), poll, 0, "me");
            assertThat(second).isEqualTo(first);

            stream.first(e -> e.tellsOf(poll));
            Http.vote(cluster.a(), next, 0, "me");
            stream.first(e -> e.tellsOf(next));
            assertThat(stream.events(e -> e.tellsOf(poll))).hasSize(1);
        }
    }

    @Test
    void sameVoterInParallelCountsOnce() {
        SamplePoll poll = SamplePoll.open(cluster.database());

        Crowd.run(20, i -> Http.vote(i % 2 == 0 ? cluster.a() : cluster.b(), poll, i % 3, "me"));

        assertThat(Http.poll(cluster.a(), poll).getInt("totalVotes")).isEqualTo(1);
    }

    /** What was voted on one node is there at once for who asks on the other. */
    @Test
    void pollIsSentOnlyToWhoHasNotGotItAsItIs() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        Http.vote(cluster.a(), poll, 0, "a");
        HttpResponse<String> first = Http.get(cluster.b(), poll.path());
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpRequest.Builder again = conditional(poll, "If-None-Match", tag);

        HttpResponse<String> same = Http.send(again);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(tag);
        for (String known : List.of("W/" + tag, "\"x\", W/" + tag, "W/\"x\", " + tag, "*")) {
            assertThat(Http.send(conditional(poll, "If-None-Match", known)).statusCode()).as(known).isEqualTo(304);
        }
        assertThat(Http.send(conditional(poll, "If-None-Match", "W/\"x\"")).statusCode()).isEqualTo(200);
        assertThat(Http.send(conditional(poll, "If-Match", tag)).statusCode()).isEqualTo(200);
        Problems.assertIs(412, Http.send(conditional(poll, "If-Match", "W/" + tag)));

        Http.vote(cluster.b(), poll, 1, "b");
        HttpResponse<String> changed = Http.send(again);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(Http.json(changed.body()).getInt("totalVotes")).isEqualTo(2);
        assertThat(changed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    }

    private HttpRequest.Builder conditional(SamplePoll poll, String header, String tags) {
        return HttpRequest.newBuilder(cluster.a().resolve(poll.path())).header(header, tags);
    }

    @Test
    void pollThatIsOpenedSeveralTimesWithOneKeyIsOnePoll() {
        Login admin = Login.of(cluster.a(), "admin");
        String key = UUID.randomUUID().toString();
        List<JsonObject> answers = Collections.synchronizedList(new ArrayList<>());

        Crowd.run(3, i -> answers.add(Cafe.created(admin.at(i == 0 ? cluster.b() : cluster.a()).post("/api/polls", question("Tea?"), key))));

        assertThat(Set.copyOf(answers)).hasSize(1);
        Problems.assertIs(409, admin.post("/api/polls", question("Coffee?"), key));
    }

    private static String question(String title) {
        return "{\"title\":\"" + title + "\",\"options\":[\"yes\",\"no\"],\"anonymous\":true}";
    }

    @Test
    void everyUpdateLeavesTheOutbox() {
        SamplePoll poll = SamplePoll.open(cluster.database());
        Http.vote(cluster.a(), poll, 0, "me");
        await().until(() -> Database.count(cluster.database(), "outbox") == 0);
    }
}
