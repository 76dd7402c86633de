package io.pado.chat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.CollectionIndexes;
import io.pado.platform.mongo.DocumentIds;
import io.pado.platform.mongo.Documents;
import io.pado.platform.mongo.Fields;
import io.pado.platform.mongo.Mongo;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.mongo.Preparation;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.conversions.Bson;

/** The collection {@code chatrooms}. */
@ApplicationScoped
class RoomCollection implements Preparation {

    private static final String ID = "_id";
    private static final String PARTICIPANTS = "participants";
    static final String PERSONAS = "personas";
    private static final String PAIR = "pair";
    private static final String CREATED_BY = "createdBy";
    private static final String KIND = "kind";
    private static final List<String> FIELDS = List.of("name", KIND, PARTICIPANTS, PERSONAS, CREATED_BY, "createdAt");

    @Inject
    private Mongo mongo;

    private Documents documents;

    @PostConstruct
    void open() {
        documents = new Documents(mongo, MembershipCollection.ROOMS, "", FIELDS, CollectionIndexes.unique(PAIR), CollectionIndexes.newest(PARTICIPANTS),
                CollectionIndexes.newest(CREATED_BY));
    }

    @Override
    public void prepare() {
        documents.prepare();
    }

    Optional<Answer> earlier(long userId, IdempotencyKey key) {
        return documents.earlier(userId, key);
    }

    /** @throws io.pado.platform.mongo.KeyTaken if there is a direct room of these two */
    Answer insert(long userId, IdempotencyKey key, Document document) {
        return documents.insert(userId, key, () -> document, RoomView::of);
    }

    boolean isEmpty() {
        return documents.isEmpty();
    }

    Page<Document> of(long userId, PageRequest page) {
        return documents.page(with(userId), page);
    }

    Optional<Document> find(String id) {
        return documents.find(Filters.in(ID, DocumentIds.candidates(id))).stream().findFirst();
    }

    /** @return the room, if the user takes part */
    Optional<Document> find(long userId, String id) {
        return documents.find(Filters.and(Filters.in(ID, DocumentIds.candidates(id)), with(userId))).stream()
                .filter(room -> new Fields(room).users(PARTICIPANTS).contains(userId)).findFirst();
    }

    /** @return a direct room of these two and nobody else, whoever made it */
    Optional<Document> direct(long one, long other) {
        return documents.find(Filters.and(Filters.eq(KIND, Rooms.DIRECT), with(one), with(other))).stream()
                .filter(room -> Set.copyOf(new Fields(room).users(PARTICIPANTS)).equals(Set.of(one, other))).findFirst();
    }

    /** @return whether a user has created so many groups, and rooms with a character, that somebody is still in */
    boolean hasRooms(long creator, int many) {
        return documents.count(Filters.and(Filters.in(CREATED_BY, Fields.userCandidates(creator)), Filters.in(KIND, Rooms.GROUP, Rooms.ONE_ON_ONE),
                Filters.exists(PARTICIPANTS + ".0")), many) >= many;
    }

    /** Adds a user, unless the room is full or the caller takes part no more. @return what the room is then; empty if it was not changed */
    Optional<Document> add(Document room, long caller, long userId) {
        return change(room, caller, Filters.exists(PARTICIPANTS + '.' + (Rooms.MAX_PARTICIPANTS - 1), false),
                Updates.addToSet(PARTICIPANTS, userId));
    }

    /** Removes a user, unless the caller takes part no more. @return what the room is then; empty if it was not changed */
    Optional<Document> remove(Document room, long caller, long userId) {
        return change(room, caller, Filters.empty(), Updates.pullByFilter(Filters.in(PARTICIPANTS, Fields.userCandidates(userId))));
    }

    /** Deletes a room in which nobody takes part but this user. @return whether it was so */
    boolean deleteOf(Document room, long userId) {
        return documents.delete(Filters.and(Filters.eq(ID, room.get(ID)), Filters.size(PARTICIPANTS, 1), with(userId)));
    }

    /** Gives a room of people characters, unless it has some. */
    void addPersonas(String id, List<Long> personas) {
        documents.update(Filters.and(Filters.in(ID, DocumentIds.candidates(id)), Filters.exists(PERSONAS, false)), Updates.set(PERSONAS, personas));
    }

    /** Removes a user from all rooms. */
    void removeEverywhere(long userId) {
        documents.updateAll(Filters.and(Filters.type(PARTICIPANTS, BsonType.ARRAY), with(userId)),
                Updates.pullByFilter(Filters.in(PARTICIPANTS, Fields.userCandidates(userId))));
        documents.updateAll(with(userId), Updates.set(PARTICIPANTS, List.of()));
    }

    static boolean isFull(Document room) {
        return room.get(PARTICIPANTS) instanceof List<?> participants && participants.size() >= Rooms.MAX_PARTICIPANTS;
    }

    private Optional<Document> change(Document room, long caller, Bson condition, Bson update) {
        if (!(room.get(PARTICIPANTS) instanceof List)) {
            makeList(room);
        }
        Bson filter = Filters.and(Filters.eq(ID, room.get(ID)), Filters.type(PARTICIPANTS, BsonType.ARRAY), with(caller), condition);
        return documents.change(filter, update);
    }

    /** Another program may write a single participant without a list around it. */
    private void makeList(Document room) {
        documents.update(Filters.and(Filters.eq(ID, room.get(ID)), Filters.eq(PARTICIPANTS, room.get(PARTICIPANTS)),
                Filters.not(Filters.type(PARTICIPANTS, BsonType.ARRAY))), Updates.set(PARTICIPANTS, new Fields(room).users(PARTICIPANTS)));
    }

    private static Bson with(long userId) {
        return Filters.in(PARTICIPANTS, Fields.userCandidates(userId));
    }
}
