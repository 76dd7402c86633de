package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bson.BsonBinarySubType;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What other programs write into MongoDB reaches the people it concerns, and nobody else. */
@ExtendWith(TwoNodes.class)
class FeedIT {

    private static final String PATH = "/api/realtime/stream?token=";

    private final Cluster cluster;
    private MongoWriter writer;
    private Login customer;
    private Login partner;
    private Login stranger;
    private Stream ofCustomer;
    private Stream ofPartner;
    private Stream ofStranger;

    FeedIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void open() {
        writer = new MongoWriter(cluster);
        customer = cluster.login("customer");
        partner = cluster.login("partner");
        stranger = cluster.login("user3");
        ofCustomer = listen(cluster.a(), customer, "");
        ofPartner = listen(cluster.b(), partner, "");
        ofStranger = listen(cluster.b(), stranger, "");
    }

    @AfterEach
    void close() {
        List.of(ofCustomer, ofPartner, ofStranger).forEach(Stream::close);
        writer.close();
    }

    @Test
    void streamGreetsWithItsUser() {
        SseEvent connected = ofCustomer.events().get(0);
        assertThat(connected.name()).isEqualTo("connected");
        assertThat(connected.json().keySet()).containsExactly("connectionId", "userId", "roles", "timestamp");
        assertThat(connected.json().getInt("userId")).isEqualTo((int) customer.userId());
        assertThat(connected.json().getJsonArray("roles").toString()).contains("\"customer\"");
        assertThat(Http.get(cluster.a(), "/api/realtime/stream").statusCode()).isEqualTo(401);
    }

    @Test
    void insertsOfAnotherProgramReachTheRightUsersOnAllNodes() {
        ObjectId room = writer.room(customer.userId(), partner.userId());
        String text = "안녕 " + UUID.randomUUID();
        writer.message(room, text);
        writer.notification(partner.userId(), text);
        ObjectId booking = writer.booking(customer.userId(), partner.userId(), text);

        for (Stream stream : List.of(ofCustomer, ofPartner)) {
            JsonObject message = stream.first(event -> event.name().equals("message") && event.data().contains(text)).json();
            assertThat(message.keySet()).containsExactly("id", "roomId", "senderId", "senderName", "senderType", "content", "createdAt");
            assertThat(message.getString("roomId")).isEqualTo(room.toHexString());
            assertThat(message.getInt("senderId")).isEqualTo(1);
            JsonObject told = bookings(stream, booking, 1).get(0);
            assertThat(told.keySet()).containsExactly("bookingId", "status", "paymentStatus", "previousStatus", "customerId", "partnerId", "serviceName",
                    "startsAt", "amount", "updatedAt", "operation");
            assertThat(told.getString("operation")).isEqualTo("created");
            assertThat(told.get("previousStatus")).isEqualTo(JsonValue.NULL);
            assertThat(told.getInt("amount")).isEqualTo(30_000);
        }
        JsonObject notification = ofPartner.first(event -> event.name().equals("notification") && event.data().contains(text)).json();
        assertThat(notification.keySet()).containsExactly("id", "title", "message", "kind", "link", "createdAt");
        assertThat(ofCustomer.events(event -> event.name().equals("notification") && event.data().contains(text))).isEmpty();
        awaitNext(ofStranger, stranger);
        assertThat(ofStranger.events(event -> event.data().contains(text))).isEmpty();
    }

    @Test
    void stepsWithoutAPauseAreToldAsTheseSteps() {
        ObjectId booking = writer.booking(customer.userId(), partner.userId(), "steps");
        writer.change(booking, "status", "confirmed");
        writer.change(booking, "paymentStatus", "paid");
        writer.change(booking, "status", "completed");
        writer.change(booking, "note", "of no interest but for its time");
        writer.collection("bookings").deleteOne(new Document("_id", booking));

        List<JsonObject> told = bookings(ofPartner, booking, 6);
        assertThat(told.stream().map(each -> text(each, "operation") + ' ' + text(each, "previousStatus") + ' ' + text(each, "status") + ' '
                + text(each, "paymentStatus"))).containsExactly("created null pending unpaid", "updated pending confirmed unpaid",
                        "updated confirmed confirmed paid", "updated confirmed completed paid", "updated completed completed paid",
                        "deleted completed completed paid");
        assertThat(bookings(ofCustomer, booking, 6)).isEqualTo(told);
    }

    @Test
    void whoIsNoPartyAnyMoreHearsThatTheBookingIsGoneAndNothingElse() {
        ObjectId booking = writer.booking(customer.userId(), partner.userId(), "moves");
        bookings(ofPartner, booking, 1);
        writer.collection("bookings").replaceOne(new Document("_id", booking), new Document("customerId", customer.userId())
                .append("partnerId", stranger.userId()).append("status", "confirmed").append("serviceName", "secret"));

        assertThat(bookings(ofPartner, booking, 2).get(1).getString("operation")).isEqualTo("deleted");
        assertThat(bookings(ofPartner, booking, 2).get(1).toString()).doesNotContain("secret");
        assertThat(bookings(ofStranger, booking, 1).get(0).getString("serviceName")).isEqualTo("secret");
        assertThat(bookings(ofCustomer, booking, 2).get(1).getString("operation")).isEqualTo("updated");
    }

    @Test
    void membershipAppliesToOpenStreamsAtOnceAndInOrder() {
        ObjectId room = writer.room(customer.userId());
        writer.message(room, "before");
        addTo(room, "$addToSet", stranger);
        writer.message(room, "during");
        awaitMessage(ofStranger, room, "during");
        addTo(room, "$pull", stranger);
        writer.message(room, "after");
        awaitNext(ofStranger, stranger);
        addTo(room, "$addToSet", stranger);
        writer.message(room, "again");
        awaitMessage(ofStranger, room, "again");
        writer.collection("chatrooms").deleteOne(new Document("_id", room));
        writer.message(room, "nobody is here");
        awaitNext(ofStranger, stranger);
        awaitNext(ofCustomer, customer);

        assertThat(messages(ofCustomer, room)).containsExactly("before", "during", "after", "again");
        assertThat(messages(ofStranger, room)).containsExactly("during", "again");
    }

    @Test
    void readerThatComesBackToAnotherNodeHearsWhatItMissedOnce() {
        ObjectId room = writer.room(stranger.userId());
        writer.message(room, "one");
        awaitMessage(ofStranger, room, "one");
        ofStranger.close();
        writer.message(room, "two");
        writer.message(room, "three");
        try (Stream back = listen(cluster.a(), stranger, ofStranger.lastEventId())) {
            awaitMessage(back, room, "three");
            writer.message(room, "four");
            awaitMessage(back, room, "four");
            assertThat(messages(back, room)).containsExactly("two", "three", "four");
        }
    }

    @Test
    void whatCannotBeToldIsSkippedAndWhatFollowsArrives() {
        ObjectId room = writer.room(customer.userId());
        List<Document> hostile = new ArrayList<>(List.of(new Document(), new Document("roomId", room), new Document("roomId", null).append("content", "x"),
                new Document("roomId", room).append("content", new Document("a", 1)), new Document("roomId", room).append("content", List.of("x")),
                new Document("content", "x"), new Document("roomId", room).append("content", 5), new Document("roomId", room).append("content", "x".repeat(300_000))));
        hostile.forEach(document -> writer.collection("chatmessages").insertOne(document));
        for (Object user : new Object[] {null, "nobody", -1, 0, 1.5, Double.NaN, new Document(), new ObjectId(), List.of(customer.userId()), true}) {
            writer.collection("notifications").insertOne(new Document("userId", user).append("title", "hostile"));
            writer.collection("bookings").insertOne(new Document("customerId", user).append("status", "hostile"));
        }
        writer.collection("notifications").insertOne(new Document("userId", customer.userId()).append("title", "hostile"));
        for (String wrong : List.of("{status: {a: 1}}", "{partnerId: {x: 1}}", "{startsAt: 'nope'}", "{amount: 'NaN'}", "{paymentStatus: 5}")) {
            writer.collection("bookings").insertOne(Document.parse(wrong).append("customerId", customer.userId()).append("serviceName", "hostile"));
        }
        writer.collection("chatrooms").insertMany(Arrays.<Object>asList(null, "x", 7, new Document(), Arrays.asList(null, "x", -1, 1.5),
                IntStream.range(1_000_000, 1_010_000).boxed().toList()).stream().map(users -> new Document("participants", users)).toList());
        writer.message(room, "fine");
        awaitMessage(ofCustomer, room, "fine");

        assertThat(messages(ofCustomer, room)).containsExactly("fine");
        assertThat(ofCustomer.events(event -> event.data().contains("hostile"))).isEmpty();
    }

    @Test
    void valuesOfAllTypesAreTold() {
        Instant time = Instant.parse("2026-12-01T10:00:00Z");
        String user = Long.toString(customer.userId());
        List<Object> ids = List.of(UUID.randomUUID().toString(), 1_000_000L + System.nanoTime(), new Document("of", UUID.randomUUID().toString()),
                new Binary(new byte[] {1, 2, (byte) System.nanoTime()}), new Binary(BsonBinarySubType.UUID_STANDARD, randomBytes()));
        List<Object> times = List.of(Date.from(time), new BsonTimestamp((int) time.getEpochSecond(), 1), "2026-12-01T19:00:00+09:00", "2026-12-01T10:00:00");
        for (int i = 0; i < ids.size(); i++) {
            writer.collection("bookings").insertOne(new Document("_id", ids.get(i)).append("customerId", i % 2 == 0 ? user : Double.valueOf(user))
                    .append("partnerId", "none").append("status", "pending").append("startsAt", times.get(i % times.size())).append("amount", Decimal128.parse("12.50"))
                    .append("serviceName", "all types"));
        }
        List<SseEvent> told = ofCustomer.several(ids.size(), event -> event.data().contains("all types"));
        assertThat(told).allSatisfy(event -> {
            assertThat(event.json().getString("startsAt")).isEqualTo("2026-12-01T10:00:00Z");
            assertThat(event.json().getJsonNumber("amount").bigDecimalValue()).isEqualByComparingTo("12.5");
            assertThat(event.json().get("partnerId")).isEqualTo(JsonValue.NULL);
        });
        assertThat(told.stream().map(event -> event.json().getString("bookingId")).distinct()).hasSize(ids.size()).anyMatch(id -> id.matches("[0-9a-f-]{36}"));
    }

    @Test
    void participantsOfAllFormsAreHeardAsFarAsTheyAreUsers() {
        String mark = UUID.randomUUID().toString();
        for (Object participants : List.of(Long.toString(customer.userId()), customer.userId() * 1.0, Arrays.asList(null, "x", new Document(), customer.userId()),
                LongStream.concat(LongStream.range(1_000_000, 1_010_000), LongStream.of(customer.userId())).boxed().toList())) {
            Document room = new Document("participants", participants);
            writer.collection("chatrooms").insertOne(room);
            writer.message(room.get("_id"), mark);
        }
        assertThat(ofCustomer.several(4, event -> event.data().contains(mark))).hasSize(4);
        assertThat(ofPartner.events(event -> event.data().contains(mark))).isEmpty();
    }

    @Test
    void textThatIsNoUnicodeIsToldAsTextThatIs() {
        ObjectId room = writer.room(customer.userId());
        writer.message(room, "half \ud83d of a pair");
        writer.message(room, "whole");
        awaitMessage(ofCustomer, room, "whole");
        assertThat(messages(ofCustomer, room)).hasSize(2).first().satisfies(text -> {
            assertThat(text).startsWith("half ").endsWith(" of a pair").doesNotContain("\ud83d");
        });
    }

    @Test
    void largeFieldThatNobodyReadsDoesNotHinder() {
        ObjectId booking = writer.booking(customer.userId(), partner.userId(), "large");
        writer.change(booking, "attachment", "x".repeat(9_000_000));
        writer.change(booking, "status", "confirmed");
        List<JsonObject> told = bookings(ofCustomer, booking, 3);
        assertThat(text(told.get(2), "previousStatus") + ' ' + text(told.get(2), "status")).isEqualTo("pending confirmed");
    }

    @Test
    void manyInsertsOfOneTransactionAreToldInOrder() {
        ObjectId room = writer.room(stranger.userId());
        writer.together("chatmessages", IntStream.range(0, 5_000).mapToObj(i -> MongoWriter.messageOf(room, "n" + i)).toList());
        awaitMessage(ofStranger, room, "n4999");
        assertThat(messages(ofStranger, room)).containsExactlyElementsOf(IntStream.range(0, 5_000).mapToObj(i -> "n" + i).toList());
    }

    private static byte[] randomBytes() {
        UUID uuid = UUID.randomUUID();
        return ByteBuffer.allocate(16).putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits()).array();
    }

    private static Stream listen(URI node, Login login, String lastEventId) {
        Stream stream = Stream.open(node, PATH + login.token(), lastEventId);
        stream.first(event -> event.name().equals("connected"));
        return stream;
    }

    /** Returns when what was written before has been told, for the order of changes holds over all collections. */
    private void awaitNext(Stream stream, Login login) {
        String mark = UUID.randomUUID().toString();
        writer.notification(login.userId(), mark);
        stream.first(event -> event.data().contains(mark));
    }

    private void addTo(ObjectId room, String operator, Login login) {
        writer.collection("chatrooms").updateOne(new Document("_id", room), new Document(operator, new Document("participants", login.userId())));
    }

    private static void awaitMessage(Stream stream, ObjectId room, String content) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).until(() -> stream.events(event -> event.name().equals("message")
                && event.data().contains(room.toHexString()) && event.data().contains('"' + content + '"')).size() == 1);
    }

    private static List<String> messages(Stream stream, ObjectId room) {
        return stream.events(event -> event.name().equals("message")).stream().map(SseEvent::json)
                .filter(message -> message.getString("roomId").equals(room.toHexString())).map(message -> message.getString("content")).toList();
    }

    private static List<JsonObject> bookings(Stream stream, ObjectId booking, int count) {
        return stream.several(count, event -> event.name().equals("booking") && event.data().contains(booking.toHexString())).stream()
                .map(SseEvent::json).toList();
    }

    private static String text(JsonObject json, String field) {
        return json.isNull(field) ? "null" : json.getString(field);
    }
}
