package io.pado.feed.watch;

import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.redis.Lease;
import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Refusal;
import io.pado.platform.redis.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What the watch keeps in Redis, next to the log, so that both are lost or restored together: its place, the last known states of documents, the last
 * alarm, how it goes. What only the watch calls throws a {@link JedisException} if Redis does not answer, or refuses.
 */
@ApplicationScoped
public class FeedStore {

    private static final String PLACE = "pado:feed:place";
    private static final String ALARM = "pado:feed:alarm";
    private static final String PROGRESS = "pado:feed:progress";
    private static final String STATE = "pado:feed:state:";

    private final Redis redis;
    private final Script advance = new Script("advance.lua");

    @Inject
    FeedStore(Redis redis) {
        this.redis = redis;
    }

    /** For the container's proxy only. */
    protected FeedStore() {
        this(null);
    }

    /** @return the right to watch */
    Lease lease(Duration lasting) {
        return new Lease(redis, "feed", lasting);
    }

    /** @return what is stored, which is no place if a foreign hand has made something else of it */
    Optional<String> place() {
        try {
            return Optional.ofNullable(redis.commands().get(PLACE));
        } catch (JedisDataException refusal) {
            if (!new Refusal(refusal.getMessage()).isOfAKey()) {
                throw refusal;
            }
            return Optional.of("");
        }
    }

    /** @return whether there is a place, or something else by its name. @throws ProblemException 503 if Redis does not answer */
    public boolean hasPlace() {
        return asked(() -> place().orElse(null)).isPresent();
    }

    /** @return the last known states of those documents of which there is one */
    Map<String, String> states(Collection<String> documents) {
        List<String> asked = List.copyOf(documents);
        Map<String, String> known = new HashMap<>();
        if (!asked.isEmpty()) {
            List<String> found = redis.commands().mget(asked.stream().map(STATE::concat).toArray(String[]::new));
            for (int i = 0; i < asked.size(); i++) {
                if (found.get(i) != null) {
                    known.put(asked.get(i), found.get(i));
                }
            }
        }
        return known;
    }

    /**
     * Stores the place and the states there, in one step.
     *
     * @return false if another node has the right by now; nothing was stored then
     */
    boolean advance(Lease.Held held, String place, Map<String, LastState> states) {
        List<String> keys = new ArrayList<>(List.of(held.key(), PLACE));
        List<String> arguments = new ArrayList<>(List.of(held.value(), place));
        states.forEach((document, state) -> {
            keys.add(STATE + document);
            arguments.add(state.text());
            arguments.add(Long.toString(state.lasting().toMillis()));
        });
        return Long.valueOf(1).equals(advance.run(redis.commands(), keys, arguments));
    }

    /** Says to all nodes how the watch goes. */
    boolean progress(Lease lease, Lease.Held held, String json) {
        return lease.set(held, PROGRESS, json);
    }

    /** @throws ProblemException 503 if Redis does not answer */
    public Optional<JsonObject> progress() {
        return asked(() -> redis.commands().get(PROGRESS)).flatMap(Json::parseObject).filter(FeedStore::hasTime);
    }

    /** Raises the alarm; it stands until somebody clears it. */
    boolean raise(Lease lease, Lease.Held held, String json) {
        return lease.set(held, ALARM, json);
    }

    /** @throws ProblemException 503 if Redis does not answer */
    public Optional<JsonObject> alarm() {
        return asked(() -> redis.commands().get(ALARM)).flatMap(Json::parseObject).filter(FeedStore::hasTime);
    }

    /** What a foreign hand has made something else of counts as none. */
    private static boolean hasTime(JsonObject told) {
        try {
            Instant.parse(told.getString("at", ""));
            return true;
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    /** @throws ProblemException 503 if Redis does not answer, or refuses */
    public void clearAlarm() {
        asked(() -> redis.commands().getDel(ALARM));
    }

    private static Optional<String> asked(Supplier<String> command) {
        try {
            return Optional.ofNullable(command.get());
        } catch (JedisException away) {
            throw ProblemException.unavailable("It cannot be asked right now how the watch of MongoDB goes; try again in a few seconds.");
        }
    }
}
