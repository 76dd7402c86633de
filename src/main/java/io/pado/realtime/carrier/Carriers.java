package io.pado.realtime.carrier;

import io.pado.platform.proxy.Clients;
import io.pado.realtime.stream.StreamConfig;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What carries the open streams of this node: the bare connection, which has left HTTP and needs Open Liberty, or what the specifications offer. As
 * {@code pado.stream.carrier} says, or, with {@code auto}, the bare one if the server proves at its start that it works here. The node is not ready before
 * that is known; streams that come earlier take the standard one. Thread-safe.
 */
@ApplicationScoped
public class Carriers {

    /** Header of the requests by which the server tries the bare connection on itself; its value is this start's own. */
    public static final String PROOF = "Pado-Carrier-Proof";

    private static final Logger LOG = Logger.getLogger(Carriers.class.getName());
    private static final Duration PROVING = Duration.ofSeconds(5);
    private static final Duration STARTING = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 100;

    @Inject
    StreamConfig config;
    @Inject
    @Any
    private Instance<CarrierProof> proofs;
    @Inject
    private Turns turns;
    @Inject
    private Clients clients;
    @Resource
    private ManagedThreadFactory threads;

    private final String secret = UUID.randomUUID().toString();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile String inUse = "undecided";

    void start(@Observes Startup startup) {
        switch (config.carrier()) {
            case "auto" -> LOG.fine("What carries open streams is found out once the application has started");
            case "bare" -> decide("bare", Level.INFO, "pado.stream.carrier says so");
            case "standard" -> decide("standard", Level.INFO, "pado.stream.carrier says so");
            default -> throw new IllegalStateException("pado.stream.carrier must be auto, bare or standard, not '" + config.carrier() + "'");
        }
    }

    @PreDestroy
    void stop() {
        stopped.countDown();
    }

    /** @return {@code bare} or {@code standard}; {@code undecided} while the server starts */
    public String inUse() {
        return inUse;
    }

    /** @return whether the bare connection is to carry the stream that a request opens */
    public boolean isBare(HttpServletRequest request) {
        return inUse.equals("bare") || isProof(request.getHeader(PROOF));
    }

    /** @return whether a request with this value of {@link #PROOF} comes from this server itself, which tries the bare connection */
    public boolean isProof(String value) {
        return !isDecided() && secret.equals(value);
    }

    /**
     * Has the connection of a request leave HTTP.
     *
     * @return which must be prepared at once
     * @throws ServletException if the container cannot; it may throw unchecked exceptions for that too
     */
    public BareConnection leaveHttp(HttpServletRequest request) throws IOException, ServletException {
        String address = clients.of(request).counted();
        BareConnection connection = request.upgrade(BareConnection.class);
        connection.isOf(address);
        return connection;
    }

    /** The bare connection could not be had for one stream, which the standard carrier takes; said once. */
    public void fellBack(Throwable why) {
        if (told.compareAndSet(false, true)) {
            LOG.log(Level.WARNING,
                    "A stream could not be carried by the bare connection and takes the standard carrier, as others will that meet the same", why);
        }
    }

    /**
     * A connection failed while it left HTTP, when it is too late for another carrier: its client has to come back, and gets the standard one
     * then, unless the bare one is configured.
     */
    public void broke(Throwable why) {
        LOG.log(told.compareAndSet(false, true) ? Level.WARNING : Level.FINE, "A connection failed while it left HTTP", why);
        if (config.carrier().equals("auto") && !inUse.equals("standard")) {
            decide("standard", Level.WARNING, "the bare connection failed: " + why);
        }
    }

    /** @return in which its peers are heard */
    public Turns turns() {
        return turns;
    }

    /** @return whether the server is to hear all its connections with one thread */
    public boolean hearsWithOneThread() {
        return config.oneReader();
    }

    public boolean isDecided() {
        return !inUse.equals("undecided");
    }

    private void decide(String carrier, Level level, String why) {
        inUse = carrier;
        LOG.log(level, "Open streams are carried by the {0} carrier: {1}", new Object[] {carrier, why});
    }

    /** Has it found out, if it is not settled, on a thread of its own. @param context what all paths of the application begin with */
    public void prove(String context) {
        if (config.carrier().equals("auto")) {
            threads.newThread(() -> tryBare(context)).start();
        }
    }

    private void tryBare(String context) {
        try {
            awaitServer(context);
            long begun = System.nanoTime();
            OwnServer server = server(context);
            for (CarrierProof proof : proofs) {
                proof.run(server);
            }
            decide("bare", Level.INFO, "it was proved in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + " ms");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failed) {
            decide("standard", Level.WARNING, "the bare one could not be proved on " + config.ownAddress() + ": " + failed);
        }
    }

    /** Returns when the application answers: while it starts, others are refused or told that there is nothing. */
    private void awaitServer(String context) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + STARTING.toNanos();
        while (!server(context).answers()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("it did not answer within " + STARTING.toSeconds() + " s");
            }
            if (stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new InterruptedException("The server stops");
            }
        }
    }

    private OwnServer server(String context) {
        return new OwnServer(config.ownAddress(), context, PROOF + ": " + secret, PROVING);
    }
}
