package io.pado.identity.token;

import java.io.IOException;
import java.time.Duration;
import org.jose4j.http.Get;
import org.jose4j.http.SimpleGet;
import org.jose4j.http.SimpleResponse;

/**
 * Fetches, and after a failure fails at once for a while: whoever sends tokens of an issuer that does not answer must not keep this
 * server's threads waiting for it. Callers come one at a time ({@code HttpsJwks} locks).
 */
final class PatientGet implements SimpleGet {

    private static final int DEADLINE_MILLIS = 3_000;

    private final Get http = new Get();
    private final long pauseNanos;
    private long failedNanos;
    private boolean failed;

    PatientGet(Duration pause) {
        this.pauseNanos = pause.toNanos();
        http.setConnectTimeout(DEADLINE_MILLIS);
        http.setReadTimeout(DEADLINE_MILLIS);
        http.setRetries(0);
    }

    @Override
    public SimpleResponse get(String location) throws IOException {
        if (failed && System.nanoTime() - failedNanos < pauseNanos) {
            throw new IOException("A moment ago there was no answer from " + location);
        }
        try {
            SimpleResponse answer = http.get(location);
            failed = false;
            return answer;
        } catch (IOException away) {
            failed = true;
            failedNanos = System.nanoTime();
            throw away;
        }
    }
}
