package io.pado.platform.queue;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.queue.ledger.Added;
import io.pado.platform.queue.ledger.DeadJob;
import io.pado.platform.queue.ledger.JobLedger;
import io.pado.platform.queue.ledger.Notice;
import io.pado.platform.queue.ledger.QueueCounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisException;

/** Work that is done later, once, by any node, though nodes and stores may go away meanwhile. Each call waits for Redis, never for a broker. */
@ApplicationScoped
public class Jobs {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:@-]{1,200}");
    private static final int LONGEST_BODY = 262_144;

    @Inject
    private JobLedger ledger;
    @Inject
    private JobSender sender;

    /**
     * Takes a job. Once this returns, the job will be done, or be dead and told to an admin, unless Redis loses its data: who knows of the job elsewhere
     * should add it again then.
     *
     * @param id    the same id is the same job, for 24 h after its end; letters, digits and {@code _.:@-}, 200 at most
     * @param kind  of the {@link JobHandler}
     * @param group jobs of one group are done one after the other, in the order in which they were added; empty for none, otherwise like an id
     * @param body  JSON, 256 Ki characters at most
     * @return whether the job is new
     * @throws ProblemException 503 if Redis does not answer, or too many jobs wait; the job may have been taken all the same in the first case
     */
    public boolean add(String id, String kind, String group, String body) {
        if (!NAME.matcher(id).matches() || !group.isEmpty() && !NAME.matcher(group).matches() || body.length() > LONGEST_BODY) {
            throw new IllegalArgumentException("A job's id or group has a wrong form, or its body is too long: " + id.length() + ", " + group.length()
                    + " and " + body.length() + " characters");
        }
        Added added = asked(() -> ledger.add(id, kind, group, body));
        if (added.isFull()) {
            throw ProblemException.unavailable("Too much work waits already; try again in a few seconds.");
        }
        if (added.isNext()) {
            sender.send(new Notice(id, group));
        }
        return added.isNew();
    }

    /** @throws ProblemException 503 if Redis does not answer */
    public QueueCounts counts() {
        return asked(ledger::counts);
    }

    /** @return the newest dead jobs, newest first. @throws ProblemException 503 if Redis does not answer */
    public List<DeadJob> dead(int most) {
        return asked(() -> ledger.dead(most));
    }

    /**
     * Gives a dead job its attempts again. In its group it is the last one now.
     *
     * @throws ProblemException 404 if there is no such dead job, 503 if Redis does not answer
     */
    public void retry(String id) {
        asked(() -> ledger.retry(id)).orElseThrow(Jobs::noSuchJob).ifPresent(sender::send);
    }

    /**
     * Gives a dead job up for good.
     *
     * @throws ProblemException 404 if there is no such dead job, 503 if Redis does not answer
     */
    public void drop(String id) {
        if (!asked(() -> ledger.drop(id))) {
            throw noSuchJob();
        }
    }

    private static ProblemException noSuchJob() {
        return ProblemException.notFound("no-such-job", "There is no dead job of this id; GET /api/queue/dead lists those there are.");
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (JedisException away) {
            throw ProblemException.unavailable("The work queue does not answer right now; try again in a few seconds.");
        }
    }
}
