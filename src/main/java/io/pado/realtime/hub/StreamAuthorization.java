package io.pado.realtime.hub;

import io.pado.identity.Caller;
import io.pado.identity.ChangedRoles;
import io.pado.identity.EndedSessions;
import io.pado.identity.RolesChanged;
import io.pado.identity.SessionsEnded;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Renewals;
import io.pado.realtime.StreamProlonged;
import io.pado.realtime.log.LogUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a stream open for as long as its caller's word holds: announces the token's end, looks then whether a fresh one was left,
 * ends the streams of a login that has ended, and has streams hear what their caller's changed roles allow. Looks once a second; streams without a token are none of its business.
 */
@ApplicationScoped
public class StreamAuthorization {

    private static final Duration AHEAD = Duration.ofSeconds(30);

    private final Hub hub;
    private final Renewals renewals;
    private final EndedSessions ended;
    private final ChangedRoles roles;
    private final AudienceChanges changes;
    private final Event<StreamProlonged> prolonged;
    private final Clock clock;
    private final Executor writers;
    private final ScheduledExecutorService timer;
    private Future<?> looking;

    @Inject
    StreamAuthorization(Hub hub, Renewals renewals, EndedSessions ended, ChangedRoles roles, AudienceChanges changes,
            Event<StreamProlonged> prolonged, Clock clock, Executor writers, ScheduledExecutorService timer) {
        this.hub = hub;
        this.renewals = renewals;
        this.ended = ended;
        this.roles = roles;
        this.changes = changes;
        this.prolonged = prolonged;
        this.clock = clock;
        this.writers = writers;
        this.timer = timer;
    }

    /** For the container's proxy only. */
    protected StreamAuthorization() {
        this(null, null, null, null, null, null, null, null, null);
    }

    void start(@Observes Startup startup) {
        looking = timer.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }

    void stop(@Observes Shutdown shutdown) {
        looking.cancel(false);
    }

    /** The same is looked at once a second: a stream may have been about to open, or to be prolonged, when its login ended. */
    void sessionsEnded(@Observes SessionsEnded now) {
        for (Subscriber subscriber : hub.subscribers()) {
            if (now.sessions().contains(subscriber.caller().session())) {
                subscriber.finish(CloseReason.LOGGED_OUT);
            }
        }
    }

    /** As above: the same is looked at once a second. */
    void rolesChanged(@Observes RolesChanged now) {
        now.users().forEach(user -> hub.subscribersOf(user).forEach(this::bringRolesUpToDate));
    }

    void look() {
        Instant now = clock.instant();
        for (Subscriber subscriber : hub.subscribers()) {
            bringRolesUpToDate(subscriber);
            Instant end = subscriber.caller().expiresAt();
            if (ended.contains(subscriber.caller().session())) {
                subscriber.finish(CloseReason.LOGGED_OUT);
            } else if (!end.isAfter(now)) {
                // Asks a store, which the timer's thread must not wait for.
                writers.execute(() -> renewOrEnd(subscriber));
            } else if (!end.isAfter(now.plus(AHEAD))) {
                subscriber.warnOfExpiry();
            }
        }
    }

    private void bringRolesUpToDate(Subscriber subscriber) {
        Caller before = subscriber.caller();
        Caller now = roles.current(before);
        if (now != before) {
            subscriber.become(now);
            changes.recheck(subscriber);
        }
    }

    private void renewOrEnd(Subscriber subscriber) {
        Optional<Caller> fresh = latest(subscriber).filter(caller -> caller.expiresAt().isAfter(clock.instant()));
        if (fresh.isEmpty()) {
            subscriber.finish(CloseReason.EXPIRED);
        } else {
            subscriber.renew(fresh.get());
            changes.recheck(subscriber);
            prolonged.fire(new StreamProlonged(subscriber.id(), fresh.get()));
        }
    }

    private Optional<Caller> latest(Subscriber subscriber) {
        try {
            return renewals.latest(subscriber.id()).map(roles::current);
        } catch (LogUnavailable unavailable) {
            return Optional.empty();
        }
    }
}
