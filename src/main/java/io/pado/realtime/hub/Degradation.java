package io.pado.realtime.hub;

import io.pado.realtime.Notice;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** Why this node cannot give its readers what is new, and which of them know. Each is told once when that begins, and once when all is well. */
final class Degradation {

    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class); // guarded by this

    /** What is amiss. */
    enum Reason {
        /** The nodes do not hear each other. */
        FEED_LOST(Notice.DEGRADED),
        /** The log takes no events. */
        LOG_REFUSES(Notice.LOG_REFUSES);

        private final Notice notice;

        Reason(Notice notice) {
            this.notice = notice;
        }
    }

    /** Tells those who do not know yet. */
    synchronized void begin(Reason reason, Collection<Subscriber> subscribers) {
        reasons.add(reason);
        subscribers.forEach(this::tell);
    }

    /** Tells those who know of it, if nothing else is amiss. */
    synchronized void end(Reason reason, Collection<Subscriber> subscribers) {
        if (reasons.remove(reason) && reasons.isEmpty()) {
            subscribers.stream().filter(Subscriber::endDegraded).forEach(each -> each.notify(Notice.RECOVERED));
        }
    }

    /** Tells one that has come just now. */
    synchronized void tell(Subscriber subscriber) {
        if (!reasons.isEmpty() && subscriber.beginDegraded()) {
            subscriber.notify(reasons.iterator().next().notice);
        }
    }

    synchronized boolean isBecauseOf(Reason reason) {
        return reasons.contains(reason);
    }
}
