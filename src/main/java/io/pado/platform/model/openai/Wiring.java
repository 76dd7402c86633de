package io.pado.platform.model.openai;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What all calls of a model share.
 *
 * @param http      speaks HTTP/1.1, so that to close a call closes a connection and nothing else
 * @param executor  reads what comes; never held
 * @param listeners on which listeners are called
 * @param timer     for what has to happen later, and never waits itself
 * @param clock     for dates that the model names
 */
public record Wiring(HttpClient http, Executor executor, Executor listeners, ScheduledExecutorService timer, Clock clock) {

    /** Nobody can listen there, so it fails without leaving this machine. */
    private static final HttpRequest NOWHERE = HttpRequest.newBuilder(URI.create("http://127.0.0.1:0/")).build();
    private static final int SOON_MILLIS = 100;

    /**
     * Has connections really closed that were just closed. Java's client does that when its selector wakes, up to 3 s later if nothing else goes on
     * (25; measured); until then the other side sees the end of what we send, but goes on to send. A request wakes it, even one that fails at once.
     */
    void wakeSoon() {
        timer.schedule(() -> http.sendAsync(NOWHERE, BodyHandlers.discarding()), SOON_MILLIS, TimeUnit.MILLISECONDS);
    }
}
