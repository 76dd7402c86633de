package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifications over REST, on two nodes, and among documents that other programs wrote. */
@ExtendWith(TwoNodes.class)
class NotificationsIT {

    private static final String PATH = "/api/notifications";

    private final Cluster cluster;
    private final Login admin;
    private Login reader;

    NotificationsIT(Cluster cluster) {
        this.cluster = cluster;
        this.admin = cluster.login("admin");
        this.reader = cluster.login("user4").at(cluster.b());
    }

    @Test
    void notificationIsReadByItsUserOnly() {
        reader = Login.anew(cluster.b());
        JsonObject sent = send("{\"userId\":%d,\"title\":\"주문\",\"message\":\"한 줄\\n두 줄\",\"kind\":\"order\",\"link\":\"/orders/7?a=b#c\"}");
        assertThat(sent.keySet()).containsExactly("id", "title", "message", "kind", "link", "createdAt", "readAt");
        assertThat(items("")).containsExactly(sent).isEqualTo(items("?unread=true"));
        String path = PATH + '/' + sent.getString("id");

        Cafe.refused(404, "no-such-notification", admin.change("PATCH", path, "{\"read\":true}"));
        String readAt = read(path, true).getString("readAt");
        assertThat(read(path, true).getString("readAt")).isEqualTo(readAt);
        assertThat(items("?unread=true")).isEmpty();
        assertThat(items("")).hasSize(1);
        assertThat(read(path, false).isNull("readAt")).isTrue();
        assertThat(items("?unread=true")).hasSize(1);
    }

    @Test
    void sameKeyIsTheSameNotification() {
        reader = Login.anew(cluster.b());
        String key = UUID.randomUUID().toString();
        String body = "{\"userId\":%d,\"title\":\"t\",\"message\":\"m\"}".formatted(reader.userId());
        ConcurrentLinkedQueue<HttpResponse<String>> answers = new ConcurrentLinkedQueue<>();

        Crowd.run(10, i -> answers.add(admin.at(i % 2 == 0 ? cluster.a() : cluster.b()).post(PATH, body, key)));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201);
        assertThat(answers).extracting(HttpResponse::body).containsOnly(answers.peek().body());
        assertThat(items("")).hasSize(1);
        Cafe.refused(409, "idempotency-key-reused", admin.post(PATH, body.replace("\"t\"", "\"u\""), key));
    }

    @Test
    void documentsOfOtherProgramsAreListedAndReadToo() {
        reader = Login.anew(cluster.b());
        String text = Long.toString(reader.userId());
        try (MongoClient mongo = MongoClients.create(cluster.mongo().url() + "&uuidRepresentation=standard")) {
            mongo.getDatabase("pado").getCollection("notifications").insertMany(List.of(new Document("_id", "n-" + text).append("userId", text),
                    new Document("userId", reader.userId()).append("title", new Document()).append("createdAt", new Date()).append("readAt", "soon"),
                    new Document("_id", UUID.randomUUID()).append("userId", (double) reader.userId()).append("createdAt", 5).append("link", 7)));
        }
        send("{\"userId\":%d,\"title\":\"t\",\"message\":\"m\"}");

        JsonObject first = Http.json(Cafe.ok(reader.get(PATH + "?limit=3")));
        JsonObject second = Http.json(Cafe.ok(reader.get(PATH + "?limit=3&cursor=" + first.getString("next"))));
        assertThat(first.getJsonArray("items")).hasSize(3);
        assertThat(second.getJsonArray("items")).hasSize(1);
        assertThat(second.isNull("next")).isTrue();
        assertThat(read(PATH + "/n-" + text, true).isNull("readAt")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"422|link|'link':'//evil.example'", "422|link|'link':'/\\\\evil.example'",
        "422|link|'link':'javascript:alert(1)'", "422|link|'link':'http://example.org'", "422|link|'link':'orders/7'", "422|link|'link':'https://a@b/'",
        "422|link|'link':'https:///x'", "422|link|'link':'/a b'", "400|link|'link':7", "422|userId|'userId':999999999", "422|title|'title':' '",
        "422|message|'message':'a\\u0000'", "422|kind|'kind':'a\\nb'", "400|userId|'userId':'me'"})
    void wrongFieldIsRefused(int status, String field, String member) {
        String valid = "{\"userId\":%d,\"title\":\"t\",\"message\":\"m\",".formatted(reader.userId());
        String name = member.substring(1, member.indexOf('\'', 1));
        String body = (valid + member.replace('\'', '"') + '}').replaceFirst("\"" + name + "\":[^,]*,(?=.*\"" + name + "\")", "");
        assertThat(Problems.fields(Problems.assertIs(status, admin.post(PATH, body)))).containsExactly(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {"403|forbidden|POST||{}", "400|unread|GET|?unread=yes|", "400|cursor|GET|?cursor=x|",
        "422|invalid|PATCH|/1|{}", "400|bad-json|PATCH|/1|{'read':'yes'}", "404|no-such-notification|PATCH|/1|{'read':true}"})
    void badRequestIsRefused(int status, String code, String method, String path, String body) {
        String address = PATH + (path == null ? "" : path);
        Cafe.refused(status, code, method.equals("GET") ? reader.get(address) : reader.change(method, address, body.replace('\'', '"')));
    }

    private JsonObject send(String body) {
        return Cafe.created(admin.post(PATH, body.formatted(reader.userId())));
    }

    private JsonObject read(String path, boolean read) {
        return Http.json(Cafe.ok(reader.change("PATCH", path, "{\"read\":" + read + '}')));
    }

    private List<JsonObject> items(String query) {
        return Http.json(Cafe.ok(reader.get(PATH + query))).getJsonArray("items").getValuesAs(JsonObject.class);
    }
}
