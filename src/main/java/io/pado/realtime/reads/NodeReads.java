package io.pado.realtime.reads;

import io.pado.realtime.Topic;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.log.FeedLost;
import io.pado.realtime.log.FeedRestored;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Makes the {@link SharedReads} of this node, and tells them whether it hears the others. */
@ApplicationScoped
public class NodeReads {

    @Inject
    private ReadsConfig config;
    @Inject
    private Hub hub;

    private final List<SharedReads<?, ?>> made = new CopyOnWriteArrayList<>();
    private boolean hears; // guarded by this

    /**
     * Makes reads that may be kept. To be called once for each, for they are never given up.
     *
     * @param read   finds what a key stands for; its failure is everybody's who asked
     * @param topics the topics that tell of every change of what is read
     */
    public synchronized <K, A> SharedReads<K, A> reads(Function<K, A> read, Set<Topic> topics) {
        Duration kept = config.kept();
        SharedReads<K, A> reads = new SharedReads<>(read, kept, System::nanoTime);
        if (!kept.isZero()) {
            reads.hears(hears);
            made.add(reads);
            topics.forEach(topic -> hub.tap(topic, reads));
        }
        return reads;
    }

    synchronized void lost(@Observes FeedLost lost) {
        hears = false;
        made.forEach(each -> each.hears(false));
    }

    synchronized void restored(@Observes FeedRestored restored) {
        hears = true;
        made.forEach(each -> each.hears(true));
    }
}
