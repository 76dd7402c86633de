package io.pado.launch;

import java.util.List;

/** The server could not be run. The message is one sentence for the user that says what to do; details are lines of its log. */
public final class LaunchFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> details;

    LaunchFailure(String sentence) {
        this(sentence, List.of(), null);
    }

    LaunchFailure(String sentence, Throwable cause) {
        this(sentence, List.of(), cause);
    }

    LaunchFailure(String sentence, List<String> details, Throwable cause) {
        super(sentence, cause);
        this.details = List.copyOf(details);
    }

    /** What the server said last, oldest line first. */
    List<String> details() {
        return details == null ? List.of() : details;
    }
}
