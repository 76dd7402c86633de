package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bookings over REST, on two nodes at once, and among documents that other programs wrote. */
@ExtendWith(TwoNodes.class)
class BookingsIT {

    private static final AtomicInteger MINUTES = new AtomicInteger();
    private static final int REQUESTS = 1_000;

    private final Cluster cluster;
    private final MongoClient mongo;
    private final MongoCollection<Document> documents;
    private final Login customer;
    private final Login partner;

    BookingsIT(Cluster cluster) {
        this.cluster = cluster;
        this.mongo = MongoClients.create(cluster.mongo().url());
        this.documents = mongo.getDatabase("pado").getCollection("bookings");
        this.customer = cluster.login("customer");
        this.partner = cluster.login("partner").at(cluster.b());
    }

    @AfterEach
    void close() {
        mongo.close();
    }

    @Test
    void bookingHasTheFieldsOfTheContractAndIsKnownToItsPartiesOnly() {
        HttpResponse<String> answer = customer.post("/api/bookings", body(partner.userId(), time()));
        JsonObject booking = Cafe.created(answer);
        String path = "/api/bookings/" + booking.getString("id");

        assertThat(booking.keySet()).containsExactly("id", "bookingId", "customerId", "partnerId", "serviceName", "startsAt", "amount", "status",
                "paymentStatus", "createdAt", "updatedAt");
        assertThat(booking.getString("bookingId")).isEqualTo(booking.getString("id"));
        assertThat(booking.getString("status") + ' ' + booking.getString("paymentStatus")).isEqualTo("pending unpaid");
        assertThat(answer.headers().firstValue("Location")).hasValue(path);
        assertThat(Http.json(Cafe.ok(customer.get(path)))).isEqualTo(booking).isEqualTo(Http.json(Cafe.ok(partner.get(path))));
        assertThat(items(partner, "?limit=1")).containsExactly(booking);
        Document stored = documents.find(Filters.eq(new ObjectId(booking.getString("id")))).first();
        assertThat(stored.get("customerId")).isEqualTo(customer.userId());
        assertThat(stored.get("startsAt")).isInstanceOf(Date.class);

        for (String user : List.of("user1", "admin")) {
            JsonObject unknown = Cafe.refused(404, "no-such-booking", cluster.login(user).get("/api/bookings/000000000000000000000000"));
            JsonObject foreign = Cafe.refused(404, "no-such-booking", cluster.login(user).get(path));
            assertThat(foreign.getString("detail")).isEqualTo(unknown.getString("detail"));
        }
        Cafe.refused(404, "no-such-booking", cluster.login("user1").change("PATCH", path, "{\"status\":\"cancelled\"}"));
        Cafe.refused(401, "unauthorized", Http.get(cluster.a(), path));
    }

    @Test
    void stepsAreTakenByWhomTheyAreFor() {
        String path = path(customer, time());

        Cafe.refused(403, "forbidden", customer.change("PATCH", path, "{\"status\":\"confirmed\"}"));
        Cafe.refused(403, "forbidden", customer.change("PATCH", path, "{\"paymentStatus\":\"paid\"}"));
        Cafe.refused(403, "forbidden", cluster.login("admin").change("PATCH", path, "{\"status\":\"cancelled\"}"));
        assertThat(Cafe.refused(409, "illegal-step", partner.change("PATCH", path, "{\"status\":\"completed\",\"paymentStatus\":\"paid\"}"))
                .getString("detail")).contains("is pending", "cancelled or confirmed");
        JsonObject confirmed = step(partner, path, "{\"status\":\"confirmed\",\"paymentStatus\":\"paid\"}");
        assertThat(confirmed.getString("status") + ' ' + confirmed.getString("paymentStatus")).isEqualTo("confirmed paid");
        assertThat(Instant.parse(confirmed.getString("updatedAt"))).isAfter(Instant.parse(confirmed.getString("createdAt")));
        assertThat(step(partner, path, "{\"status\":\"completed\"}").getString("status")).isEqualTo("completed");
        assertThat(Cafe.refused(409, "illegal-step", customer.change("PATCH", path, "{\"status\":\"cancelled\"}")).getString("detail"))
                .contains("final");
        assertThat(step(cluster.login("admin"), path, "{\"paymentStatus\":\"refunded\"}").getString("paymentStatus")).isEqualTo("refunded");
        assertThat(customer.get(path).body()).isEqualTo(partner.get(path).body());
    }

    @Test
    void ofManyRequestsForOneSlotOneGetsIt() {
        String body = body(partner.userId(), time());
        ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(REQUESTS, i -> answers.add(customer.at(i % 2 == 0 ? cluster.a() : cluster.b()).post("/api/bookings", body)));

        assertThat(answers).hasSize(REQUESTS);
        List<HttpResponse<String>> won = answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        assertThat(won).hasSize(1);
        answers.stream().filter(answer -> !won.contains(answer)).forEach(answer -> Cafe.refused(409, "slot-taken", answer));
    }

    @Test
    void cancelledBookingGivesItsSlotBackWhoeverCancelsIt() {
        Instant time = time();
        String first = path(customer, time);
        Cafe.refused(409, "slot-taken", cluster.login("user1").post("/api/bookings", body(partner.userId(), time.plusSeconds(59))));
        step(customer, first, "{\"status\":\"cancelled\"}");
        String second = path(cluster.login("user1"), time);

        documents.updateOne(Filters.eq(new ObjectId(second.substring(second.lastIndexOf('/') + 1))), Updates.set("status", "cancelled"));
        path(customer, time);
        Cafe.refused(409, "slot-taken", customer.post("/api/bookings", body(partner.userId(), time)));
    }

    /** Another program writes neither slot, and a booking that it moves keeps the one it had. */
    @ParameterizedTest
    @ValueSource(strings = {"date", "text", "number"})
    void slotIsTakenWhoeverHasBookedOrMovedIt(String kind) {
        Instant time = time();
        Instant later = time();
        Object written = kind.equals("date") ? Date.from(time) : kind.equals("text") ? time.atOffset(ZoneOffset.ofHours(9)).toString() : time.toEpochMilli();
        Document foreign = new Document("partnerId", Long.toString(partner.userId())).append("status", "confirmed").append("startsAt", written);
        documents.insertOne(foreign);
        Cafe.refused(409, "slot-taken", customer.post("/api/bookings", body(partner.userId(), time)));

        documents.updateOne(Filters.eq(foreign.get("_id")), Updates.set("startsAt", Date.from(later)));
        String own = path(customer, time);
        documents.updateOne(Filters.eq(new ObjectId(own.substring(own.lastIndexOf('/') + 1))), Updates.set("startsAt", Date.from(later.plusSeconds(120))));
        path(customer, time);
        Cafe.refused(409, "slot-taken", customer.post("/api/bookings", body(partner.userId(), later)));
        Cafe.refused(409, "slot-taken", customer.post("/api/bookings", body(partner.userId(), later.plusSeconds(120))));
    }

    @Test
    void ofTwoStepsAtOnceOneIsTaken() {
        String path = path(customer, time());
        ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(16, i -> answers.add(i % 2 == 0 ? partner.at(cluster.a()).change("PATCH", path, "{\"status\":\"confirmed\"}")
                : partner.change("PATCH", path, "{\"status\":\"cancelled\"}")));

        List<String> taken = answers.stream().filter(answer -> answer.statusCode() == 200).map(answer -> Http.json(answer.body()).getString("status"))
                .toList();
        // One after the other both are legal; whose answer comes first is not told by that.
        assertThat(taken).doesNotHaveDuplicates().contains("cancelled");
        assertThat(Http.json(partner.get(path).body()).getString("status")).isEqualTo("cancelled");
        answers.stream().filter(answer -> answer.statusCode() != 200).forEach(answer -> Cafe.refused(409, "illegal-step", answer));
    }

    @Test
    void sameKeyIsTheSameBooking() {
        String key = UUID.randomUUID().toString();
        String body = body(partner.userId(), time());
        ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(20, i -> answers.add(customer.at(i % 2 == 0 ? cluster.a() : cluster.b()).post("/api/bookings", body, key)));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.peek().body());
        assertThat(answers).extracting(answer -> answer.headers().firstValue("Location")).containsOnly(answers.peek().headers().firstValue("Location"));
        String path = "/api/bookings/" + Http.json(answers.peek().body()).getString("id");
        step(partner, path, "{\"status\":\"confirmed\"}");
        assertThat(customer.post("/api/bookings", body, key).body()).isEqualTo(answers.peek().body());
        Cafe.refused(409, "idempotency-key-reused", customer.post("/api/bookings", body(partner.userId(), time()), key));
        Cafe.refused(409, "slot-taken", cluster.login("user1").post("/api/bookings", body, key));
        Cafe.refused(400, "idempotency-key", customer.post("/api/bookings", body, "k".repeat(201)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"422|invalid|POST||{'partnerId':999999999,T}", "422|invalid|POST||{'partnerId':C,T}",
        "422|invalid|POST||{'partnerId':P,'serviceName':'s','amount':1,'startsAt':'2020-01-01T00:00:00Z'}", "400|bad-json|POST||[]",
        "404|no-such-booking|GET|/nothing|", "404|no-such-booking|GET|/%7B%22a%22:1%7D|", "400|cursor|GET|?cursor=garbage|",
        "400|cursor|GET|?cursor=DwAAAAtpAGEAAAA|", "400|limit|GET|?limit=0|", "400|limit|GET|?limit=201|", "422|invalid|PATCH|/1|{}",
        "422|invalid|PATCH|/1|{'status':'done'}", "400|bad-json|PATCH|/1|{'status':1}", "404|no-such-booking|PATCH|/1|{'status':'confirmed'}"})
    void badInputIsRefused(int status, String code, String method, String path, String body) {
        String filled = body == null ? "" : body.replace(",T}", ",'serviceName':'s','amount':1,'startsAt':'" + time() + "'}").replace('\'', '"')
                .replace(":P", ":" + partner.userId()).replace(":C", ":" + customer.userId());
        Cafe.refused(status, code, method.equals("GET") ? customer.get("/api/bookings" + path) : customer.change(method, "/api/bookings"
                + (path == null ? "" : path), filled));
    }

    @Test
    void documentsOfOtherProgramsAreListedAndBreakNothing() {
        Login reader = Login.anew(cluster.a());
        long id = reader.userId();
        List<Document> foreign = List.of(new Document("_id", "b-" + id).append("partnerId", Long.toString(id)),
                new Document("_id", id * 1.0).append("customerId", id * 1.0).append("status", "pending").append("slot", "s-" + id),
                new Document("_id", UUID.randomUUID()).append("customerId", (int) id).append("createdAt", "yesterday").append("amount", List.of(1)),
                new Document("_id", new Document("a", id)).append("partnerId", id).append("createdAt", new Date()).append("status", new Document()),
                new Document("customerId", Arrays.asList(null, id)).append("createdAt", List.of(new Date(), "x")).append("updatedAt", true));
        try (MongoClient other = MongoClients.create(cluster.mongo().url() + "&uuidRepresentation=standard")) {
            other.getDatabase("pado").getCollection("bookings").insertMany(foreign);
        }
        List<String> own = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            own.add(0, Cafe.created(reader.post("/api/bookings", body(partner.userId(), time()))).getString("id"));
        }

        List<JsonObject> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonObject page = Http.json(Cafe.ok(reader.get("/api/bookings?limit=2&cursor=" + cursor)));
            all.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
            cursor = page.getString("next", "");
        } while (!cursor.isEmpty());

        List<String> ids = all.stream().map(booking -> booking.getString("id")).toList();
        assertThat(ids).hasSize(12).doesNotHaveDuplicates().startsWith(own.toArray(String[]::new)).contains("b-" + id, Long.toString(id));
        JsonObject sparse = Http.json(Cafe.ok(reader.get("/api/bookings/b-" + id)));
        assertThat(sparse.entrySet().stream().filter(field -> field.getValue() != JsonValue.NULL).map(Map.Entry::getKey))
                .containsExactly("id", "bookingId", "partnerId");
        Cafe.refused(409, "illegal-step", reader.change("PATCH", "/api/bookings/b-" + id, "{\"status\":\"confirmed\"}"));
        assertThat(step(reader, "/api/bookings/" + id, "{\"status\":\"cancelled\"}").getString("status")).isEqualTo("cancelled");
    }

    @Test
    void whileMongoIsAwayTheAnswerIsThatItMayBeTriedAgainAndItIsDoneOnce() {
        String key = UUID.randomUUID().toString();
        String body = body(partner.userId(), time());
        String path = path(customer, time());
        cluster.mongo().stop();
        try {
            assertUnavailable(customer.post("/api/bookings", body, key));
            assertUnavailable(partner.change("PATCH", path, "{\"status\":\"confirmed\"}"));
        } finally {
            cluster.mongo().start();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> customer.get(path).statusCode() == 200);
        cluster.mongo().pause();
        try {
            assertUnavailable(customer.post("/api/bookings", body, key));
        } finally {
            cluster.mongo().resume();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> customer.post("/api/bookings", body, key).statusCode() == 201);
        assertThat(documents.countDocuments(Filters.eq("call.key", customer.userId() + ":" + key))).isEqualTo(1);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        Cafe.refused(503, "unavailable", answer);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private static List<JsonObject> items(Login login, String query) {
        return Http.json(Cafe.ok(login.get("/api/bookings" + query))).getJsonArray("items").getValuesAs(JsonObject.class);
    }

    private String path(Login login, Instant time) {
        return "/api/bookings/" + Cafe.created(login.post("/api/bookings", body(partner.userId(), time))).getString("id");
    }

    private static JsonObject step(Login login, String path, String body) {
        return Http.json(Cafe.ok(login.change("PATCH", path, body)));
    }

    /** A minute that no other booking of the tests has. */
    private static Instant time() {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofDays(30).plusMinutes(10L * MINUTES.incrementAndGet()));
    }

    private static String body(long partnerId, Instant startsAt) {
        return "{\"partnerId\":%d,\"serviceName\":\"상담\",\"startsAt\":\"%s\",\"amount\":30000}".formatted(partnerId, startsAt);
    }
}
