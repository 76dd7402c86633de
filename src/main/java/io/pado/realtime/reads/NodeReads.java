package io.pado.realtime.reads;

import io.pado.realtime.Topic;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.log.FeedLost;
import io.pado.realtime.log.FeedRestored;
import io.pado.realtime.log.WritesAccepted;
import io.pado.realtime.log.WritesRefused;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Makes the {@link SharedReads} of this node, and tells them whether it hears what the others change. */
@ApplicationScoped
public class NodeReads {

    private static final int BEFORE_THE_HUB = 1_000;
    private static final int AFTER_THE_HUB = 4_000;

    @Inject
    private ReadsConfig config;
    @Inject
    private Hub hub;

    // Guarded by this.
    private final List<SharedReads<?, ?>> heard = new ArrayList<>();
    private boolean fed;
    private boolean refused;

    /**
     * Makes reads that may be kept. To be called once for each, for they are never given up.
     *
     * @param read   finds what a key stands for; its failure is everybody's who asked, and is not kept
     * @param topics the topics that tell of every change of what is read
     */
    public <K, A> SharedReads<K, A> reads(Function<K, A> read, Set<Topic> topics) {
        Duration kept = config.kept();
        SharedReads<K, A> reads = new SharedReads<>(read, kept, System::nanoTime);
        if (!kept.isZero()) {
            CompletableFuture.allOf(topics.stream().map(topic -> hub.tap(topic, reads).toCompletableFuture()).toArray(CompletableFuture[]::new))
                    .whenComplete((ready, failure) -> begin(reads, failure == null));
        }
        return reads;
    }

    private synchronized void begin(SharedReads<?, ?> reads, boolean ready) {
        heard.add(reads);
        reads.hears(ready && fed && !refused);
    }

    synchronized void lost(@Observes @Priority(BEFORE_THE_HUB) FeedLost lost) {
        fed = false;
        tell();
    }

    synchronized void restored(@Observes @Priority(AFTER_THE_HUB) FeedRestored restored) {
        fed = true;
        tell();
    }

    /** Changes that other nodes make meanwhile are told later. */
    synchronized void refused(@Observes @Priority(BEFORE_THE_HUB) WritesRefused writes) {
        refused = true;
        tell();
    }

    synchronized void accepted(@Observes @Priority(AFTER_THE_HUB) WritesAccepted writes) {
        refused = false;
        tell();
    }

    private void tell() {
        heard.forEach(reads -> reads.hears(fed && !refused));
    }
}
