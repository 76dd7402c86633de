package io.pado.realtime.log;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Log and feed in memory: what is appended is announced at once, unless the feed is cut. */
public final class MemoryLog implements EventLog, TopicFeed {

    public String epoch = "aaaa";
    public boolean away;
    public boolean feedCut;
    /** Runs once, when the log is asked next. */
    public Runnable beforeRead = () -> { };
    /** Runs each time that tops are asked for. */
    public Runnable beforeTops = () -> { };
    /** Topics that were asked for at once. */
    public int mostTops;
    public Consumer<Announcement> listener = announcement -> { };
    public final Set<Topic> followed = new HashSet<>();
    private final List<Envelope> events = new ArrayList<>();
    private final Map<Topic, Long> tops = new HashMap<>();
    private final Map<Topic, Long> forgotten = new HashMap<>();
    private final Map<String, EventId> said = new HashMap<>();
    private long sequence;

    public void publish(Topic topic) {
        publish(topic, "{}");
    }

    public void publish(Topic topic, String json) {
        append(List.of(new Entry(new Publication(topic, "t", "", json, ""), History.DEFAULT)));
    }

    /** The oldest event of the topic falls out of its history. */
    public void forgetFirst(Topic topic) {
        Envelope first = events.stream().filter(e -> e.topic().equals(topic)).findFirst().orElseThrow();
        events.remove(first);
        forgotten.put(topic, first.id().sequence());
    }

    public void lose() {
        epoch = "bbbb";
        sequence = 0;
        events.clear();
        tops.clear();
        said.clear();
        forgotten.clear();
    }

    @Override
    public List<EventId> append(List<Entry> entries) {
        return entries.stream().map(this::appendOnce).toList();
    }

    @Override
    public List<Boolean> take(List<StateStep> steps) {
        return steps.stream().map(step -> !append(step.events()).isEmpty()).toList();
    }

    private EventId appendOnce(Entry entry) {
        String idempotencyKey = entry.publication().idempotencyKey();
        EventId earlier = said.get(idempotencyKey);
        if (earlier != null) {
            return earlier;
        }
        EventId id = append(entry.publication());
        if (!idempotencyKey.isEmpty()) {
            said.put(idempotencyKey, id);
        }
        Topic topic = entry.publication().topic();
        while (events.stream().filter(event -> event.topic().equals(topic)).count() > entry.history().events()) {
            forgetFirst(topic);
        }
        return id;
    }

    private EventId append(Publication publication) {
        Topic topic = publication.topic();
        EventId id = new EventId(epoch, ++sequence);
        Envelope envelope = new Envelope(id, topic, publication.type(), publication.key(), Instant.EPOCH, publication.json());
        events.add(envelope);
        long previous = tops.getOrDefault(topic, 0L);
        tops.put(topic, sequence);
        if (!feedCut && followed.contains(topic)) {
            listener.accept(new Announcement(envelope, previous));
        }
        return id;
    }

    @Override
    public LogSlice read(Map<Topic, Long> after, int limit, int enough) {
        if (away) {
            throw new LogUnavailable(new IllegalStateException("away"));
        }
        Runnable before = beforeRead;
        beforeRead = () -> { };
        before.run();
        List<Envelope> wanted = new ArrayList<>();
        long bound = Long.MAX_VALUE;
        for (Topic topic : after.keySet()) {
            List<Envelope> all = events.stream().filter(e -> e.topic().equals(topic) && e.id().sequence() > after.get(topic)).toList();
            List<Envelope> some = new ArrayList<>();
            long bytes = 0;
            for (Envelope each : all) {
                if (some.size() < limit && (some.isEmpty() || bytes < enough / after.size())) {
                    some.add(each);
                    bytes += each.json().length();
                }
            }
            wanted.addAll(some);
            // What other topics have after the last event of a page would overtake.
            boolean cut = !some.isEmpty() && (some.size() < all.size() || some.size() == limit);
            bound = cut ? Math.min(bound, some.get(some.size() - 1).id().sequence()) : bound;
        }
        long last = bound;
        wanted.sort(Comparator.comparingLong(event -> event.id().sequence()));
        wanted.removeIf(event -> event.id().sequence() > last);
        Set<Topic> holes = new HashSet<>();
        after.forEach((topic, place) -> {
            if (forgotten.getOrDefault(topic, 0L) > place) {
                holes.add(topic);
            }
        });
        return new LogSlice(epoch, sequence, wanted, holes, bound == Long.MAX_VALUE);
    }

    @Override
    public Tops tops(Collection<Topic> topics) {
        beforeTops.run();
        mostTops = Math.max(mostTops, topics.size());
        Map<Topic, Long> wanted = new HashMap<>(tops);
        wanted.keySet().retainAll(topics);
        return new Tops(epoch, sequence, wanted);
    }

    @Override
    public String beginAnew(String of) {
        if (epoch.equals(of)) {
            long kept = sequence;
            lose();
            sequence = kept;
            epoch = "cccc";
        }
        return epoch;
    }

    /** As a Redis that is restored from an older copy. */
    public void goBack(long to) {
        sequence = to;
        events.removeIf(event -> event.id().sequence() > to);
        tops.replaceAll((topic, top) -> Math.min(top, to));
    }

    @Override
    public CompletionStage<Void> follow(Set<Topic> topics) {
        followed.addAll(topics);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void unfollow(Set<Topic> topics) {
        followed.removeAll(topics);
    }
}
