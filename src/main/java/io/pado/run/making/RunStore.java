package io.pado.run.making;

import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Script;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.redis.StateKeys;
import io.pado.run.RunRequest;
import io.pado.run.RunView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.exceptions.JedisException;

/** What is known of runs, in Redis next to the log. Each method throws {@link LogUnavailable} if Redis does not answer, or refuses. */
@ApplicationScoped
class RunStore {

    /** Renewed far more often; a run whose maker is silent for so long is ended by others. */
    static final Duration LEASE = Duration.ofSeconds(5);
    /** How long a stop is remembered whose run is not there yet. */
    static final Duration STOP_KEPT = Duration.ofMinutes(10);

    /** Within which it is counted how many runs somebody opens. */
    private static final Duration LATELY = Duration.ofHours(1);

    private static final Logger LOG = Logger.getLogger(RunStore.class.getName());
    private static final String VALUES = "values.lua";
    private static final String SHARED = "runs.lua";
    private static final String PREFIX = "run:";
    private static final String LEASES = "pado:runs:leases";
    private static final String SWEPT = "pado:runs:swept";
    private static final String QUIET = "pado:runs:quiet";
    private static final String ROOM = "pado:runs:room:";
    private static final String OWNER = "pado:runs:owner:";
    private static final String ADDRESS = "pado:runs:address:";
    private static final String STOPS = "pado:runs:stops:";
    private static final String ASKED = "pado:runs:asked:";
    private static final int MAX_IN_ROOM = 20;
    private static final int MAX_OF_OWNER = 20;
    private static final int MAX_SWEPT = 50;

    /**
     * What has become of a run.
     *
     * @param kind whether it is still this maker's
     * @param turn whether it is its turn in its room
     * @param stop why it is to be stopped; empty if it is not
     */
    record Fate(Kind kind, boolean turn, String stop) {

        /** LIVING: this maker's. ENDED: by this maker, who is told so. LOST: another's. GONE: Redis does not know it, or not its last steps. */
        enum Kind { LIVING, ENDED, LOST, GONE }

        static Fate of(String text) {
            return switch (text) {
                case "ended" -> new Fate(Kind.ENDED, false, "");
                case "lost" -> new Fate(Kind.LOST, false, "");
                case "gone" -> new Fate(Kind.GONE, false, "");
                default -> new Fate(Kind.LIVING, text.startsWith("1"), text.substring(text.indexOf(' ') + 1));
            };
        }
    }

    private final Script open = new Script(VALUES, SHARED, "run-open.lua");
    private final Script interrupt = new Script(VALUES, SHARED, "run-interrupt.lua");
    private final Script renew = new Script(VALUES, SHARED, "run-renew.lua");
    private final Script release = new Script(VALUES, SHARED, "run-release.lua");
    private final Script sweep = new Script(VALUES, SHARED, "run-sweep.lua");
    private final Script stop = new Script(VALUES, SHARED, "run-stop.lua");
    private final Script discard = new Script(VALUES, SHARED, "run-discard.lua");
    private final Script close = new Script(VALUES, SHARED, "run-close.lua");
    private final Script restore = new Script(VALUES, SHARED, "run-restore.lua");
    private final Script read = new Script(VALUES, SHARED, "run-read.lua");
    private final Redis redis;

    @Inject
    RunStore(Redis redis) {
        this.redis = redis;
    }

    /** For the container's proxy only. */
    protected RunStore() {
        this(null);
    }

    /**
     * @param mostOfAddress runs under way that one address may have; 0: any number
     * @param mostInAnHour  runs that one address, or one user, may open within an hour, whether they have ended or not; 0: any number
     * @return {@code opened}, {@code known}, {@code busy}, {@code full}, {@code many}, {@code crowded}, or {@code often} and the milliseconds until they
     *         may again
     */
    String open(RunRequest request, String fence, int mostOfAddress, int mostInAnHour) {
        String place = place(request);
        List<String> arguments = new ArrayList<>(List.of(request.id(), fence, millis(LEASE), millis(Run.KEPT), request.busy().word(),
                Integer.toString(MAX_IN_ROOM), Integer.toString(MAX_OF_OWNER), Integer.toString(mostOfAddress), fieldsKey(""),
                Integer.toString(place.isEmpty() ? 0 : mostInAnHour), millis(LATELY)));
        RunView.fields(request).forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return (String) run(open, keys(request), arguments);
    }

    private static List<String> keys(RunRequest request) {
        return List.of(fieldsKey(request.id()), LEASES, ROOM + request.room(), OWNER + request.owner(), ADDRESS + request.address(), ASKED + place(request));
    }

    private static String place(RunRequest request) {
        return request.address().isEmpty() ? request.owner() : "address:" + request.address();
    }

    /** Asks for the end of those that were opened in its room before a run: of what is being answered, and of what its owner waits for. */
    void interruptOthers(Run run) {
        run(interrupt, List.of(fieldsKey(run.id()), ROOM + run.request().room()), List.of(run.id(), run.fence(), fieldsKey("")));
    }

    /**
     * What a run has stored for sure is asked before Redis is: its other steps may be on the way, and no step that is stored meanwhile is missing.
     *
     * @return for each run what has become of it
     */
    List<Fate> renew(List<Run> runs) {
        return ((List<?>) ofEach(renew, runs, List.of(millis(LEASE), fieldsKey(""), ROOM))).stream().map(String.class::cast).map(Fate::of).toList();
    }

    /** Leaves runs to the next sweep, at once. What their maker says from now on is refused. */
    void release(List<Run> runs) {
        ofEach(release, runs, List.of());
    }

    private Object ofEach(Script script, List<Run> runs, List<String> before) {
        List<String> keys = new ArrayList<>(List.of(LEASES));
        List<String> arguments = new ArrayList<>(before);
        runs.forEach(run -> {
            keys.add(fieldsKey(run.id()));
            arguments.addAll(List.of(run.id(), run.fence(), Long.toString(run.storedSteps())));
        });
        return run(script, keys, arguments);
    }

    /** @return runs that nobody renews: {@code claimed} under the fence, or {@code ended}, by id */
    Map<String, String> sweep(String fence) {
        List<?> found = (List<?>) run(sweep, List.of(LEASES, SWEPT, QUIET),
                List.of(fence, millis(LEASE), Integer.toString(MAX_SWEPT), fieldsKey("")));
        Map<String, String> runs = new HashMap<>();
        for (int i = 0; i < found.size(); i += 2) {
            String id = (String) found.get(i);
            if (found.get(i + 1).equals("strange")) {
                LOG.log(Level.WARNING, "The run {0} is forgotten: {1} is no hash in Redis any more; no other run is held up", new Object[] {id, fieldsKey(id)});
            } else {
                runs.put(id, (String) found.get(i + 1));
            }
        }
        return runs;
    }

    /**
     * @param who  asks
     * @param most stops of theirs that are remembered within {@link #STOP_KEPT}; 0: any number
     * @return {@code stopping}, {@code ended}, {@code unknown} or {@code many}
     */
    String stop(String id, String why, String who, int most) {
        return (String) run(stop, List.of(fieldsKey(id), STOPS + who), List.of(why, millis(STOP_KEPT), Integer.toString(most)));
    }

    /** Takes it out of the lists of those under way, if it has ended. */
    void close(String id) {
        run(close, List.of(fieldsKey(id), LEASES), List.of(id, ROOM, OWNER, ADDRESS));
    }

    /** Forgets a run that has no event yet; it does not count among those that who asks has opened. */
    Object discard(RunRequest request) {
        return run(discard, keys(request), List.of(request.id()));
    }

    /** @return whether it was stored again; not if Redis has lost nothing of it, or it is not this maker's */
    boolean restore(Run run) {
        RunRequest request = run.request();
        Backup backup = run.backup();
        List<String> arguments = new ArrayList<>(List.of(run.id(), run.fence(), millis(LEASE), millis(Run.KEPT), Long.toString(backup.steps()),
                backup.text()));
        RunView.fields(request).forEach((name, value) -> arguments.addAll(List.of(name, value)));
        backup.fields().forEach((name, value) -> arguments.addAll(List.of(name, value)));
        return Long.valueOf(1).equals(run(restore, List.of(fieldsKey(run.id()), StateKeys.text(PREFIX + run.id()), LEASES,
                ROOM + request.room(), OWNER + request.owner(), ADDRESS + request.address(), StateKeys.EPOCH, StateKeys.SEQUENCE), arguments));
    }

    Optional<RunView> read(String id) {
        List<?> parts = (List<?>) run(read, List.of(fieldsKey(id), StateKeys.text(PREFIX + id)), List.of());
        Map<String, String> fields = new HashMap<>();
        for (int i = 1; i < parts.size(); i += 2) {
            fields.put((String) parts.get(i), (String) parts.get(i + 1));
        }
        return fields.containsKey("fence") ? Optional.of(new RunView(id, (String) parts.get(0), fields)) : Optional.empty();
    }

    /** @return ids of those that are or were under way lately, in their order */
    List<String> ofRoom(String room) {
        return asked(() -> redis.commands().lrange(ROOM + room, 0, -1));
    }

    /** @return ids of those that are or were under way lately */
    Set<String> ofOwner(String owner) {
        return asked(() -> redis.commands().smembers(OWNER + owner));
    }

    private Object run(Script script, List<String> keys, List<String> arguments) {
        return asked(() -> script.run(redis.commands(), keys, arguments));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisException awayOrRefused) {
            throw new LogUnavailable(awayOrRefused);
        }
    }

    private static String fieldsKey(String id) {
        return StateKeys.fields(PREFIX + id);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
