package io.pado.admin;

import io.pado.platform.BackgroundLoop;
import io.pado.platform.http.JsonBody;
import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.Publication;
import io.pado.realtime.Tap;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sse.broadcast.BroadcastTopic;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.SseBroadcaster;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Publishes this node's figures each second while an admin looks, on whichever node. A node on which somebody looks says so to all each few seconds;
 * without that nothing is published. Answers questions for readers.
 */
@ApplicationScoped
public class FiguresRelay implements Tap {

    static final String WATCHING = "watching";
    static final String FIND = "find";
    private static final long PERIOD_MILLIS = 1_000;
    private static final long SAID_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long LOOKS_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_QUESTIONS = 20;

    @Inject
    private Hub hub;
    @Inject
    private Publisher publisher;
    @Inject
    private Figures figures;
    @Inject
    @BroadcastTopic(OperationsTopics.FIGURES_NAME)
    private SseBroadcaster live;
    @Resource
    private ManagedThreadFactory threads;

    private final BlockingQueue<ReaderQuestion> questions = new ArrayBlockingQueue<>(MAX_QUESTIONS);
    private final BackgroundLoop loop = new BackgroundLoop("operations", this::step);
    private volatile long lookedAt = System.nanoTime() - LOOKS_NANOS;
    private long saidAt = System.nanoTime() - SAID_NANOS; // of the loop only

    void start(@Observes Startup startup) {
        hub.tap(OperationsTopics.ASKED, this);
        loop.start(threads);
    }

    @PreDestroy
    void stop() {
        loop.stop();
    }

    /** Somebody has just begun to look. */
    void nudge() {
        loop.nudge();
    }

    /** A question that comes while too many wait is not answered; whoever asked sees that this node's answer is missing. */
    @Override
    public void heard(Envelope event) {
        if (event.type().equals(WATCHING)) {
            lookedAt = System.nanoTime();
        } else if (event.type().equals(FIND)) {
            Json.parseObject(event.json()).map(JsonBody::of).map(sent -> new ReaderQuestion(sent.optionalText("question"),
                    sent.number("userId", "").orElse(0), sent.optionalText("connection"), sent.optionalText("topic"))).ifPresent(questions::offer);
        }
        loop.nudge();
    }

    @Override
    public void missed() {
        // Who looks says so again soon, and a question can be asked again.
    }

    private long step() {
        long now = System.nanoTime();
        if (hub.topics().contains(OperationsTopics.FIGURES) && now - saidAt >= SAID_NANOS) {
            publisher.publish(new Publication(OperationsTopics.ASKED, WATCHING, "", "{}", ""));
            saidAt = now;
            lookedAt = now;
        }
        for (Optional<ReaderQuestion> question = next(); question.isPresent(); question = next()) {
            tell("found", figures.find(question.get()));
        }
        if (now - lookedAt < LOOKS_NANOS) {
            tell("figures", figures.now());
        }
        return PERIOD_MILLIS;
    }

    private Optional<ReaderQuestion> next() {
        return Optional.ofNullable(questions.poll());
    }

    private void tell(String name, Object view) {
        // What fails is told by the loop.
        live.broadcast(LiveFact.of(name, view)).toCompletableFuture().join();
    }
}
