package io.pado.realtime.stream;

/**
 * A place within the limits for one stream, taken before it opens: for those that do something first which must not be done for a stream that is refused
 * afterwards. Who takes one closes it; that gives it back, unless a stream has it by then. For one thread.
 */
public final class StreamPlace implements AutoCloseable {

    private final StreamClient client;
    private final Runnable release;
    private boolean used;

    StreamPlace(StreamClient client, Runnable release) {
        this.client = client;
        this.release = release;
    }

    StreamClient client() {
        return client;
    }

    /** A stream has it from now on. @return gives it back when the stream has ended; once is enough */
    Runnable use() {
        if (used) {
            throw new IllegalStateException("This place has a stream already");
        }
        used = true;
        return release;
    }

    @Override
    public void close() {
        if (!used) {
            release.run();
        }
    }
}
