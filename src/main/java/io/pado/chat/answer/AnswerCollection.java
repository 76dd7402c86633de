package io.pado.chat.answer;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.model.Filters;
import io.pado.chat.ChatRoom;
import io.pado.chat.persona.IntimacyCollection;
import io.pado.chat.persona.IntimacyView;
import io.pado.chat.persona.Persona;
import io.pado.platform.mongo.Mongo;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.ObjectId;

/** Answers of characters, in {@code chatmessages}: each is stored once, in one transaction with what it makes closer. */
@ApplicationScoped
class AnswerCollection {

    static final long EXP = 10;
    static final String SENDER_TYPE = "ai";

    private static final int ID_BYTES = 12;

    private final Mongo mongo;
    private final IntimacyCollection intimacies;
    private final Clock clock;

    @Inject
    AnswerCollection(Mongo mongo, IntimacyCollection intimacies, Clock clock) {
        this.mongo = mongo;
        this.intimacies = intimacies;
        this.clock = clock;
    }

    /** For the container's proxy only. */
    protected AnswerCollection() {
        this(null, null, null);
    }

    /**
     * Stores an answer, unless it was stored before.
     *
     * @param job    what it is the answer of; the same text again is the same answer
     * @param counts whether it makes the user and the character closer
     * @return how close they are now
     * @throws MongoException if MongoDB is away, or refuses
     */
    IntimacyView store(String job, ChatRoom room, long userId, Persona persona, String text, boolean counts) {
        Document answer = new Document("_id", idOf(job)).append("roomId", room.id()).append("senderId", "persona:" + persona.id())
                .append("senderName", persona.name()).append("senderType", SENDER_TYPE).append("personaId", persona.id()).append("content", text)
                .append("createdAt", Date.from(clock.instant()));
        try {
            return mongo.inTransaction(session -> {
                mongo.database().getCollection("chatmessages").insertOne(session, answer);
                return intimacies.add(session, persona.id(), userId, counts ? EXP : 0);
            });
        } catch (MongoException refused) {
            if (ErrorCategory.fromErrorCode(refused.getCode()) != ErrorCategory.DUPLICATE_KEY) {
                throw refused;
            }
            return intimacies.of(persona.id(), userId);
        }
    }

    /** @return the text of an answer, if it is stored */
    Optional<String> find(String job) {
        Document found = mongo.database().getCollection("chatmessages").withReadPreference(ReadPreference.primary()).find(Filters.eq("_id", idOf(job)))
                .first();
        return Optional.ofNullable(found).map(answer -> answer.getString("content"));
    }

    IntimacyView closeness(long personaId, long userId) {
        return intimacies.of(personaId, userId);
    }

    /** @return {@code _id} of an answer, the same each time */
    static ObjectId idOf(String job) {
        byte[] hash = new byte[2 * Long.BYTES];
        UUID name = UUID.nameUUIDFromBytes(job.getBytes(StandardCharsets.UTF_8));
        ByteBuffer.wrap(hash).putLong(name.getMostSignificantBits()).putLong(name.getLeastSignificantBits());
        return new ObjectId(Arrays.copyOf(hash, ID_BYTES));
    }
}
