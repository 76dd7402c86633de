package io.pado.platform;

import io.pado.platform.mongo.Mongo;
import io.pado.platform.redis.Redis;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Ready means: requests will be served. The database must answer. Redis must have answered once; when it goes away later, this
 * node still takes writes and keeps its streams, so it stays ready and only says {@code away}. MongoDB is needed by some features only, whose
 * requests get 503 without it: the node is ready all the same, and says {@code away}.
 */
@org.eclipse.microprofile.health.Readiness
@ApplicationScoped
public class Readiness implements HealthCheck {

    private static final int PATIENCE_SECONDS = 2;

    @Resource(lookup = "jdbc/pado")
    private DataSource database;

    @Inject
    private Redis redis;

    @Inject
    private Mongo mongo;

    private final AtomicBoolean redisSeen = new AtomicBoolean();

    @Override
    public HealthCheckResponse call() {
        boolean sql = databaseAnswers();
        boolean redisNow = redis.answers();
        boolean redisOnce = redisSeen.get() || redisNow && redisSeen.compareAndSet(false, true);
        return HealthCheckResponse.named("pado")
                .status(sql && redisOnce)
                .withData("sql", word(sql))
                .withData("redis", word(redisNow))
                .withData("mongo", word(mongo.answers()))
                .build();
    }

    private static String word(boolean answers) {
        return answers ? "up" : "away";
    }

    private boolean databaseAnswers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }
}
