package io.pado.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.container.Deployments;
import io.pado.platform.ProblemException;
import io.pado.realtime.EventLog;
import io.pado.realtime.Publication;
import io.pado.realtime.Publisher;
import io.pado.realtime.Replay;
import io.pado.realtime.sql.TransactionalOutbox;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionalException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        polls.vote(poll.pollId(), voter("a"), firstOption(poll));
        transaction.rollback();
        // A later fact's event shows that the drainer has been at work since.
        polls.close(poll.pollId());

        await().atMost(SOON).until(() -> publishedAfter(before, poll).stream().anyMatch(json -> json.contains("\"closed\":true")));
        assertThat(publishedAfter(before, poll)).allMatch(json -> json.contains("\"totalVotes\":0"));
        assertThat(polls.get(poll.pollId()).totalVotes()).isZero();
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

        PollView counted = polls.get(poll.pollId());
        assertThat(counted.options()).extracting(PollView.OptionView::votes).containsExactly(25L, 25L);
        assertThat(counted.version()).isEqualTo(50);
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

        assertThat(polls.get(poll.pollId()).totalVotes()).isEqualTo(1);
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
    void publicationWithTheSameOnceTextIsStoredOnce() {
        Publication event = new Publication(VotesTopic.TOPIC, "vote_update", "", "{}", "test:" + System.nanoTime());

        assertThat(publisher.publish(event)).isEqualTo(publisher.publish(event));
    }

    private PollView poll() {
        return polls.open("Tea or coffee?", List.of("tea", "coffee"), true);
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
        Replay replay = log.read(Map.of(VotesTopic.TOPIC, sequence), 1_000);
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
