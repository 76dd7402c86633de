package io.pado.platform.queue.ledger;

import java.util.List;
import java.util.Optional;

/**
 * What an end of an attempt came to.
 *
 * @param state {@code done}; {@code waiting} for another attempt; {@code dead}; {@code late} if the job was not the worker's any more, so that what
 *              it did does not count
 * @param next  the job whose turn it is now, of the same group
 */
public record Ending(String state, Optional<Notice> next) {

    static Ending of(List<?> answer, String group) {
        String next = (String) answer.get(1);
        return new Ending((String) answer.get(0), next.isEmpty() ? Optional.empty() : Optional.of(new Notice(next, group)));
    }

    public boolean isLate() {
        return state.equals("late");
    }
}
