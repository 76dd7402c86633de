package io.pado.platform;

/** In which order observers of {@code Startup} run: use with {@code @Priority}; lower numbers first. Observers without one run last. */
public final class StartOrder {

    /** Brings the database's tables up to date. */
    public static final int MIGRATE = 100;
    /** Loads or makes what callers need from the first request on: signing keys, the demo's characters. */
    public static final int LOAD = 200;
    /** Starts to look at the database at intervals. */
    public static final int WATCH = 250;
    /** Starts to publish what waits in the outbox. */
    public static final int PUBLISH = 500;
    /** Prepares what may still be missing while the server serves: the demo's content, indexes of MongoDB. */
    public static final int PREPARE = 600;

    private StartOrder() {
    }
}
