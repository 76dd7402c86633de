package io.pado.ai;

import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.exceptions.JedisException;

/** What was asked in each chat, in Redis as long as the runs that answered. */
@ApplicationScoped
class UiChatStore {

    private static final int MAX_TURNS = 20;
    private static final Duration KEPT = Duration.ofHours(24);

    private final Redis redis;

    @Inject
    UiChatStore(Redis redis) {
        this.redis = redis;
    }

    /** For the container's proxy only. */
    protected UiChatStore() {
        this(null);
    }

    /**
     * One question.
     *
     * @param runId    of its answer
     * @param question what was asked
     */
    @JsonbPropertyOrder({"runId", "question"})
    public record Turn(String runId, String question) {
    }

    /** @throws ProblemException 503 if Redis does not answer, or refuses */
    void add(String room, Turn turn) {
        asked(() -> {
            try (AbstractTransaction step = redis.commands().multi()) {
                step.rpush(key(room), Json.text(turn));
                step.ltrim(key(room), -MAX_TURNS, -1);
                step.pexpire(key(room), KEPT.toMillis());
                return step.exec();
            }
        });
    }

    /** @return the latest questions, oldest first. @throws ProblemException 503 if Redis does not answer */
    List<Turn> turns(String room) {
        return asked(() -> redis.commands().lrange(key(room), 0, -1)).stream().map(Json::parseObject).flatMap(Optional::stream)
                .map(turn -> new Turn(turn.getString("runId", ""), turn.getString("question", ""))).toList();
    }

    private static String key(String room) {
        return "pado:ai:chat:" + room;
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisException away) {
            throw ProblemException.unavailable("This chat cannot be read right now; try again in a few seconds.");
        }
    }
}
