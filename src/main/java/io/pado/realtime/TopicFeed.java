package io.pado.realtime;

import java.util.concurrent.CompletionStage;

/** Where a node says which topics' announcements it wants. Thread-safe. */
public interface TopicFeed {

    /** @return done once announcements made from now on will reach this node */
    CompletionStage<Void> follow(Topic topic);

    /** Ends what {@link #follow} began; late announcements may still come in. */
    void unfollow(Topic topic);
}
