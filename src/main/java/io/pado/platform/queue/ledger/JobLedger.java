package io.pado.platform.queue.ledger;

import io.pado.platform.redis.Redis;
import io.pado.platform.redis.Refusal;
import io.pado.platform.redis.Script;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.resps.Tuple;

/**
 * What is true about each job, whatever transport brings its id: who may work on it now, and whether it is done. A transport may lose,
 * repeat or delay messages; the ledger decides, by Redis' clock. Each call throws a {@code JedisException} if Redis does not answer, or
 * refuses; a call that timed out may have been done all the same, so each can be repeated. Thread-safe.
 */
@ApplicationScoped
public class JobLedger {

    private static final Logger LOG = Logger.getLogger(JobLedger.class.getName());
    private static final Duration REMEMBERED = Duration.ofHours(24);
    private static final Duration SEND_AGAIN = Duration.ofSeconds(15);
    private static final int MAX_ATTEMPTS = 3;
    private static final int MAX_AT_ONCE = 100;
    private static final String VALUES = "values.lua";
    private static final String SHARED = "jobs.lua";
    private static final String JOB = "pado:job:";
    private static final String WAITING = "pado:jobs:waiting";
    private static final String RUNNING = "pado:jobs:running";
    private static final String DEAD = "pado:jobs:dead";

    private final Redis redis;
    private final QueueConfig config;
    private final Script add = new Script(VALUES, SHARED, "job-add.lua");
    private final Script claim = new Script(VALUES, SHARED, "job-claim.lua");
    private final Script renew = new Script(VALUES, SHARED, "job-renew.lua");
    private final Script end = new Script(VALUES, SHARED, "job-end.lua");
    private final Script sweep = new Script(VALUES, SHARED, "job-sweep.lua");
    private final Script retry = new Script(VALUES, SHARED, "job-retry.lua");
    private final Script drop = new Script(VALUES, SHARED, "job-drop.lua");

    @Inject
    JobLedger(Redis redis, QueueConfig config) {
        this.redis = redis;
        this.config = config;
    }

    /** For the container's proxy only. */
    protected JobLedger() {
        this(null, null);
    }

    /** @param group jobs of one are done one after the other, in the order in which they were added; empty for none */
    public Added add(String id, String kind, String group, String body) {
        List<?> answer = run(add, id, kind, group, body, millis(SEND_AGAIN), Integer.toString(config.most()));
        long known = (Long) answer.get(0);
        return new Added(known == 1, isTrue(answer.get(1)), known < 0);
    }

    /** @param attempt a name that no other attempt has: with it the call may be repeated if its answer was lost */
    public Claim claim(String id, String attempt) {
        return Claim.of(id, run(claim, id, attempt, millis(config.lease()), millis(config.longest())));
    }

    /** @return those of the claims whose jobs are still their workers' */
    public List<Claim> renew(Collection<Claim> claims) {
        List<Claim> asked = List.copyOf(claims);
        List<String> arguments = new ArrayList<>(List.of(millis(config.lease())));
        asked.forEach(each -> arguments.addAll(List.of(each.id(), fence(each))));
        List<?> answer = run(renew, arguments.toArray(String[]::new));
        List<Claim> held = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            if (isTrue(answer.get(i))) {
                held.add(asked.get(i));
            }
        }
        return held;
    }

    /** The job is done. */
    public Ending complete(Claim claimed) {
        return end(claimed, "done", "", Duration.ZERO);
    }

    /** The job has failed by its own fault. After the third time it is dead; until then each pause is twice as long as the last one. */
    public Ending fail(Claim claimed, String cause) {
        return end(claimed, "failed", cause, config.nextAttempt());
    }

    /** Gives a job back that cannot be ended here, without a count. */
    public Ending release(Claim claimed, String cause, Duration pause) {
        return end(claimed, "released", cause, pause);
    }

    /**
     * Takes jobs back whose workers are silent, and looks after those that wait. To be called each second: after a longer time without it nobody counts
     * as crashed for the length of a lease.
     *
     * @return what is to be sent, for the first time or again
     */
    public List<Notice> sweep() {
        // A lease without its longest time since a renewal: an outage of this length ends none.
        Duration between = config.lease().dividedBy(2);
        List<?> answer = run(sweep, Integer.toString(MAX_AT_ONCE), millis(SEND_AGAIN), Integer.toString(MAX_ATTEMPTS), millis(between),
                millis(config.lease()), millis(config.age()), Integer.toString(config.mostDead()), millis(config.deadAge()));
        ((List<?>) answer.get(1)).forEach(id -> LOG.log(Level.WARNING, "The job {0} is forgotten: {1} is no hash in Redis any more; no other job is held up",
                new Object[] {id, JOB + id}));
        List<?> due = (List<?>) answer.get(0);
        List<Notice> send = new ArrayList<>();
        for (int i = 0; i < due.size(); i += 2) {
            send.add(new Notice((String) due.get(i), (String) due.get(i + 1)));
        }
        return send;
    }

    /** @return newest first */
    public List<DeadJob> dead(int most) {
        List<DeadJob> dead = new ArrayList<>();
        for (Tuple each : redis.commands().zrevrangeWithScores(DEAD, 0, most - 1L)) {
            Map<String, String> job = fields(each.getElement());
            if (!job.isEmpty()) {
                dead.add(DeadJob.of(each.getElement(), (long) each.getScore(), job));
            }
        }
        return dead;
    }

    private Map<String, String> fields(String id) {
        try {
            return redis.commands().hgetAll(JOB + id);
        } catch (JedisDataException refused) {
            if (!new Refusal(refused.getMessage()).isOfAKey()) {
                throw refused;
            }
            LOG.log(Level.WARNING, "The dead job {0} is not shown: {1} is no hash in Redis any more", new Object[] {id, JOB + id});
            return Map.of();
        }
    }

    /** @return what to send, if it is the job's turn; nothing at all if there is no such dead job */
    public Optional<Optional<Notice>> retry(String id) {
        List<?> answer = run(retry, id, millis(SEND_AGAIN));
        if (!isTrue(answer.get(0))) {
            return Optional.empty();
        }
        return Optional.of(isTrue(answer.get(2)) ? Optional.of(new Notice(id, (String) answer.get(1))) : Optional.empty());
    }

    /** @return false if there is no such dead job */
    public boolean drop(String id) {
        return isTrue(drop.run(redis.commands(), List.of(), List.of(id, millis(REMEMBERED))));
    }

    public QueueCounts counts() {
        return new QueueCounts(redis.commands().zcard(WAITING), redis.commands().zcard(RUNNING), redis.commands().zcard(DEAD));
    }

    private Ending end(Claim claimed, String outcome, String cause, Duration pause) {
        return Ending.of(run(end, claimed.id(), fence(claimed), outcome, cause, millis(pause), Integer.toString(MAX_ATTEMPTS), millis(REMEMBERED)),
                claimed.group());
    }

    private List<?> run(Script script, String... arguments) {
        return (List<?>) script.run(redis.commands(), List.of(), List.of(arguments));
    }

    private static boolean isTrue(Object answer) {
        return Long.valueOf(1).equals(answer);
    }

    private static String fence(Claim claimed) {
        return Long.toString(claimed.fence());
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }
}
