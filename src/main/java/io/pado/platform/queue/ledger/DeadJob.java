package io.pado.platform.queue.ledger;

import java.time.Instant;
import java.util.Map;

/**
 * A job that nobody does any more, until an admin says so.
 *
 * @param cause    of its last failure
 * @param attempts that were begun
 * @param failures that ended in a failure of the job's own, since it was last given its attempts
 * @param crashes  after which its worker was silent, since then
 */
public record DeadJob(String id, String kind, String group, String cause, Instant addedAt, Instant diedAt, int attempts, int failures, int crashes,
        String body) {

    static DeadJob of(String id, long diedAt, Map<String, String> job) {
        return new DeadJob(id, job.getOrDefault("kind", ""), job.getOrDefault("group", ""), job.getOrDefault("cause", ""),
                Instant.ofEpochMilli(number(job, "added")), Instant.ofEpochMilli(diedAt), (int) number(job, "attempts"),
                (int) number(job, "failures"), (int) number(job, "crashes"), job.getOrDefault("body", ""));
    }

    private static long number(Map<String, String> job, String field) {
        return Long.parseLong(job.getOrDefault(field, "0"));
    }
}
