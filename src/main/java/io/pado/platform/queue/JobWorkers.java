package io.pado.platform.queue;

import io.pado.platform.queue.ledger.Claim;
import io.pado.platform.queue.ledger.Ending;
import io.pado.platform.queue.ledger.JobLedger;
import io.pado.platform.queue.ledger.Notice;
import io.pado.platform.queue.ledger.QueueConfig;
import io.pado.platform.redis.Refusal;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.streams.operators.ReactiveStreams;
import org.eclipse.microprofile.reactive.streams.operators.SubscriberBuilder;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Does jobs, a few at a time. A message only says that a job waits: it is acked as soon as the ledger has answered, long before the job ends. So no
 * transport ever holds a message for the length of a job, and a job of a dead worker comes back by its lease.
 */
@ApplicationScoped
public class JobWorkers {

    private static final Logger LOG = Logger.getLogger(JobWorkers.class.getName());
    private static final Duration POSTPONED = Duration.ofSeconds(3);
    private static final long PAUSE_MILLIS = 500;
    private static final int LONGEST_CAUSE = 1_000;

    @Inject
    private JobLedger ledger;
    @Inject
    private JobHandlers handlers;
    @Inject
    private JobSender sender;
    @Inject
    private QueueConfig config;
    @Resource
    private ManagedThreadFactory threads;

    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<Claim, Job> running = new ConcurrentHashMap<>();
    private ExecutorService pool;
    private Slots slots;
    private volatile boolean ended;

    @PostConstruct
    void prepare() {
        pool = Executors.newCachedThreadPool(threads);
        slots = new Slots(config.workers(), pool);
    }

    /** Messages may come before the application has started, and must wait for it. */
    void start(@Observes Startup startup) {
        started.completeAsync(() -> null, pool);
    }

    /** Gives back what runs, so that other nodes need not wait for the leases. */
    void stop(@Observes Shutdown shutdown) {
        stopping.countDown();
        running.values().forEach(this::giveBack);
    }

    @PreDestroy
    void end() {
        stopping.countDown();
        pool.shutdown();
    }

    /**
     * As a stream and not as a method for each message, because only so the end of the channel is seen. It ends for good when the connector
     * fails or anything here throws, without a word to any health check; with Kafka it even keeps its partitions for minutes. Then this node does the
     * jobs that it is given or finds waiting.
     */
    @Incoming("jobs")
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    public SubscriberBuilder<Message<String>, Void> jobs() {
        return ReactiveStreams.<Message<String>>builder()
                .flatMapCompletionStage(this::take)
                .onError(failure -> LOG.log(Level.SEVERE, "No message about jobs comes any more, until this server is started again; it does those that it knows of",
                        failure))
                .onTerminate(() -> ended = true)
                .ignore();
    }

    /** @return whether messages come; if not, then never again */
    boolean isOpen() {
        return !ended;
    }

    /** Takes a job without a message about it. @return false if no worker is free */
    boolean offer(Notice notice) {
        if (isStopping() || !slots.takeIfFree()) {
            return false;
        }
        started.thenRunAsync(() -> work(Message.of(notice.id())), pool);
        return true;
    }

    /** @return the jobs under way on this node */
    Collection<Job> running() {
        return List.copyOf(running.values());
    }

    /** @return reached when the next message may come: when the application has started, and while there is a free worker */
    private CompletionStage<Message<String>> take(Message<String> message) {
        return started.thenCompose(ready -> {
            CompletionStage<Void> next = slots.take();
            try {
                pool.execute(() -> work(message));
            } catch (RejectedExecutionException ending) {
                LOG.log(Level.FINE, "This server stops: the message is left to another one, and none comes after it", ending);
                return new CompletableFuture<>();
            }
            return next.thenApply(free -> message);
        });
    }

    private void work(Message<String> message) {
        try {
            if (isStopping()) {
                return; // The transport gives the message to another node.
            }
            String id = message.getPayload();
            String attempt = UUID.randomUUID().toString();
            Optional<Claim> claim = patiently(() -> ledger.claim(id, attempt), config.longest());
            if (claim.isPresent() || !isStopping()) {
                message.ack();
            }
            claim.filter(Claim::isGiven).ifPresent(this::perform);
        } catch (RuntimeException unexpected) {
            LOG.log(Level.WARNING, "A message about a job was of no use; the job comes again", unexpected);
        } finally {
            slots.giveBack();
        }
    }

    private void perform(Claim claim) {
        Job job = new Job(claim);
        running.put(claim, job);
        try {
            if (isStopping()) {
                giveBack(job); // It may have come too late for stop().
                return;
            }
            Supplier<Ending> outcome = outcome(job);
            patiently(outcome, config.longest()).ifPresent(ending -> told(job, ending));
        } finally {
            running.remove(claim);
        }
    }

    private void told(Job job, Ending ending) {
        if (ending.isLate() && !job.isLost()) {
            LOG.log(Level.INFO, "Job {0} was lost to another worker before its end was recorded", job.id());
        }
        ending.next().ifPresent(sender::send);
    }

    /** Does the job. @return how to record what came of it */
    private Supplier<Ending> outcome(Job job) {
        Claim claim = job.claim();
        Optional<JobHandler> handler = handlers.of(claim.kind());
        if (handler.isEmpty()) {
            return () -> ledger.release(claim, "No node that was asked does jobs of the kind " + claim.kind() + ".", POSTPONED);
        }
        try {
            handler.get().work(job);
            return () -> ledger.complete(claim);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
            return () -> afterFailure(job, failure);
        } finally {
            job.over();
        }
    }

    private Ending afterFailure(Job job, Throwable failure) {
        if (job.isLost() || Passing.is(failure)) {
            LOG.log(Level.INFO, "Job {0} is given back: {1}", new Object[] {job.id(), job.isLost() ? "its worker lost it" : failure});
            return ledger.release(job.claim(), cause(failure), POSTPONED);
        }
        LOG.log(Level.WARNING, "Job " + job.id() + " has failed at its attempt " + job.attempt(), failure);
        return ledger.fail(job.claim(), cause(failure));
    }

    private static String cause(Throwable failure) {
        String text = failure.toString();
        return text.length() > LONGEST_CAUSE ? text.substring(0, LONGEST_CAUSE) : text;
    }

    private void giveBack(Job job) {
        try {
            ledger.release(job.claim(), "Its server stopped.", Duration.ZERO);
        } catch (JedisException away) {
            LOG.log(Level.INFO, "Job {0} is left to its lease: {1}", new Object[] {job.id(), away.getMessage()});
        }
        job.lose();
    }

    /**
     * Repeats a call until Redis answers: a command that timed out may have been done all the same, so each bears to be repeated.
     *
     * @return nothing if the server stops before that, Redis does not answer for too long, or refuses lastingly; the job is left to its lease
     */
    private <T> Optional<T> patiently(Supplier<T> call, Duration longest) {
        long begin = System.nanoTime();
        do {
            try {
                return Optional.of(call.get());
            } catch (JedisException away) {
                if (Refusal.of(away).filter(Refusal::isLasting).isPresent()) {
                    LOG.log(Level.WARNING, "A job is left to its lease", away);
                    return Optional.empty();
                }
                LOG.log(Level.FINE, "A job waits for Redis", away);
            }
        } while (!isStoppingAfterAPause() && System.nanoTime() - begin < longest.toNanos());
        return Optional.empty();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private boolean isStoppingAfterAPause() {
        try {
            return stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
