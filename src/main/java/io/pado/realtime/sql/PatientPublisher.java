package io.pado.realtime.sql;

import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.LogRefused;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Publishes events of several topics, of which one that cannot take its events holds up no other: they wait in the outbox, and what follows of that topic goes
 * behind them. Each who has one has their own. Thread-safe.
 */
@Dependent
public class PatientPublisher {

    private final Publisher publisher;
    private final RefusedEvents refused;

    /** Topics of which events may wait in the outbox: what follows must not overtake them. */
    private final Set<Topic> behind = new HashSet<>();
    private long kept;

    @Inject
    public PatientPublisher(Publisher publisher, RefusedEvents refused) {
        this.publisher = publisher;
        this.refused = refused;
    }

    /** Goes on after another node, or this one, has published. @param waiting topics of which events may wait in the outbox */
    public synchronized void goOn(Set<Topic> waiting) {
        behind.clear();
        behind.addAll(waiting);
    }

    /** @return topics of which events may wait in the outbox */
    public synchronized Set<Topic> behind() {
        return Set.copyOf(behind);
    }

    /** @return how many events had to wait in the outbox; what is repeated counts again */
    public synchronized long kept() {
        return kept;
    }

    /**
     * Publishes in one step, all but what has to wait.
     *
     * @param publications in their order; those that the log or the outbox has leave the list
     * @throws LogRefused     if the log refuses all that is still in the list: none of it was stored
     * @throws LogUnavailable if some of what is still in the list may not have been stored
     */
    public synchronized void publish(List<Publication> publications) {
        Set<Topic> asked = publications.stream().map(Publication::topic).filter(behind::contains).collect(Collectors.toSet());
        if (!asked.isEmpty()) {
            Set<Topic> waiting = refused.waiting(asked);
            behind.removeIf(topic -> asked.contains(topic) && !waiting.contains(topic));
            keep(waiting, publications);
        }
        while (!publications.isEmpty()) {
            try {
                publisher.publishAll(publications);
                publications.clear();
            } catch (LogRefused refusal) {
                keep(Set.of(refusal.topic().orElseThrow(() -> refusal)), publications);
            }
        }
    }

    private void keep(Set<Topic> topics, List<Publication> from) {
        List<Publication> some = from.stream().filter(each -> topics.contains(each.topic())).toList();
        refused.keep(some);
        from.removeIf(each -> topics.contains(each.topic()));
        behind.addAll(topics);
        kept += some.size();
    }
}
