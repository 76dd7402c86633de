package io.pado.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.container.Deployments;
import io.pado.platform.Batches;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Publication;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.TransactionalException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ArquillianExtension.class)
class PollsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    private Polls polls;
    @Inject
    private Ballots ballots;
    @Inject
    private EventLog log;
    @Inject
    private Publisher publisher;
    @Inject
    private TransactionalOutbox outbox;
    @Inject
    private UserTransaction transaction;
    private final ManagedExecutorService executor = lookup("java:comp/DefaultManagedExecutorService");
    private final DataSource database = lookup("jdbc/pado");

    @Deployment
    static WebArchive deployment() {
        return Deployments.withTest(PollsIT.class, Deployments.class);
    }

    @Test
    void committedVoteIsPublishedAndLeavesTheOutboxEmpty() {
        PollView poll = poll();
        long before = top();
        polls.vote(poll.pollId(), voter("a"), firstOption(poll));

        await().atMost(SOON).until(() -> publishedAfter(before, poll).stream().anyMatch(json -> json.contains("\"totalVotes\":1")));
        await().atMost(SOON).until(() -> waiting() == 0);
    }

    @Test
    void rollbackPublishesNothing() throws Exception {
        PollView poll = poll();
        await().atMost(SOON).until(() -> waiting() == 0);
        long before = top();
        transaction.begin();
        polls.close(poll.pollId());
        transaction.rollback();
        // A later fact's event shows that the drainer has been at work since.
        polls.vote(poll.pollId(), voter("a"), firstOption(poll));

        await().atMost(SOON).until(() -> publishedAfter(before, poll).stream().anyMatch(json -> json.contains("\"totalVotes\":1")));
        assertThat(publishedAfter(before, poll)).noneMatch(json -> json.contains("\"closed\":true"));
        assertThat(state(poll).getBoolean("closed")).isFalse();
    }

    @Test
    void parallelVotesAreCountedExactly() throws Exception {
        PollView poll = poll();
        List<Future<?>> votes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Voter voter = voter("voter" + i);
            long option = poll.options().get(i % 2).id();
            votes.add(executor.submit(() -> polls.vote(poll.pollId(), voter, option)));
        }
        for (Future<?> vote : votes) {
            vote.get();
        }

        JsonObject counted = state(poll);
        assertThat(counted.getJsonArray("options").getValuesAs(JsonObject.class)).extracting(option -> option.getInt("votes"))
                .containsExactly(25, 25);
        assertThat(counted.getInt("version")).isEqualTo(50);
    }

    /** One after the other, as one transaction would count them: illegal ones, changed minds and repetitions between the others. */
    @Test
    void eachBallotOfABatchGetsItsOwnAnswer() {
        PollView poll = poll();
        long tea = poll.options().get(0).id();
        long coffee = poll.options().get(1).id();
        polls.vote(poll.pollId(), voter("before"), tea);

        List<Batches.Outcome<PollView>> outcomes = ballots.count(poll.pollId(), List.of(new Ballot(voter("a"), tea),
                new Ballot(voter("b"), 999_999_999), new Ballot(voter("a"), coffee), new Ballot(voter("before"), coffee),
                new Ballot(voter("before"), coffee), new Ballot(voter("c"), coffee)));

        assertThat(outcomes).extracting(outcome -> outcome.refusal() == null ? outcome.answer().version() : -1)
                .containsExactly(2L, -1L, 3L, 4L, 4L, 5L);
        assertThat(outcomes.get(0).answer().options()).extracting(PollView.OptionView::votes).containsExactly(2L, 0L);
        assertThat(outcomes.get(1).refusal()).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().status()).isEqualTo(404));
        assertThat(state(poll).getJsonArray("options").getValuesAs(JsonObject.class)).extracting(option -> option.getInt("votes"))
                .containsExactly(0, 3);
        assertThat(polls.vote(poll.pollId(), voter("a"), coffee).version()).isEqualTo(5);
    }

    /** What no rule foresees fails the whole transaction; then each is tried alone. */
    @Test
    void ballotThatTheDatabaseRefusesSpoilsNoOther() throws Exception {
        PollView poll = poll();
        List<Future<PollView>> votes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Voter voter = i == 10 ? new Voter("client:" + "x".repeat(300), true) : voter("v" + i);
            votes.add(executor.submit(() -> polls.vote(poll.pollId(), voter, firstOption(poll))));
        }
        for (int i = 0; i < 20; i++) {
            Future<PollView> vote = votes.get(i);
            if (i == 10) {
                assertThatThrownBy(vote::get).isInstanceOf(ExecutionException.class);
            } else {
                vote.get();
            }
        }

        assertThat(state(poll).getInt("totalVotes")).isEqualTo(19);
    }

    @Test
    void sameVoterInParallelIsCountedOnce() throws Exception {
        PollView poll = poll();
        List<Future<?>> votes = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long option = poll.options().get(i % 2).id();
            votes.add(executor.submit(() -> polls.vote(poll.pollId(), voter("one"), option)));
        }
        for (Future<?> vote : votes) {
            vote.get();
        }

        assertThat(state(poll).getInt("totalVotes")).isEqualTo(1);
    }

    @Test
    void closedPollTakesNoVotes() {
        PollView poll = poll();
        polls.close(poll.pollId());

        assertThatThrownBy(() -> polls.vote(poll.pollId(), voter("a"), firstOption(poll)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(409));
    }

    @Test
    void pollForUsersRefusesAnonymousVoters() {
        PollView poll = polls.open("For users", List.of("yes", "no"), false);

        assertThatThrownBy(() -> polls.vote(poll.pollId(), voter("a"), firstOption(poll)))
                .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(403));
    }

    @Test
    void outboxWorksOnlyInsideATransaction() {
        Publication event = new Publication(VotesTopic.TOPIC, "vote_update", "", "{}", "");

        assertThatThrownBy(() -> outbox.add(event)).isInstanceOf(TransactionalException.class);
    }

    @Test
    void eventThatWaitsIsNotAddedAgain() throws Exception {
        Publication event = new Publication(VotesTopic.TOPIC, "vote_update", "", "{}", "test:" + System.nanoTime());
        transaction.begin();
        outbox.add(event);
        outbox.add(event);
        transaction.commit();

        await().atMost(SOON).until(() -> waiting() == 0);
    }

    @Test
    void publicationWithTheSameIdempotencyKeyIsStoredOnce() {
        Publication event = new Publication(VotesTopic.TOPIC, "vote_update", "", "{}", "test:" + System.nanoTime());

        assertThat(publisher.publish(event)).isEqualTo(publisher.publish(event));
    }

    private PollView poll() {
        return polls.open("Tea or coffee?", List.of("tea", "coffee"), true);
    }

    private JsonObject state(PollView poll) {
        return Json.parseObject(polls.get(poll.pollId()).json()).orElseThrow();
    }

    private static long firstOption(PollView poll) {
        return poll.options().get(0).id();
    }

    private static Voter voter(String name) {
        return new Voter("client:" + name, true);
    }

    private long top() {
        return log.read(Map.of(), 0).sequence();
    }

    private List<String> publishedAfter(long sequence, PollView poll) {
        LogSlice replay = log.read(Map.of(VotesTopic.TOPIC, sequence), 1_000);
        return replay.events().stream()
                .filter(event -> event.key().equals(Long.toString(poll.pollId())))
                .map(event -> event.json())
                .toList();
    }

    private long waiting() throws SQLException {
        try (Connection connection = database.getConnection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT count(*) FROM outbox")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Arquillian injects CDI beans here, but no resources. Outside the container, where only the deployment is made, there are none. */
    @SuppressWarnings("unchecked")
    private static <T> T lookup(String name) {
        try {
            return (T) new InitialContext().lookup(name);
        } catch (NamingException outside) {
            return null;
        }
    }
}
