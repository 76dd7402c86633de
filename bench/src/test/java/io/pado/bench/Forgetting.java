package io.pado.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Between two crowds: waits until the server has given back the descriptors of the readers that are gone. A server that
 * notices closed peers only when it writes gets the chance to. Remembers what the server held without readers.
 */
final class Forgetting {
    private static final int STRAY_DESCRIPTORS = 20;
    private static final int PER_SECOND = 10;
    private static final long LOOK_MILLIS = 100;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(40);

    private final ProcessProbe server;
    private final Publishing publishing;
    private final int usual;

    /** To be made while the server has no reader. */
    Forgetting(ProcessProbe server, Publishing publishing) throws IOException {
        this.server = server;
        this.publishing = publishing;
        this.usual = server.descriptors() + STRAY_DESCRIPTORS;
    }

    /** Returns when the readers are forgotten, after 40 s at most. */
    void await() throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_NANOS;
        publishing.run(PER_SECOND, 1);
        while (server.descriptors() > usual && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
