package io.pado.platform.queue.ledger;

import java.time.Duration;
import java.util.List;

/**
 * What a worker is told that asks for a job.
 *
 * @param id      of the job
 * @param fence   grows with each claim of the job; 0: the job is not for this worker
 * @param refusal why not: {@code done}, {@code dead}, {@code running}, {@code behind} another job of its group, {@code early} after a failure,
 *                {@code unknown}; empty if it is
 * @param attempt 1 for the first
 * @param age     since the job was added
 */
public record Claim(String id, long fence, String refusal, String kind, String group, String body, int attempt, Duration age) {

    static Claim of(String id, List<?> answer) {
        long fence = Long.parseLong((String) answer.get(0));
        if (fence == 0) {
            return new Claim(id, 0, (String) answer.get(1), "", "", "", 0, Duration.ZERO);
        }
        return new Claim(id, fence, "", (String) answer.get(1), (String) answer.get(2), (String) answer.get(3),
                (int) Math.min(Integer.MAX_VALUE, Long.parseLong((String) answer.get(4))), Duration.ofMillis(Long.parseLong((String) answer.get(5))));
    }

    public boolean isGiven() {
        return fence > 0;
    }
}
