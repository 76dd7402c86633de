package io.pado.platform.queue;

import io.pado.platform.Backoff;
import io.pado.platform.Texts;

/** Whether the channel takes messages, as far as its last answer says. The log is told when that changes. Thread-safe. */
final class Sending {

    private static final long LONGEST_REST_MILLIS = 2_000;

    private final Backoff backoff = new Backoff("Sending messages about jobs", LONGEST_REST_MILLIS); // guarded by this
    private volatile String refusal = ""; // written under the lock
    private volatile long restMillis; // written under the lock

    /** The channel has refused a message. */
    synchronized void failed(Throwable cause) {
        restMillis = backoff.failed(new IllegalStateException("A message was refused", cause));
        refusal = Texts.causes(cause);
    }

    /** The channel has taken a message. */
    synchronized void succeeded() {
        backoff.succeeded();
        restMillis = 0;
        refusal = "";
    }

    boolean isRefused() {
        return !refusal.isEmpty();
    }

    /** @return why messages are refused; empty if they are not */
    String refusal() {
        return refusal;
    }

    /** @return how long to rest before the next message, milliseconds */
    long restMillis() {
        return restMillis;
    }
}
