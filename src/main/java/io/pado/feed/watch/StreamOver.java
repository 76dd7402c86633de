package io.pado.feed.watch;

/** The stream of changes cannot go on from where it was, and never will; a new one has to begin. */
final class StreamOver extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason one word for programs
     * @param detail what happened
     */
    StreamOver(String reason, String detail, Throwable cause) {
        super(detail, cause);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
