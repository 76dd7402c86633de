package io.pado.system;

import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bson.Document;
import org.bson.types.ObjectId;

/** Another program that writes into the database which Pado watches, as it likes. */
final class MongoWriter implements AutoCloseable {

    private static final AtomicLong LAST = new AtomicLong();

    private final MongoClient client;
    private final MongoDatabase database;

    MongoWriter(Cluster cluster) {
        client = MongoClients.create(cluster.mongo().url());
        database = client.getDatabase("pado");
    }

    MongoDatabase database() {
        return database;
    }

    MongoCollection<Document> collection(String name) {
        return database.getCollection(name);
    }

    /** @return {@code _id} of a new room */
    ObjectId room(long... participants) {
        Document room = new Document("kind", "group").append("createdAt", now()).append("participants", list(participants));
        collection("chatrooms").insertOne(room);
        return room.getObjectId("_id");
    }

    void message(Object room, String content) {
        collection("chatmessages").insertOne(messageOf(room, content));
    }

    static Document messageOf(Object room, String content) {
        return new Document("roomId", room).append("senderId", 1L).append("senderName", "Somebody").append("senderType", "user")
                .append("content", content).append("createdAt", now());
    }

    void notification(long user, String title) {
        collection("notifications").insertOne(new Document("userId", user).append("title", title).append("message", "m").append("kind", "info")
                .append("link", "/x").append("createdAt", now()));
    }

    /** @return {@code _id} of a new booking */
    ObjectId booking(long customer, long partner, String service) {
        Document booking = new Document("customerId", customer).append("partnerId", partner).append("serviceName", service).append("status", "pending")
                .append("paymentStatus", "unpaid").append("amount", 30_000L).append("startsAt", now()).append("createdAt", now())
                .append("updatedAt", now());
        collection("bookings").insertOne(booking);
        return booking.getObjectId("_id");
    }

    void change(Object booking, String field, Object value) {
        collection("bookings").updateOne(new Document("_id", booking), new Document("$set", new Document(field, value).append("updatedAt", now())));
    }

    /** Inserts all in one transaction. */
    void together(String name, List<Document> documents) {
        try (ClientSession session = client.startSession()) {
            session.withTransaction(() -> collection(name).insertMany(session, documents));
        }
    }

    /** @return a later time at each call; two changes within a millisecond would have the same {@code updatedAt}, and the second may then change nothing */
    private static Date now() {
        return new Date(LAST.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis())));
    }

    private static List<Long> list(long... numbers) {
        return Arrays.stream(numbers).boxed().toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
