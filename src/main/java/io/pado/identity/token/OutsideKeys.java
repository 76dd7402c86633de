package io.pado.identity.token;

import io.pado.platform.FailureSeries;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jose4j.http.Get;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.HttpsJwksVerificationKeyResolver;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys of another issuer, as it publishes them. Known ones are found at once. Others are fetched by one caller at a time and not more often than each
 * 5 s, whether that succeeds or not; a few callers wait for that a moment, and all others are told at once that it cannot be said: whoever sends tokens of
 * an issuer that does not answer must not keep this server's threads waiting for it. Thread-safe.
 */
final class OutsideKeys extends HttpsJwks implements VerificationKeyResolver {

    private static final int DEADLINE_MILLIS = 3_000;
    private static final int WAIT_MILLIS = 1_000;
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(5);
    private static final Duration FETCHED_AGAIN = Duration.ofMinutes(10);
    private static final Duration FETCHED_AGAIN_WHILE_AWAY = Duration.ofMinutes(1);
    /** Those who wait, of all issuers together: a quarter of the server's threads. */
    private static final Semaphore WAITING = new Semaphore(8);

    private final HttpsJwksVerificationKeyResolver resolver = new HttpsJwksVerificationKeyResolver(this);
    private final FailureSeries unfetched;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile List<JsonWebKey> known = List.of();
    /** Of the latest fetch. */
    private volatile IOException failure;

    // Guarded by turn.
    private boolean tried;
    private long triedNanos;

    /** @param issuer whose keys they are @param location where they are published */
    OutsideKeys(String issuer, String location) {
        super(location);
        unfetched = new FailureSeries("Tokens cannot be checked, for the keys of " + issuer + " cannot be fetched");
        Get http = new Get();
        http.setConnectTimeout(DEADLINE_MILLIS);
        http.setReadTimeout(DEADLINE_MILLIS);
        http.setRetries(0);
        resolver.setDisambiguateWithVerifySignature(true); // of tokens that do not name their key
        setSimpleHttpGet(http);
        setDefaultCacheDuration(FETCHED_AGAIN.toSeconds());
        setRetainCacheOnErrorDuration(FETCHED_AGAIN_WHILE_AWAY.toSeconds());
    }

    /** @throws UnresolvableKeyException if there is no such key; with a cause if that cannot be told, because they cannot be fetched */
    @Override
    public Key resolveKey(JsonWebSignature signature, List<JsonWebStructure> nested) throws UnresolvableKeyException {
        try {
            return resolver.resolveKey(signature, nested);
        } catch (UnresolvableKeyException none) {
            if (!(none.getCause() instanceof IOException)) {
                throw new UnresolvableKeyException("The token's key is not known");
            }
            IOException cause = failure;
            if (cause != null) {
                unfetched.failed(cause);
            }
            throw none;
        }
    }

    @Override
    public List<JsonWebKey> getJsonWebKeys() throws IOException {
        if (!turn.tryLock()) {
            List<JsonWebKey> now = known;
            if (!now.isEmpty()) {
                return now;
            }
            waitForTurn();
        }
        try {
            known = super.getJsonWebKeys();
            return known;
        } catch (JoseException none) {
            throw new IOException(none);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void refresh() throws IOException {
        if (!turn.tryLock()) {
            waitForTurn();
        }
        try {
            if (!tried || System.nanoTime() - triedNanos >= BETWEEN_FETCHES.toNanos()) {
                fetch();
            } else if (failure != null) {
                throw new IOException("A moment ago they could not be fetched", failure);
            }
        } finally {
            turn.unlock();
        }
    }

    private void fetch() throws IOException {
        try {
            super.refresh();
            known = super.getJsonWebKeys();
            failure = null;
        } catch (IOException away) {
            failure = away;
            throw away;
        } catch (JoseException | RuntimeException none) {
            failure = new IOException("There are no keys at " + getLocation(), none);
            throw failure;
        } finally {
            tried = true;
            triedNanos = System.nanoTime();
        }
    }

    private void waitForTurn() throws IOException {
        if (!WAITING.tryAcquire()) {
            throw new IOException("They are being fetched, and enough callers wait for that");
        }
        try {
            if (!turn.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("They are being fetched, and have not come within " + WAIT_MILLIS + " ms");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("They were waited for while the server stopped");
        } finally {
            WAITING.release();
        }
    }
}
