package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /api/admin/users}: what admins do with users, and how soon it counts. */
@ExtendWith(TwoNodes.class)
class UsersIT {

    private static final String USERS = "/api/admin/users";
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String STAFF_TOPIC = "cafe:order:created";

    private final Cluster cluster;
    private final Login admin;

    UsersIT(Cluster cluster) {
        this.cluster = cluster;
        this.admin = cluster.login("admin");
    }

    @Test
    void usersAreFoundByAPartOfNameOrEmailPageByPage() {
        String mark = "find%_\\" + UUID.randomUUID().toString().substring(0, 8);
        for (int i = 0; i < 5; i++) {
            register(mark + i);
        }
        List<String> names = new ArrayList<>();
        String query = USERS + "?limit=2&q=" + encoded(mark.toUpperCase());
        String cursor = "";
        do {
            JsonObject page = Http.json(admin.get(query + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).body());
            assertThat(page.keySet()).containsExactly("items", "next");
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(user -> names.add(user.getString("name")));
            cursor = page.isNull("next") ? "" : page.getString("next");
        } while (!cursor.isEmpty());
        assertThat(names).containsExactly(mark + 4, mark + 3, mark + 2, mark + 1, mark + 0);

        JsonObject found = only("admin@demo.pado");
        assertThat(found.keySet()).containsExactly("id", "email", "name", "roles", "issuer", "createdAt", "logins");
        assertThat(found.isNull("issuer")).isTrue();
        assertThat(found.getInt("logins")).isPositive();
        assertThat(roles(found)).containsExactly("admin", "user");
    }

    @ParameterizedTest
    @CsvSource({"limit=0, limit", "limit=201, limit", "cursor=x, cursor", "q=a%00b, q"})
    void wrongParametersAreRefused(String query, String code) {
        assertThat(Problems.assertIs(400, admin.get(USERS + '?' + query)).getString("type")).endsWith(':' + code);
    }

    @Test
    void rolesCountWithinASecondForTokensAndOpenStreamsOfAllNodes() {
        Login user = Login.anew(cluster.a());
        String barista = USERS + '/' + user.userId() + "/roles/barista";
        Problems.assertIs(403, user.at(cluster.b()).get("/api/orders"));
        for (int twice = 0; twice < 2; twice++) {
            assertThat(admin.change("PUT", barista, "").statusCode()).isEqualTo(204);
        }
        await().atMost(SOON).until(() -> user.at(cluster.b()).get("/api/orders").statusCode() == 200);
        assertThat(roles(Http.json(user.get("/api/auth/me").body()))).containsExactly("barista", "user");

        String token = "&token=" + user.token();
        try (Stream two = Stream.open(cluster.b(), "/api/stream?topic=public:a&topic=" + STAFF_TOPIC + token);
                Stream one = Stream.open(cluster.a(), "/api/stream?topic=" + STAFF_TOPIC + token)) {
            two.first(event -> event.is("joined"));
            one.first(event -> event.is("joined"));
            for (int twice = 0; twice < 2; twice++) {
                assertThat(admin.delete(barista).statusCode()).isEqualTo(204);
            }
            assertThat(two.first(event -> event.is("rights_lost")).json().getJsonArray("topics").getString(0)).isEqualTo(STAFF_TOPIC);
            assertThat(one.first(event -> event.is("closing")).json().getString("reason")).isEqualTo("rights-changed");
            assertThat(two.ended()).isFalse();
        }
        await().atMost(SOON).until(() -> user.at(cluster.b()).get("/api/orders").statusCode() == 403);
        assertThat(user.get("/api/auth/me").statusCode()).isEqualTo(200);
        Problems.assertIs(403, user.renewed().get("/api/orders"));
    }

    @Test
    void whatCannotBeIsRefused() {
        String path = USERS + '/' + Login.anew(cluster.a()).userId() + "/roles/";
        assertThat(code(400, admin.change("PUT", path + "emperor", ""))).isEqualTo("role");
        assertThat(code(409, admin.delete(path + "user"))).isEqualTo("role-of-all");
        assertThat(code(404, admin.change("PUT", USERS + "/999999999/roles/kiosk", ""))).isEqualTo("no-such-user");
        assertThat(code(404, admin.delete(USERS + "/999999999"))).isEqualTo("no-such-user");
        Problems.assertIs(403, cluster.login("user1").get(USERS));
        Problems.assertIs(401, Http.get(cluster.a(), USERS));
    }

    /** Two who take the right from each other at once would leave nobody. */
    @Test
    void thereIsAlwaysAnAdminLeft() {
        Login other = Login.anew(cluster.a());
        String ours = USERS + '/' + admin.userId();
        String theirs = USERS + '/' + other.userId();
        for (String last : List.of("/roles/admin", "")) {
            assertThat(code(409, admin.delete(ours + last))).isEqualTo("last-admin");
        }
        assertThat(admin.change("PUT", theirs + "/roles/admin", "").statusCode()).isEqualTo(204);
        await().atMost(SOON).until(() -> other.at(cluster.b()).get(USERS).statusCode() == 200);
        try {
            List<Integer> answers = List.of(CompletableFuture.supplyAsync(() -> admin.delete(theirs + "/roles/admin")),
                            CompletableFuture.supplyAsync(() -> other.at(cluster.b()).delete(ours + "/roles/admin"))).stream()
                    .map(answer -> answer.join().statusCode()).toList();
            // The later one was refused for being the last, or for being no admin any more.
            assertThat(answers).containsAnyOf(409, 403).contains(204);
        } finally {
            Database.execute(cluster.database(), "UPDATE app_user SET roles = 'admin,user', roles_changed_at = now() WHERE id = " + admin.userId());
            Database.execute(cluster.database(), "UPDATE app_user SET roles = 'user', roles_changed_at = now() WHERE id = " + other.userId());
            await().atMost(SOON).until(() -> admin.get(USERS).statusCode() == 200 && admin.at(cluster.b()).get(USERS).statusCode() == 200);
        }
    }

    @Test
    void whoIsRemovedLeavesRooms() {
        Login gone = Login.anew(cluster.a());
        String room = Http.json(admin.post("/api/chat/rooms", "{\"participants\":[%d,%d]}".formatted(gone.userId(), cluster.login("user1").userId())).body())
                .getString("id");
        assertThat(admin.delete(USERS + '/' + gone.userId()).statusCode()).isEqualTo(204);
        assertThat(Http.json(admin.get("/api/chat/rooms").body()).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("id").equals(room)).findFirst().orElseThrow().getJsonArray("participants")).hasSize(2);
        await().atMost(SOON).until(() -> gone.at(cluster.b()).get("/api/auth/me").statusCode() == 401);
        assertThat(code(404, admin.delete(USERS + '/' + gone.userId()))).isEqualTo("no-such-user");
    }

    private void register(String name) {
        HttpResponse<String> answer = Http.post(cluster.a(), "/api/auth/register", "{\"email\":\"%s@example.org\",\"name\":\"%s\",\"password\":\"long enough\"}"
                .formatted(UUID.randomUUID(), name.replace("\\", "\\\\")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private JsonObject only(String part) {
        List<JsonObject> items = Http.json(admin.get(USERS + "?q=" + encoded(part)).body()).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(user -> user.isNull("issuer")).toList(); // users of other issuers may have any name
        assertThat(items).hasSize(1);
        return items.get(0);
    }

    private static List<String> roles(JsonObject user) {
        return user.getJsonArray("roles").getValuesAs(JsonString::getString);
    }

    private static String code(int status, HttpResponse<String> answer) {
        return Problems.assertIs(status, answer).getString("type").replaceFirst(".*:", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
