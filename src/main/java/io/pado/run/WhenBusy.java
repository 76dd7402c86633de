package io.pado.run;

import java.util.Locale;
import java.util.Optional;

/** What happens to a new run of a room in which another one is under way. */
public enum WhenBusy {

    /** It waits for its turn. */
    ENQUEUE,

    /** It is refused. */
    REJECT,

    /** What is being answered is stopped when it begins, and keeps what there is so far; so is what the same owner waits for, and nothing else. */
    INTERRUPT;

    /** @return the one of that name in lower case; nothing for any other text */
    public static Optional<WhenBusy> of(String name) {
        for (WhenBusy each : values()) {
            if (each.word().equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
