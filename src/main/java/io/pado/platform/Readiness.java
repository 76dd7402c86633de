package io.pado.platform;

import io.pado.platform.model.LanguageModel;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.problem.ProblemMapper;
import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Refusal;
import io.pado.platform.sql.SqlFailures;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
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
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {

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

    private final AtomicBoolean redisSeen = new AtomicBoolean();

    /** @param serves whether requests that need it are served, but for some */
    private record DatabaseState(String said, boolean serves) {
    }

    @Override
    public HealthCheckResponse call() {
        DatabaseState sql = databaseState();
        String redisState = redisState();
        boolean redisNow = !redisState.equals(AWAY);
        boolean redisOnce = redisSeen.get() || redisNow && redisSeen.compareAndSet(false, true);
        return HealthCheckResponse.named("pado")
                .status(sql.serves && redisOnce)
                .withData("sql", sql.said)
                .withData("redis", redisState)
                .withData("mongo", mongo.answers() ? ProblemMapper.refusalOfMongo().map(REFUSES::concat).orElse(UP) : AWAY)
                .withData("model", model.state())
                .build();
    }

    private String redisState() {
        try {
            redis.probe();
            return UP;
        } catch (RuntimeException failure) {
            return Refusal.of(failure).map(refusal -> REFUSES + refusal.cause()).orElse(AWAY);
        }
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
