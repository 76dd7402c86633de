package io.pado.chat;

import com.mongodb.ReadPreference;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import io.pado.platform.mongo.Fields;
import io.pado.platform.mongo.Mongo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/** Who takes part in which rooms, as the documents of the rooms say now; asked of the primary, for another member may not know yet who has left. */
@ApplicationScoped
class MembershipCollection {

    static final String ROOMS = "chatrooms";
    /** Rooms that one user hears; of more, the newest. */
    private static final int MAX_ROOMS = 1_000;

    private final Mongo mongo;

    @Inject
    MembershipCollection(Mongo mongo) {
        this.mongo = mongo;
    }

    /** For the container's proxy only. */
    protected MembershipCollection() {
        this(null);
    }

    /**
     * @return {@code _id}s of the rooms of a user
     * @throws com.mongodb.MongoException if MongoDB cannot say it now
     */
    List<Object> roomsOf(long user) {
        return mongo.database().getCollection(ROOMS).withReadPreference(ReadPreference.primary()).find(Filters.in(RoomChanges.PARTICIPANTS, Fields.userCandidates(user)))
                .projection(Projections.include("_id")).sort(Sorts.descending("_id")).limit(MAX_ROOMS)
                .map((Document room) -> room.get("_id")).into(new ArrayList<>());
    }
}
