package io.pado.realtime.stream;

import io.pado.platform.TerminationSignal;
import io.pado.realtime.CloseReason;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Subscriber;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How this node leaves when it is told to stop (SIGTERM). It is not ready from that moment on, but serves everything for
 * {@code pado.drain.seconds}, in which a balancer notices. Then it lets no stream in and tells the open ones to go, spread over the same time.
 * Only then the server begins to stop. A second signal cuts that short; so does a stop that comes in another way.
 */
@ApplicationScoped
public class Departure {

    private static final Logger LOG = Logger.getLogger(Departure.class.getName());
    private static final int STEPS_A_SECOND = 10;

    @Inject
    private Hub hub;
    @Inject
    private Streams streams;
    @Inject
    private StreamConfig config;
    @Resource
    private ManagedThreadFactory threads;

    private final AtomicBoolean announced = new AtomicBoolean();
    private final CountDownLatch hurry = new CountDownLatch(1);
    private Optional<Runnable> giveBack = Optional.empty();
    private Thread atShutdown;

    /** Made with the application, not with the first stream. */
    void start(@Observes Startup startup) {
        LOG.log(Level.FINE, "This node serves for {0} s after it was told to stop", config.drainSeconds());
    }

    /** The container waits up to 30 s for open connections before it stops the application, so the end must not wait for that. */
    @PostConstruct
    void listen() {
        atShutdown = threads.newThread(this::endAll);
        Runtime.getRuntime().addShutdownHook(atShutdown);
        giveBack = TerminationSignal.before(this::told);
    }

    @PreDestroy
    void stop() {
        endAll();
        giveBack.ifPresent(Runnable::run);
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException shuttingDown) {
            LOG.log(Level.FINE, "The whole server stops, not only the application", shuttingDown);
        }
    }

    /** @return whether this node was told to stop */
    public boolean isAnnounced() {
        return announced.get();
    }

    private void told() {
        if (!announced.compareAndSet(false, true)) {
            hurry.countDown();
            return;
        }
        LOG.log(Level.INFO, "Told to stop: not ready any more, serves for {0} s, then tells its streams to go", config.drainSeconds());
        Thread leaving = threads.newThread(this::leave);
        leaving.start();
        try {
            leaving.join();
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
    }

    private void leave() {
        try {
            if (!hurry.await(config.drainSeconds(), TimeUnit.SECONDS)) {
                streams.letNobodyIn();
                tellOneAfterTheOther();
            }
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
    }

    /** So that they do not all come to the other nodes in the same moment. */
    private void tellOneAfterTheOther() throws InterruptedException {
        List<Subscriber> open = List.copyOf(hub.subscribers());
        int steps = config.drainSeconds() * STEPS_A_SECOND;
        int told = 0;
        for (long step = 1; step <= steps && told < open.size(); step++) {
            while (told < open.size() * step / steps) {
                open.get(told++).finish(CloseReason.STOPPING);
            }
            if (hurry.await(1_000 / STEPS_A_SECOND, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void endAll() {
        announced.set(true);
        hurry.countDown();
        streams.letNobodyIn();
        hub.subscribers().forEach(subscriber -> subscriber.finish(CloseReason.STOPPING));
    }
}
