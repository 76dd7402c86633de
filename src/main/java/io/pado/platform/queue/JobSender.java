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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;

/**
 * Sends notices of jobs, on a thread of its own: an emitter holds a lock while its message is on the way, so a broker that is away would make
 * all requests queue, each for its time-out. What cannot be sent now is left to the next sweep.
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
    private final AtomicReference<Throwable> failed = new AtomicReference<>();
    private final BackgroundLoop loop = new BackgroundLoop("job-sender", this::sendOne);

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** Never waits. A node whose channel has ended does the job itself: the ledger sees to it that nobody else does it too. */
    void send(Notice notice) {
        if ((!isOpen() || !workers.isOpen()) && !workers.offer(notice)) {
            LOG.log(Level.FINE, "Job {0} is left to the sweep: no worker is free", notice.id());
        }
        if (isOpen() && !pending.offer(notice)) {
            LOG.log(Level.FINE, "Job {0} is left to the sweep: {1} others wait to be sent", new Object[] {notice.id(), MOST});
        }
    }

    /** @return whether messages can be sent at all; if not, then never again */
    boolean isOpen() {
        return !channel.isCancelled();
    }

    private long sendOne() throws InterruptedException {
        Throwable failure = failed.getAndSet(null);
        if (failure != null) {
            giveUp(failure);
        }
        Notice notice = pending.take();
        try {
            channel.send(config.isKafka() ? KafkaRecords.of(config.topic(), notice) : notice.id())
                    .whenComplete((sent, unsent) -> failed.compareAndSet(null, unsent));
        } catch (IllegalStateException full) {
            giveUp(full);
        }
        return 0;
    }

    /** Those that wait behind would each wait for the same time-out. */
    private void giveUp(Throwable failure) {
        pending.clear();
        throw new IllegalStateException("A job could not be sent to its workers, and will be sent again later", failure);
    }
}
