package io.pado.platform.queue;

/** A job cannot be done now, and that is not its fault: it comes again in a few seconds, and nothing is counted. */
public class JobPostponed extends RuntimeException {

    /** @param reason for the log */
    public JobPostponed(String reason) {
        super(reason);
    }

    /** @param reason for the log */
    public JobPostponed(String reason, Throwable cause) {
        super(reason, cause);
    }
}
