package io.pado.chat;

import io.pado.feed.Change;
import io.pado.feed.Watched;
import io.pado.identity.Caller;
import io.pado.platform.mongo.Fields;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audiences;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Who takes part in a room hears its messages; from the change on, and no longer than until the change. */
@ApplicationScoped
public class RoomChanges implements Watched {

    static final String PARTICIPANTS = "participants";
    private static final Duration WHEN_EMPTY = Duration.ofDays(1);

    private final MembershipCollection memberships;

    @Inject
    RoomChanges(MembershipCollection memberships) {
        this.memberships = memberships;
    }

    /** For the container's proxy only. */
    protected RoomChanges() {
        this(null);
    }

    @Override
    public String collection() {
        return MembershipCollection.ROOMS;
    }

    @Override
    public List<String> fields() {
        return List.of(PARTICIPANTS);
    }

    /** Or nobody would know who took part in a room, once they do not. */
    @Override
    public Duration remembered() {
        return FOREVER;
    }

    /** A room that all have left is remembered for the changes that are still to come of it: they concern nobody, and not everybody. */
    @Override
    public Duration remembered(Fields now) {
        return now.users(PARTICIPANTS).isEmpty() ? WHEN_EMPTY : FOREVER;
    }

    @Override
    public boolean isReadAnew() {
        return true;
    }

    @Override
    public List<Publication> told(Change change) {
        Set<Long> before = new HashSet<>(change.before().users(PARTICIPANTS));
        Set<Long> after = new HashSet<>(change.after().users(PARTICIPANTS));
        boolean isUnknown = change.kind() != Change.Kind.INSERT && change.before().document().isEmpty();
        if (isUnknown) {
            return List.of(Audiences.changeForAll());
        }
        Set<Long> changed = new HashSet<>(before);
        changed.removeAll(after);
        after.removeAll(before);
        changed.addAll(after);
        return changed.isEmpty() ? List.of() : List.of(Audiences.change(changed));
    }

    @Override
    public Set<Topic> topics(Caller caller) {
        return memberships.roomsOf(caller.userId().orElseThrow()).stream().map(RoomTopics::of).collect(Collectors.toSet());
    }
}
