package io.pado.poll;

import io.pado.platform.http.Representation;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.reads.NodeReads;
import io.pado.realtime.reads.SharedReads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Reads one poll for all who ask for it; by one statement, so that its totals are those of one moment. */
@ApplicationScoped
class PollReads {

    private static final String POLL = "SELECT p.title, p.closed, p.revision, o.id, o.label, o.votes FROM poll p"
            + " JOIN poll_option o ON o.poll_id = p.id WHERE p.id = ? ORDER BY o.place";

    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource source;

    @Inject
    private NodeReads nodeReads;

    private SharedReads<Long, Representation> reads;

    @PostConstruct
    void make() {
        reads = nodeReads.reads(id -> Representation.of(read(id).orElseThrow(() -> Polls.missing(id))), Set.of(VotesTopic.TOPIC));
    }

    /** Has the topic heard from the start. */
    void start(@Observes Startup startup) {
    }

    void changed(@Observes(during = TransactionPhase.AFTER_COMPLETION) PollChanged change) {
        reads.forget();
    }

    /** @return the poll as clients see it. @throws ProblemException 404 if there is none */
    Representation get(long id) {
        return reads.get(id);
    }

    private Optional<PollView> read(long id) {
        try (Connection connection = source.getConnection(); PreparedStatement query = connection.prepareStatement(POLL)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(view(id, row)) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("A poll could not be read", failure);
        }
    }

    private static PollView view(long id, ResultSet row) throws SQLException {
        String title = row.getString(1);
        boolean closed = row.getBoolean(2);
        long revision = row.getLong(3);
        List<PollView.Count> counts = new ArrayList<>();
        do {
            counts.add(new PollView.Count(row.getLong(4), row.getString(5), row.getLong(6)));
        } while (row.next());
        return PollView.of(id, title, closed, counts, revision);
    }
}
