package io.pado.chat;

import io.pado.chat.persona.Persona;
import io.pado.chat.persona.Personas;
import io.pado.identity.UserRemoved;
import io.pado.identity.user.UserNames;
import io.pado.platform.http.Answer;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.mongo.Fields;
import io.pado.platform.mongo.KeyTaken;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.bson.Document;
import org.bson.types.ObjectId;

/** What can be done with rooms. Who takes part in one may see it; for everybody else it does not exist. */
@ApplicationScoped
public class Rooms {

    /** Code of the problem of a room in which the caller does not take part. */
    public static final String UNKNOWN = "no-such-room";

    static final String DIRECT = "direct";
    static final int MAX_PARTICIPANTS = 500;
    /**
     * Groups, and rooms with a character, that one user has created and that somebody is still in: each is remembered for as long, and others are put
     * into groups without being asked, and hear a limited number of rooms.
     */
    static final int MAX_ROOMS = 500;

    static final String GROUP = "group";
    static final String ONE_ON_ONE = "one_on_one";

    @Inject
    private RoomCollection collection;
    @Inject
    private MessageCollection messages;
    @Inject
    private UserNames users;
    @Inject
    private Personas personas;
    @Inject
    private Clock clock;

    /**
     * Opens a room of the caller and others: a direct one of two, a group of more.
     *
     * @return 201 with the room, the same again for the same key; 200 with the direct room that these two have
     * @throws ProblemException 409 if the caller has created as many groups as one may, 422 if somebody is no user, or they are too few or too many
     */
    Answer open(long caller, IdempotencyKey key, RoomRequest request) {
        Optional<Answer> earlier = collection.earlier(caller, key);
        if (earlier.isPresent()) {
            return earlier.get();
        }
        TreeSet<Long> participants = new TreeSet<>(request.participants());
        participants.add(caller);
        if (!request.personas().isEmpty()) {
            return openWithPersonas(caller, key, request, participants);
        }
        requireUsers(participants);
        Document room = document(caller, request.name(), participants);
        return participants.size() == 2 ? openDirect(caller, key, room, participants) : openCounted(caller, key, room);
    }

    private Answer openWithPersonas(long caller, IdempotencyKey key, RoomRequest request, TreeSet<Long> participants) {
        requireKnown(participants);
        List<Long> known = personas.find(request.personas()).stream().map(Persona::id).toList();
        request.personas().stream().filter(persona -> !known.contains(persona)).findFirst().ifPresent(unknown -> {
            throw ProblemException.invalid("personaIds", "names " + unknown + ", who is no character; GET /api/personas lists them");
        });
        Document room = document(caller, request.name(), participants).append("kind", request.alone() ? ONE_ON_ONE : GROUP)
                .append(RoomCollection.PERSONAS, known);
        return openCounted(caller, key, room);
    }

    private Answer openCounted(long caller, IdempotencyKey key, Document room) {
        if (collection.hasRooms(caller, MAX_ROOMS)) {
            throw ProblemException.conflict("too-many-rooms", "You have created " + MAX_ROOMS + " groups and rooms with a character, as many as one user may;"
                    + " one that all have left does not count.");
        }
        return collection.insert(caller, key, room);
    }

    private Answer openDirect(long caller, IdempotencyKey key, Document room, TreeSet<Long> pair) {
        Optional<Document> existing = collection.direct(pair.first(), pair.last());
        if (existing.isPresent()) {
            return Answer.ok(RoomView.of(existing.get()));
        }
        try {
            return collection.insert(caller, key, room.append("pair", pair.first() + ":" + pair.last()));
        } catch (KeyTaken meanwhile) {
            return Answer.ok(RoomView.of(collection.direct(pair.first(), pair.last()).orElseThrow(() -> ProblemException.conflict("direct-room",
                    "Another program has changed the direct room of you two; ask who runs it."))));
        }
    }

    /** @return the rooms in which the user takes part */
    Page<RoomView> of(long userId, PageRequest page) {
        return collection.of(userId, page).map(RoomView::of);
    }

    /** @throws ProblemException 404 unless the user takes part */
    public ChatRoom of(long userId, String id) {
        return room(require(userId, id));
    }

    /** @return the room, whoever asks */
    public Optional<ChatRoom> find(String id) {
        return collection.find(id).map(Rooms::room);
    }

    private static ChatRoom room(Document document) {
        Fields fields = new Fields(document);
        return new ChatRoom(fields.id(), fields.text("kind").orElse(null), fields.users(RoomCollection.PERSONAS));
    }

    /** @throws ProblemException 404 unless the user takes part */
    Document require(long userId, String id) {
        return collection.find(userId, id).orElseThrow(Rooms::unknown);
    }

    /** @return whether the user takes part */
    public boolean isIn(long userId, String id) {
        return collection.find(userId, id).isPresent();
    }

    /** @return how a room is refused in which the caller does not take part */
    public static ProblemException unknown() {
        return ProblemException.notFound(UNKNOWN, "You have no such room; GET /api/chat/rooms lists yours.");
    }

    /**
     * Adds somebody to a group; who takes part already stays.
     *
     * @throws ProblemException 404 unless the caller takes part, 409 if the room is direct or full, 422 if there is no such user
     */
    RoomView add(long caller, String id, long userId) {
        Document room = require(caller, id);
        requireGroup(room);
        if (RoomView.of(room).participants().contains(userId)) {
            return RoomView.of(room);
        }
        if (!users.of(List.of(userId)).containsKey(userId)) {
            throw ProblemException.invalid("userId", "is no user; send the id of one");
        }
        Optional<Document> changed = collection.add(room, caller, userId);
        if (changed.isPresent()) {
            return RoomView.of(changed.get());
        }
        if (RoomCollection.isFull(require(caller, id))) {
            throw ProblemException.conflict("room-full", "A room has " + MAX_PARTICIPANTS + " participants at most.");
        }
        throw ProblemException.unavailable("Others change the room at this moment; try again in a few seconds.");
    }

    /**
     * Removes somebody from a group: everybody themselves, its creator everybody. Who is alone with a character can leave too. A room that all have left
     * goes, unless something was said in it.
     *
     * @throws ProblemException 404 unless the caller takes part, 403 if it is for its creator, 409 if the room is direct
     */
    void remove(long caller, String id, long userId) {
        Document room = require(caller, id);
        if (caller != userId || !RoomView.of(room).isOfOne()) {
            requireGroup(room);
        }
        if (caller != userId && !Long.valueOf(caller).equals(RoomView.of(room).createdBy())) {
            throw ProblemException.forbidden("Only who created the room can remove others; you can leave.");
        }
        boolean isNeeded = !messages.isEmpty(room.get("_id"));
        if (isNeeded || !collection.deleteOf(room, userId)) {
            collection.remove(room, caller, userId);
        }
    }

    /** Who is removed leaves all rooms, first of all: if MongoDB is away nobody is removed, and the same again makes it good. */
    void removed(@Observes UserRemoved removed) {
        collection.removeEverywhere(removed.userId());
    }

    private static void requireGroup(Document room) {
        if (RoomView.of(room).isOfTwo()) {
            throw ProblemException.conflict("direct-room", "A room of two keeps its participants; open a group.");
        }
    }

    private void requireUsers(Collection<Long> participants) {
        if (participants.size() < 2) {
            throw ProblemException.invalid("participants", "is only you; name somebody else");
        }
        requireKnown(participants);
    }

    private void requireKnown(Collection<Long> participants) {
        if (participants.size() > MAX_PARTICIPANTS) {
            throw ProblemException.invalid("participants", "must be " + MAX_PARTICIPANTS + " with you at most");
        }
        Map<Long, String> known = users.of(participants);
        Iterator<Long> unknown = participants.stream().filter(user -> !known.containsKey(user)).iterator();
        if (unknown.hasNext()) {
            throw ProblemException.invalid("participants", "names " + unknown.next() + ", who is no user");
        }
    }

    private Document document(long caller, String name, Collection<Long> participants) {
        return new Document("_id", new ObjectId()).append("name", name.isEmpty() ? null : name)
                .append("kind", participants.size() == 2 ? DIRECT : GROUP).append("participants", List.copyOf(participants))
                .append("createdBy", caller).append("createdAt", Date.from(clock.instant()));
    }
}
