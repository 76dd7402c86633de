package io.pado.platform;

import io.pado.platform.model.LanguageModel;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.problem.ProblemMapper;
import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Refusal;
import io.pado.platform.sql.SqlFailures;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready means: requests will be served. The database must answer and let a table be read, or hardly any will be: the node says {@code away}, or what
 * the database refuses with. One that takes no writes still serves what is read, so the node stays ready and says {@code read-only}; it also stays
 * ready if only some requests are refused, or that table is locked, and says with what the last one was. Redis must have answered once; when it goes
 * away later, this node still takes writes and keeps its streams, so it stays ready and only says {@code away}, or what Redis refuses with. MongoDB is
 * needed by some features only, whose requests get 503 without it: the node is ready all the same, and says {@code away}, or what MongoDB has just
 * refused a request with. Of the language model it says how it went lately.
 *
 * <p>A store that does not answer in time is {@code away}: whoever asks gives a node up that says nothing for a second or so.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final Duration SQL_PATIENCE = Duration.ofMillis(2_500);
    /** Before the patience ends, so that a lock that has to be waited for is told from a database that is silent. */
    private static final int QUERY_TIMEOUT_SECONDS = 2;
    /** Finds the schema and needs the right to read, but reads nothing. */
    private static final String ANY_TABLE = "SELECT 1 FROM idempotent_call LIMIT 0";
    private static final String UP = "up";
    private static final String AWAY = "away";
    private static final String READ_ONLY = "read-only";
    private static final String REFUSES = "refuses: ";

    @Resource(lookup = "jdbc/pado", shareable = false)
    private DataSource database;

    @Inject
    private Redis redis;

    @Inject
    private Mongo mongo;

    @Inject
    private LanguageModel model;

    @Resource
    private ManagedExecutorService executor;

    private final Look<DatabaseState> sqlLook = new Look<>(SQL_PATIENCE, this::databaseState);
    private final Look<String> redisLook = new Look<>(PATIENCE, this::redisState);
    private final Look<Boolean> mongoLook = new Look<>(PATIENCE, () -> mongo.answers());
    private volatile boolean redisSeen;

    /** @param serves whether requests that need it are served, but for some */
    private record DatabaseState(String said, boolean serves) {
    }

    @Override
    public HealthCheckResponse call() {
        CompletableFuture<Optional<DatabaseState>> sqlAnswer = sqlLook.begin(executor);
        CompletableFuture<Optional<String>> redisAnswer = redisLook.begin(executor);
        CompletableFuture<Optional<Boolean>> mongoAnswer = mongoLook.begin(executor);
        DatabaseState sql = sqlAnswer.join().orElse(new DatabaseState(AWAY, false));
        String redisState = redisAnswer.join().orElse(AWAY);
        boolean mongoAnswers = mongoAnswer.join().orElse(false);
        return HealthCheckResponse.named("pado")
                .status(sql.serves && redisSeen)
                .withData("sql", sql.said)
                .withData("redis", redisState)
                .withData("mongo", mongoAnswers ? ProblemMapper.refusalOfMongo().map(REFUSES::concat).orElse(UP) : AWAY)
                .withData("model", model.state())
                .build();
    }

    private String redisState() {
        String state = UP;
        try {
            redis.probe();
        } catch (RuntimeException failure) {
            state = Refusal.of(failure).map(refusal -> REFUSES + refusal.cause()).orElse(AWAY);
        }
        redisSeen = redisSeen || !state.equals(AWAY);
        return state;
    }

    private DatabaseState databaseState() {
        try (Connection connection = database.getConnection(); Statement question = connection.createStatement()) {
            question.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            question.execute(ANY_TABLE);
            if (!isReadOnly(question)) {
                return new DatabaseState(ProblemMapper.refusalOfDatabase().map(REFUSES::concat).orElse(UP), true);
            }
            // Another one may write by now.
            connection.abort(Runnable::run);
            return new DatabaseState(READ_ONLY, true);
        } catch (SQLException failure) {
            // Who has locked this table has not locked the others.
            return new DatabaseState(SqlFailures.refusal(failure).map(REFUSES::concat).orElse(AWAY), SqlFailures.isOfALock(failure));
        }
    }

    private static boolean isReadOnly(Statement question) throws SQLException {
        try (ResultSet answer = question.executeQuery("SHOW transaction_read_only")) {
            return answer.next() && answer.getString(1).equals("on");
        }
    }
}
