package io.pado.realtime.log;

import io.pado.realtime.Topic;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Where a node says which topics' announcements it wants. Thread-safe. */
public interface TopicFeed {

    /** @return done once announcements of all these topics made from now on will reach this node */
    CompletionStage<Void> follow(Set<Topic> topics);

    /** Ends what {@link #follow} began; late announcements may still come in. */
    void unfollow(Set<Topic> topics);
}
