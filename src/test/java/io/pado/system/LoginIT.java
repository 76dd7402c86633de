package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.DemoUsers;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TwoNodes.class)
class LoginIT {

    private static final Duration ON_ALL_NODES = Duration.ofSeconds(1);
    /** As the nodes of the tests have it. */
    private static final Duration KEY_DELAY = Duration.ofSeconds(3);
    private static final int TOGETHER = 8;

    private final Cluster cluster;

    LoginIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void loginGivesATokenThatCountsOnEveryNode() {
        Login login = Login.of(cluster.a(), "admin");

        JsonObject me = Http.json(login.at(cluster.b()).get("/api/auth/me").body());

        assertThat(me).isEqualTo(Http.json(("{\"id\":%d,\"email\":\"admin@demo.pado\",\"name\":\"admin\",\"roles\":[\"admin\",\"user\"]}")
                .formatted(login.userId())));
    }

    @Test
    void registeredUserLogsInWhateverTheCaseOfTheAddress() {
        String email = "Some.Body-" + UUID.randomUUID() + "@Example.org";
        HttpResponse<String> registered = Http.post(cluster.a(), "/api/auth/register",
                "{\"email\":\"%s\",\"name\":\"누구\",\"password\":\"long enough\"}".formatted(email));
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);

        Login login = Login.in(cluster.b(), email.toUpperCase(), "long enough");

        JsonObject me = Http.json(login.get("/api/auth/me").body());
        assertThat(me.getString("name")).isEqualTo("누구");
        assertThat(me.getJsonArray("roles").getString(0)).isEqualTo("user");
        Problems.assertIs(409, Http.post(cluster.a(), "/api/auth/register",
                "{\"email\":\"%s\",\"name\":\"x\",\"password\":\"long enough\"}".formatted(email.toLowerCase())));
    }

    @Test
    void wrongPasswordAndUnknownEmailGetTheSameAnswer() {
        HttpResponse<String> wrong = Http.post(cluster.a(), "/api/auth/login/json", Login.credentials("user5@demo.pado", "wrong"));
        HttpResponse<String> unknown = Http.post(cluster.a(), "/api/auth/login/json", Login.credentials("nobody@demo.pado", "wrong"));

        Problems.assertIs(401, wrong);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    /** They wait for each other: passwords are looked at by one at a time here. */
    @Test
    void loginsThatComeTogetherAllHaveTheirTurn() {
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        Crowd.run(TOGETHER, i -> answers.add(Http.post(cluster.a(), "/api/auth/login/json",
                Login.credentials("user" + (1 + i % 5) + "@demo.pado", DemoUsers.PASSWORD)).statusCode()));
        assertThat(answers).hasSize(TOGETHER).containsOnly(200);
    }

    @Test
    void logoutEndsThisLoginOnAllNodesAndNoOther() {
        Login login = Login.of(cluster.a(), "user2");
        Login other = Login.of(cluster.a(), "user2");

        assertThat(login.post("/api/auth/logout", "").statusCode()).isEqualTo(204);

        awaitRefused(login.at(cluster.b()));
        awaitRefused(login);
        Problems.assertIs(401, login.renewal());
        assertThat(other.get("/api/auth/me").statusCode()).isEqualTo(200);
    }

    @Test
    void adminEndsAllLoginsOfAUser() {
        Login user = Login.anew(cluster.a());
        Login admin = Login.of(cluster.a(), "admin");
        String path = "/api/admin/users/" + user.userId() + "/revoke";
        Problems.assertIs(403, user.post(path, ""));

        assertThat(admin.post(path, "").statusCode()).isEqualTo(204);

        awaitRefused(user);
        awaitRefused(user.at(cluster.b()));
        Problems.assertIs(401, user.renewal());
        Problems.assertIs(404, admin.post("/api/admin/users/999999999/revoke", ""));
    }

    @Test
    void deletedUserIsNobody() {
        Login user = Login.anew(cluster.a());

        assertThat(Login.of(cluster.a(), "admin").delete("/api/admin/users/" + user.userId()).statusCode()).isEqualTo(204);

        Problems.assertIs(401, user.get("/api/auth/me"));
        Problems.assertIs(401, user.renewal());
        awaitRefused(user.at(cluster.b()));
    }

    @Test
    void adminOpensAndClosesPollsAndNobodyElseDoes() {
        String poll = "{\"title\":\"?\",\"options\":[\"a\",\"b\"],\"anonymous\":false}";
        Problems.assertIs(401, Http.post(cluster.a(), "/api/polls", poll));
        Problems.assertIs(403, Login.of(cluster.a(), "barista").post("/api/polls", poll));

        Login admin = Login.of(cluster.a(), "admin");
        HttpResponse<String> opened = admin.post("/api/polls", poll);
        assertThat(opened.statusCode()).as(opened.body()).isEqualTo(201);
        JsonObject view = Http.json(opened.body());
        String path = "/api/polls/" + view.getInt("pollId");
        String vote = "{\"optionId\":" + view.getJsonArray("options").getJsonObject(0).getInt("id") + '}';

        Login user = Login.of(cluster.b(), "user3");
        assertThat(user.post(path + "/votes", vote).statusCode()).isEqualTo(200);
        assertThat(Http.json(user.at(cluster.a()).post(path + "/votes", vote).body()).getInt("totalVotes")).isEqualTo(1);
        Problems.assertIs(403, user.post(path + "/close", ""));
        assertThat(admin.post(path + "/close", "").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"email\":\"x\",\"name\":\"\",\"password\":\"short\"}",
            "{\"email\":\"a b@c.d\",\"name\":\" \",\"password\":\"\"}",
            "{\"email\":\"a\\u0000@c.de\",\"name\":\"a\\nb\",\"password\":\"1234567\"}"})
    void wrongFieldsOfARegistrationAreAllNamed(String body) {
        JsonObject problem = Problems.assertIs(422, Http.post(cluster.a(), "/api/auth/register", body));
        assertThat(Problems.fields(problem)).containsExactlyInAnyOrder("email", "name", "password");
    }

    @Test
    void fieldsOfAWrongTypeAreNamedToo() {
        JsonObject problem = Problems.assertIs(400,
                Http.post(cluster.a(), "/api/auth/register", "{\"email\":7,\"name\":[],\"password\":null}"));
        assertThat(Problems.fields(problem)).containsExactlyInAnyOrder("email", "name", "password");
    }

    @Test
    void whoIsRemovedWhileLoggingInGetsNoLogin() {
        String email = UUID.randomUUID() + "@example.org";
        String credentials = Login.credentials(email, "long enough");
        Http.post(cluster.a(), "/api/auth/register", credentials.replace("{", "{\"name\":\"N\","));
        CompletableFuture<HttpResponse<String>> login;
        try (Database.Hold removing = Database.hold(cluster.database(), "DELETE FROM app_user WHERE email = '" + email + "'")) {
            login = CompletableFuture.supplyAsync(() -> Http.post(cluster.a(), "/api/auth/login/json", credentials));
            await().until(() -> Database.number(cluster.database(), "SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            removing.commit();
        }
        Problems.assertIs(401, login.join());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "[]", "7"})
    void bodyThatIsNoObjectIsRefused(String body) {
        for (String path : new String[] {"register", "login/json", "refresh"}) {
            Problems.assertIs(400, Http.post(cluster.a(), "/api/auth/" + path, body));
        }
    }

    @Test
    void publicKeysAreShownAndPrivateOnesAreNot() {
        HttpResponse<String> answer = Http.get(cluster.a(), "/.well-known/jwks.json");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonObject key = Http.json(answer.body()).getJsonArray("keys").getJsonObject(0);
        assertThat(key.keySet()).contains("kty", "kid", "n", "e", "use", "alg").doesNotContain("d", "p", "q", "dp", "dq", "qi");
    }

    @Test
    void newKeyIsKnownEverywhereBeforeItSigns() {
        Login before = Login.of(cluster.a(), "admin");
        String idempotencyKey = UUID.randomUUID().toString();
        JsonObject made = newKey(before, idempotencyKey);
        assertThat(newKey(before, idempotencyKey)).isEqualTo(made);
        String kid = made.getString("kid");

        assertThat(Instant.parse(made.getString("signsFrom"))).isAfter(Instant.now());
        assertThat(Login.of(cluster.a(), "admin").keyId()).isEqualTo(before.keyId()).isNotEqualTo(kid);
        for (URI node : List.of(cluster.a(), cluster.b())) {
            await().atMost(KEY_DELAY).until(() -> Http.get(node, "/.well-known/jwks.json").body().contains(kid));
        }

        await().atMost(KEY_DELAY.multipliedBy(2)).until(() -> Login.of(cluster.b(), "admin").keyId().equals(kid));
        Login after = Login.of(cluster.b(), "admin");
        for (URI node : List.of(cluster.a(), cluster.b())) {
            assertThat(before.at(node).get("/api/auth/me").statusCode()).isEqualTo(200);
            assertThat(after.at(node).get("/api/auth/me").statusCode()).isEqualTo(200);
            assertThat(Http.get(node, "/.well-known/jwks.json").body()).contains(kid, before.keyId());
        }
    }

    /**
     * One node answered good tokens of the other with 401. A node asks the database for a key that it does not know; who reads the public keys now and
     * then cannot.
     */
    @Test
    void tokensCountEverywhereWhileKeysChangeTwiceInASecond() {
        Login admin = Login.of(cluster.a(), "admin");
        newKey(admin);
        String last = newKey(admin).getString("kid");
        PublicKeys keys = new PublicKeys(cluster.b());
        List<Integer> answers = new ArrayList<>();
        List<Boolean> known = new ArrayList<>();

        await().atMost(KEY_DELAY.multipliedBy(2)).pollInterval(Duration.ofMillis(20)).until(() -> {
            Login fresh = Login.of(cluster.a(), "admin");
            known.add(keys.contain(fresh.keyId()));
            answers.add(fresh.at(cluster.b()).get("/api/auth/me").statusCode());
            return fresh.keyId().equals(last);
        });

        assertThat(answers).containsOnly(200);
        assertThat(known).containsOnly(true);
    }

    /** What somebody knows who reads a node's public keys three times in the delay of a new one. */
    private static final class PublicKeys {

        private final URI node;
        private String read = "";
        private long readNanos;

        PublicKeys(URI node) {
            this.node = node;
            read();
        }

        /** Whether it is there in what was read before, unless this test was too slow to read in time. */
        boolean contain(String id) {
            long age = System.nanoTime() - readNanos;
            boolean known = read.contains(id) || age > KEY_DELAY.multipliedBy(2).dividedBy(3).toNanos();
            if (age >= KEY_DELAY.dividedBy(3).toNanos()) {
                read();
            }
            return known;
        }

        private void read() {
            readNanos = System.nanoTime();
            read = Http.get(node, "/.well-known/jwks.json").body();
        }
    }

    private static JsonObject newKey(Login admin) {
        return newKey(admin, UUID.randomUUID().toString());
    }

    private static JsonObject newKey(Login admin, String idempotencyKey) {
        HttpResponse<String> answer = admin.post("/api/auth/keys", "", idempotencyKey);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return Http.json(answer.body());
    }

    private static void awaitRefused(Login login) {
        await().atMost(ON_ALL_NODES).pollInterval(Duration.ofMillis(50)).pollDelay(Duration.ZERO)
                .until(() -> login.get("/api/auth/me").statusCode() == 401);
        Problems.assertIs(401, login.get("/api/auth/me"));
    }
}
