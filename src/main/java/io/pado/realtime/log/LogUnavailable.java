package io.pado.realtime.log;

/** The log's store does not answer right now. Streams stay open; trying again later is right. */
public class LogUnavailable extends RuntimeException {

    /** @param cause what the store's client reported */
    public LogUnavailable(Throwable cause) {
        super("The event log does not answer", cause);
    }

    /** For subclasses that know more. */
    LogUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
