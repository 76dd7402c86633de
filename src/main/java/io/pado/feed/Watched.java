package io.pado.feed;

import io.pado.identity.Caller;
import io.pado.platform.mongo.Fields;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A collection of MongoDB whose changes are told on {@code /api/realtime/stream}. A feature offers it as a bean; it is called by one thread at a time. */
public interface Watched {

    /** For {@link #remembered()}: until the document is deleted. */
    Duration FOREVER = Duration.ofDays(36_500);

    /** @return the collection's name */
    String collection();

    /** @return the top-level fields that {@link #told} reads; no other ever leaves MongoDB */
    List<String> fields();

    /**
     * How long the last state of a document is remembered after its last change, so that a change can be told with what was before.
     *
     * @return zero to hear of inserts only; nothing is remembered then
     */
    default Duration remembered() {
        return Duration.ZERO;
    }

    /** @return how long a document that is so now is remembered after this change */
    default Duration remembered(Fields now) {
        return remembered();
    }

    /** @return whether an update is told with the document as it is now, not as that update left it; for what is state, not steps */
    default boolean isReadAnew() {
        return false;
    }

    /**
     * Says what a change means.
     *
     * @return what to publish, in this order; each without an idempotency key, for the change gives it one
     * @throws MalformedDocument if the document is not what it should be; the change is then skipped
     */
    List<Publication> told(Change change);

    /** @return what a caller hears on its stream besides its own {@link FeedTopics#of} */
    default Set<Topic> topics(Caller caller) {
        return Set.of();
    }
}
