package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.identity.account.Secrets;
import io.pado.launch.Node;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that takes tokens of two other issuers, and whose own keys were given in a file. */
@ExtendWith(TwoNodes.class)
@TestInstance(Lifecycle.PER_CLASS)
class OutsideTokensIT {

    private static final Duration ON_ALL_NODES = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final OutsideIssuer shop = new OutsideIssuer();
    private final OutsideIssuer club = new OutsideIssuer();
    private final Node node;
    private final Bearer bearer;

    OutsideTokensIT(Cluster cluster) throws IOException {
        this.cluster = cluster;
        for (String age : List.of("1 day", "60 days")) {
            Database.execute(cluster.database(), ("INSERT INTO login_session (id, user_id, created_at) VALUES ('%1$s', 1, now() - interval '%1$s');"
                    + "INSERT INTO refresh_token (hash, session_id, expires_at) VALUES ('%1$s', '%1$s', now() + interval '30 days' - interval '%1$s')")
                    .formatted(age));
        }
        for (String age : List.of("23 h", "25 h")) {
            Database.execute(cluster.database(), "INSERT INTO idempotent_call (caller, key, content, created_at) VALUES ('old', '%1$s', '', now()"
                    .formatted(age) + " - interval '" + age + "')");
        }
        this.node = cluster.another("outside", Map.ofEntries(
                Map.entry("pado.jwt.keys", keys().toString()),
                Map.entry("pado.jwt.outside", "shop,club"),
                Map.entry("pado.jwt.outside.shop.issuer", shop.issuer()),
                Map.entry("pado.jwt.outside.shop.jwks", shop.jwks().toString()),
                Map.entry("pado.jwt.outside.shop.audience", OutsideIssuer.AUDIENCE),
                Map.entry("pado.jwt.outside.club.issuer", club.issuer()),
                Map.entry("pado.jwt.outside.club.jwks", club.jwks().toString()),
                Map.entry("pado.jwt.outside.club.audience", OutsideIssuer.AUDIENCE),
                Map.entry("pado.jwt.outside.club.claim", "realm_access/roles"),
                Map.entry("pado.jwt.outside.club.roles", "barista, kiosk")));
        this.bearer = new Bearer(node.baseUri());
    }

    @AfterAll
    void stop() {
        node.close();
        shop.close();
        club.close();
    }

    @Test
    void nodeThatStartsClearsOldLoginsAndIdempotencyKeysAway() {
        await().until(() -> Database.number(cluster.database(), "SELECT count(*) FROM login_session WHERE id = '60 days'") == 0);
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM refresh_token WHERE hash = '60 days'")).isZero();
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM refresh_token WHERE hash = '1 day'")).isOne();
        await().until(() -> Database.number(cluster.database(), "SELECT count(*) FROM idempotent_call WHERE key = '25 h'") == 0);
        assertThat(Database.number(cluster.database(), "SELECT count(*) FROM idempotent_call WHERE key = '23 h'")).isOne();
    }

    @Test
    void subjectIsOneUserWhereverAndHoweverOftenItComes() {
        String subject = subject();
        List<CompletableFuture<JsonObject>> together = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> bearer.me(shop.token(subject, c -> { })))).toList();

        assertThat(together.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        JsonObject me = together.get(0).join();
        assertThat(me.getInt("id")).isPositive();
        assertThat(me.getString("name")).isEqualTo(subject + "@id.example");
        assertThat(bearer.me(club.token(subject, c -> { })).getInt("id")).isNotEqualTo(me.getInt("id"));
    }

    @Test
    void emailOfAnotherIssuerOpensNobodysAccount() {
        Login admin = Login.of(cluster.a(), "admin");
        JsonObject me = bearer.me(shop.token(subject(), claims -> claims.setStringClaim("email", "admin@demo.pado")));
        assertThat(me.getInt("id")).isNotEqualTo((int) admin.userId());
        assertThat(bearer.me(shop.token("1", c -> { })).getInt("id")).isNotEqualTo(1);
    }

    @Test
    void issuerGivesTheRolesThatItMayAndNoOthers() {
        assertThat(roles(shop.token(subject(), c -> c.setStringListClaim("groups", "admin", "barista", "user")))).containsExactly("user");
        assertThat(roles(club.token(subject(), c -> c.setClaim("realm_access", Map.of("roles", List.of("admin", "kiosk"))))))
                .containsExactly("kiosk", "user");
        assertThat(roles(club.token(subject(), c -> c.setClaim("realm_access", "admin")))).containsExactly("user");
    }

    @Test
    void tokensThatThisIssuerDidNotMakeForUsAreRefused() {
        bearer.assertRefused(shop.token(subject(), claims -> claims.setIssuer(club.issuer())));
        bearer.assertRefused(shop.token(subject(), claims -> claims.setIssuer("urn:pado")));
        bearer.assertRefused(shop.token(subject(), claims -> claims.setIssuer("https://nobody.example")));
        bearer.assertRefused(shop.token(subject(), claims -> claims.setAudience("another")));
        bearer.assertRefused(shop.token(subject(), claims -> claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 1))));
        bearer.assertRefused(shop.token(subject(), claims -> claims.unsetClaim("iat")));
        bearer.assertRefused(shop.token("s".repeat(300), c -> { }));
        Problems.assertIs(401, bearer.login(shop.token(subject(), c -> { })).at(cluster.a()).get("/api/auth/me"));
    }

    @Test
    void issuersNewKeyCountsAndAnIssuerThatIsAwayIsWaitedFor() {
        String known = subject();
        assertThat(bearer.status(club.token(known, c -> { }))).isEqualTo(200);

        club.beAway(true);
        assertThat(bearer.status(club.token(known, c -> { }))).isEqualTo(200);
        club.newKey();
        await().untilAsserted(() -> Problems.assertIs(503, bearer.login(club.token(known, c -> { })).get("/api/auth/me")));

        club.beAway(false);
        await().atMost(Duration.ofSeconds(15)).until(() -> bearer.status(club.token(known, c -> { })) == 200);
    }

    @Test
    void revocationEndsWhatWasMadeBeforeItAndNothingElse() {
        String subject = subject();
        String token = shop.token(subject, c -> { });
        int id = bearer.me(token).getInt("id");
        try (Stream stream = Stream.open(node.baseUri(), "/sse/events?client_id=a&token=" + token).greeted()) {
            assertThat(Login.of(cluster.b(), "admin").post("/api/admin/users/" + id + "/revoke", "").statusCode()).isEqualTo(204);

            await().atMost(ON_ALL_NODES).until(stream::ended);
            assertThat(stream.first(e -> e.is("closing")).json().getString("reason")).isEqualTo("logged-out");
        }
        bearer.awaitRefused(token);
        await().until(() -> bearer.status(shop.token(subject, c -> { })) == 200);
        assertThat(bearer.me(shop.token(subject, c -> { })).getInt("id")).isEqualTo(id);
        bearer.assertRefused(token);
    }

    @Test
    void loginRightAfterALogoutWorksAndTheOldOneNeverAgain() {
        String subject = subject();
        for (int i = 0; i < 5; i++) {
            String before = fresh(subject);
            String sibling = fresh(subject);
            assertThat(bearer.status(before)).isEqualTo(200);
            assertThat(bearer.status(sibling)).isEqualTo(200);
            assertThat(bearer.login(before).post("/api/auth/logout", "").statusCode()).isEqualTo(204);

            assertThat(bearer.status(fresh(subject))).isEqualTo(200);
            bearer.assertRefused(before);
            bearer.assertRefused(sibling);
        }
    }

    /** The last character of a signature has bits that nobody reads, and what is no Base64 may be skipped. */
    @Test
    void tokenWhoseSignatureIsWrittenInAnotherFormIsTheSameToken() {
        String token = fresh(subject());
        assertThat(bearer.status(token)).isEqualTo(200);
        assertThat(bearer.login(token).post("/api/auth/logout", "").statusCode()).isEqualTo(204);

        bearer.assertRefused(token);
        char last = token.charAt(token.length() - 1);
        bearer.assertRefused(token.substring(0, token.length() - 1) + (char) (last + 1));
        for (String more : List.of("=", "==", "~", "!", "*!", "%")) {
            bearer.assertRefused(token + more);
        }
    }

    @Test
    void tokenThatCountsForLongerThanItsEndedLoginIsKeptIsRefused() {
        String token = fresh(subject());
        String signed = token.substring(0, token.lastIndexOf('.'));
        Database.execute(cluster.database(), "INSERT INTO outside_token (fingerprint, session_id, ends_at) VALUES ('%s', 'gone', now() + interval '1 day')"
                .formatted(Secrets.hash(signed)));
        bearer.assertRefused(token);
    }

    /** The tokens of an issuer whose clock is not right look older or younger than they are. */
    @ParameterizedTest
    @ValueSource(ints = {-3, 3})
    void loginAfterALogoutWorksWhateverTheIssuersClockSays(int offset) {
        String subject = subject();
        String before = fresh(subject, offset);
        assertThat(bearer.status(before)).isEqualTo(200);
        assertThat(bearer.login(before).post("/api/auth/logout", "").statusCode()).isEqualTo(204);

        assertThat(bearer.status(fresh(subject, offset))).isEqualTo(200);
        bearer.assertRefused(before);
    }

    @Test
    void clocksOfIssuersMayBeSomeSecondsOff() {
        for (int offset : new int[] {-4, 2, 3}) {
            String subject = subject();
            long then = NumericDate.now().getValue() + offset;
            assertThat(bearer.status(shop.token(subject, claims -> {
                claims.setIssuedAt(NumericDate.fromSeconds(then));
                claims.setNotBefore(NumericDate.fromSeconds(then));
            }))).as("%s s", offset).isEqualTo(200);
        }
        for (int offset : new int[] {20, 86_400}) {
            long then = NumericDate.now().getValue() + offset;
            bearer.assertRefused(shop.token(subject(), claims -> claims.setIssuedAt(NumericDate.fromSeconds(then))));
            bearer.assertRefused(shop.token(subject(), claims -> claims.setNotBefore(NumericDate.fromSeconds(then))));
        }
    }

    @Test
    void removedUserDoesNotComeBackAsSomebodyNew() {
        String subject = subject();
        int id = bearer.me(shop.token(subject, c -> { })).getInt("id");

        assertThat(Login.of(cluster.a(), "admin").delete("/api/admin/users/" + id).statusCode()).isEqualTo(204);

        await().atMost(ON_ALL_NODES).until(() -> bearer.status(shop.token(subject, c -> { })) == 401);
        bearer.assertRefused(shop.token(subject, claims -> claims.setIssuedAt(NumericDate.fromSeconds(NumericDate.now().getValue() + 5))));
    }

    @Test
    void givenKeysSignAndVerifyAndAreNotReplaced() throws JoseException {
        Login login = Login.of(node.baseUri(), "admin");

        assertThat(JsonWebStructure.fromCompactSerialization(login.token()).getAlgorithmHeaderValue()).isEqualTo("ES256");
        assertThat(login.get("/api/auth/me").statusCode()).isEqualTo(200);
        Problems.assertIs(409, login.post("/api/auth/keys", ""));
        assertThat(Http.get(node.baseUri(), "/.well-known/jwks.json").body()).contains("given-1", "given-2").doesNotContain("\"d\"");
        Problems.assertIs(401, login.at(cluster.a()).get("/api/auth/me"));
    }

    /** Two, as while one takes the other's place. */
    private static Path keys() throws IOException {
        Path file = Files.createTempFile("keys", ".json");
        file.toFile().deleteOnExit();
        return Files.writeString(file, new JsonWebKeySet(key("given-1"), key("given-2"))
                .toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
    }

    private static PublicJsonWebKey key(String id) {
        try {
            PublicJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException noEc) {
            throw new IllegalStateException(noEc);
        }
    }

    /** No two are the same. */
    private String fresh(String subject) {
        return shop.token(subject, claims -> claims.setJwtId(UUID.randomUUID().toString()));
    }

    private String fresh(String subject, int offset) {
        long then = NumericDate.now().getValue() + offset;
        return shop.token(subject, claims -> {
            claims.setJwtId(UUID.randomUUID().toString());
            claims.setIssuedAt(NumericDate.fromSeconds(then));
        });
    }

    private static String subject() {
        return "user_" + UUID.randomUUID();
    }

    private List<String> roles(String token) {
        JsonObject ack;
        try (Stream stream = Stream.open(node.baseUri(), "/sse/events?client_id=a&token=" + token).greeted()) {
            ack = stream.first(e -> e.is("connection_ack")).json();
        }
        return ack.getJsonArray("roles").getValuesAs(JsonString::getString);
    }
}
