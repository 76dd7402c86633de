package io.pado.realtime.stream;

import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Subscriber;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Writes to every stream now and then, spread over the period: it keeps proxies from ending quiet streams, tells clients that somebody
 * is there and which event they must have by now, and gives the kernel something to send to peers whose cable was cut, which {@link SilentPeers} then notices.
 */
@ApplicationScoped
public class Heartbeats {

    @Inject
    private Hub hub;
    @Inject
    private Streams streams;
    @Inject
    private StreamConfig config;
    @Resource
    private ManagedScheduledExecutorService timer;

    private Future<?> beats;
    private int second;

    void start(@Observes Startup startup) {
        beats = timer.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void stop() {
        beats.cancel(false);
    }

    private void beat() {
        streams.giveUpUnopened();
        int period = config.heartbeatSeconds();
        second = (second + 1) % period;
        for (Subscriber subscriber : hub.subscribers()) {
            if (Math.floorMod(subscriber.id().hashCode(), period) == second) {
                hub.beat(subscriber);
            }
        }
    }
}
