package io.pado.platform.queue.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;

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

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

    static DeadJob of(String id, long diedAt, Map<String, String> job) {
        return new DeadJob(id, job.getOrDefault("kind", ""), job.getOrDefault("group", ""), job.getOrDefault("cause", ""),
                Instant.ofEpochMilli(number(job, "added")), Instant.ofEpochMilli(diedAt), (int) number(job, "attempts"),
                (int) number(job, "failures"), (int) number(job, "crashes"), job.getOrDefault("body", ""));
    }

    /** What a foreign hand has made no number of counts as none. */
    private static long number(Map<String, String> job, String field) {
        String text = job.getOrDefault(field, "");
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
