package io.pado.platform.queue;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.queue.ledger.Claim;
import io.pado.platform.queue.ledger.JobLedger;
import io.pado.platform.queue.ledger.QueueConfig;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Each second, on each node: keeps the leases of the jobs under way here, ends those that take too long, and then sweeps the ledger. In this order, so
 * that after an outage nobody counts as crashed who is still there.
 */
@ApplicationScoped
class JobKeeper {

    private static final Logger LOG = Logger.getLogger(JobKeeper.class.getName());
    private static final long PERIOD_MILLIS = 1_000;

    @Inject
    private JobLedger ledger;
    @Inject
    private JobWorkers workers;
    @Inject
    private JobSender sender;
    @Inject
    private QueueConfig config;
    @Resource
    private ManagedThreadFactory threads;

    private final BackgroundLoop loop = new BackgroundLoop("jobs", this::keep);

    void start(@Observes Startup startup) {
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    private long keep() {
        Collection<Job> running = workers.running();
        running.stream().filter(job -> job.age().compareTo(config.longest()) > 0).forEach(this::endLate);
        renew(running);
        ledger.sweep().forEach(sender::send);
        return PERIOD_MILLIS;
    }

    /** One that is stuck would keep its lease for ever. */
    private void endLate(Job job) {
        if (job.isLost()) {
            return;
        }
        ledger.fail(job.claim(), "It took longer than " + config.longest().toSeconds() + " s.").next().ifPresent(sender::send);
        if (job.lose()) {
            LOG.log(Level.WARNING, "Job {0} took longer than {1} s and was ended", new Object[] {job.id(), config.longest().toSeconds()});
        }
    }

    /** Fences alone would let a worker that has lost its job go on, in vain. */
    private void renew(Collection<Job> running) {
        if (running.isEmpty()) {
            return;
        }
        Set<Claim> held = new HashSet<>(ledger.renew(running.stream().map(Job::claim).toList()));
        running.stream().filter(job -> !held.contains(job.claim())).filter(Job::lose)
                .forEach(job -> LOG.log(Level.INFO, "Job {0} was lost to another worker", job.id()));
    }
}
