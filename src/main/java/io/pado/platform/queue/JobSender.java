package io.pado.platform.queue;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.queue.ledger.Notice;
import io.pado.platform.queue.ledger.QueueConfig;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Sends notices of jobs, on a thread of its own: an emitter holds a lock while its message is on the way, so a broker that is away would make
 * all requests queue, each for its time-out. What cannot be sent now is done by this node itself, or left to the next sweep if no worker is free here.
 */
@ApplicationScoped
class JobSender {

    private static final Logger LOG = Logger.getLogger(JobSender.class.getName());
    private static final int MOST = 10_000;

    @Inject
    @Channel("newjobs") // Not the name of the incoming channel: a name may be used in one direction only.
    private Emitter<Object> channel;
    @Inject
    private JobWorkers workers;
    @Inject
    private QueueConfig config;
    @Resource
    private ManagedThreadFactory threads;

    private final BlockingQueue<Notice> pending = new LinkedBlockingQueue<>(MOST);
    private final Sending sending = new Sending();
    private final BackgroundLoop loop = new BackgroundLoop("job-sender", this::sendOne);

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** Never waits. A node whose channel has ended, or refuses, does the job itself: the ledger sees to it that nobody else does it too. */
    void send(Notice notice) {
        if (isOpen()) {
            put(notice);
        }
        if (!isOpen() || !workers.isOpen() || sending.isRefused()) {
            offer(notice);
        }
    }

    private void put(Notice notice) {
        if (!pending.offer(notice)) {
            LOG.log(Level.FINE, "Job {0} is left to the sweep: {1} others wait to be sent", new Object[] {notice.id(), MOST});
        }
    }

    private void offer(Notice notice) {
        if (!workers.offer(notice)) {
            LOG.log(Level.FINE, "Job {0} is left to the sweep: no worker is free", notice.id());
        }
    }

    /** @return whether messages can be sent at all; if not, then never again */
    boolean isOpen() {
        return !channel.isCancelled();
    }

    /** @return why the channel takes no messages now, by its last answer; empty if it takes them */
    String refusal() {
        return sending.refusal();
    }

    private long sendOne() throws InterruptedException {
        Notice notice = pending.take();
        boolean isOffered = sending.isRefused();
        try {
            channel.send(config.isKafka() ? KafkaRecords.of(config.topic(), notice) : notice.id())
                    .whenComplete((sent, unsent) -> answered(notice, isOffered, unsent));
        } catch (IllegalStateException full) {
            answered(notice, isOffered, full);
        }
        return sending.restMillis();
    }

    private void answered(Notice notice, boolean isOffered, Throwable refusal) {
        if (refusal != null) {
            refused(notice, isOffered, refusal);
        } else if (sending.isRefused()) {
            sending.succeeded();
            loop.nudge();
        }
    }

    /**
     * Those that wait behind would each wait for the same time-out, so only this one is sent again, until it is taken: that shows when the others can be
     * sent again.
     *
     * @param isOffered whether the workers of this node were asked before, because messages were refused then already
     */
    private void refused(Notice notice, boolean isOffered, Throwable refusal) {
        sending.failed(refusal);
        List<Notice> unsent = new ArrayList<>(List.of(notice));
        pending.drainTo(unsent);
        if (!isOffered) {
            unsent.forEach(this::offer);
        }
        if (isOpen()) {
            put(notice);
        }
    }
}
