package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another issuer, or somebody who names it, may write into a token. */
@ExtendWith(TwoNodes.class)
@TestInstance(Lifecycle.PER_CLASS)
class OddTokensIT {

    private static final String[] PUBLIC = {"/", "/login/", "/api/polls", "/api/auth/me", "/.well-known/jwks.json"};
    /** Longer than a stream takes to be looked at twice. */
    private static final Duration LEEWAY = Duration.ofSeconds(60);
    private static final int TOO_DEEP = 9_000;

    private final OutsideIssuer shop = new OutsideIssuer();
    private final Node node;
    private final Bearer bearer;

    OddTokensIT(Cluster cluster) {
        this.node = cluster.another("odd-tokens", Map.of(
                "pado.jwt.outside", "shop",
                "pado.jwt.outside.shop.issuer", shop.issuer(),
                "pado.jwt.outside.shop.jwks", shop.jwks().toString(),
                "pado.jwt.outside.shop.audience", OutsideIssuer.AUDIENCE,
                "pado.jwt.leeway.seconds", Long.toString(LEEWAY.toSeconds())));
        this.bearer = new Bearer(node.baseUri());
    }

    @AfterAll
    void stop() {
        node.close();
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"email", "name", "nbf", "realm_access", "groups", "preferred_username", "jti", "whatever"})
    void claimsWithoutAValueSayNothing(String claim) {
        assertThat(bearer.status(shop.token(subject(), claims -> claims.setClaim(claim, null)))).isEqualTo(200);
        assertThat(bearer.login(shop.token(subject(), claims -> claims.setClaim(claim, null))).get("/api/polls/1").statusCode()).isEqualTo(200);
    }

    @Test
    void oddClaimsAreRefusedAsAProblemOrUnderstood() {
        bearer.assertRefused(shop.token(subject(), claims -> claims.setClaim("iat", null)));
        bearer.assertRefused(shop.token(subject(), claims -> claims.setClaim("sub", null)));
        for (Object odd : List.of("", " ", 7, List.of("a"), Map.of("a", "b"), "a\u0000b")) {
            bearer.assertRefused(shop.token("x", claims -> claims.setClaim("sub", odd)));
        }
        for (Object odd : List.of("now", true, Map.of())) {
            bearer.assertRefused(shop.token(subject(), claims -> claims.setClaim("iat", odd)));
        }
        for (Object odd : List.of(7, true, List.of("x"), Map.of("a", "b"), "", "a\u0000b", "\ud83d", "\n", "\u2028", "a/b:c")) {
            assertThat(bearer.status(shop.token(subject(), claims -> claims.setClaim("preferred_username", odd)))).as("%s", odd).isEqualTo(200);
        }
        assertThat(bearer.status(shop.token(subject(), claims -> claims.setClaim("aud", Arrays.asList(null, OutsideIssuer.AUDIENCE))))).isEqualTo(200);
    }

    @Test
    void nameIsCutBetweenCharacters() {
        JsonObject me = bearer.me(shop.token(subject(), claims -> claims.setStringClaim("preferred_username", "x".repeat(99) + "\ud83d\ude00\ud83d\ude00")));
        assertThat(me.getString("name")).isEqualTo("x".repeat(99) + "\ud83d\ude00");
    }

    @Test
    void nameThatNobodySeesOrThatTurnsTheLineAroundIsNotShown() {
        String subject = subject();
        assertThat(bearer.me(shop.token(subject, claims -> claims.setStringClaim("preferred_username", "\u202Enimda"))).getString("name")).isEqualTo("nimda");
        JsonObject unseen = bearer.me(shop.token(subject(), claims -> claims.setStringClaim("preferred_username", "\u200b\u2060")));
        assertThat(unseen.getString("name")).startsWith("user_").endsWith("@id.example");
        bearer.assertRefused(shop.token("\u200b", c -> { }));
    }

    /** The container takes no name with a line end in it, wherever the request goes. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0085", "\u2028", "\u2029"})
    void lineEndInANameOrASubjectHarmsNothing(String end) {
        for (String claim : List.of("upn", "preferred_username", "email")) {
            String token = shop.token(subject(), claims -> claims.setStringClaim(claim, "Kim" + end + "Lee"));
            for (String path : PUBLIC) {
                assertThat(bearer.login(token).get(path).statusCode()).as(path).isEqualTo(200);
            }
            assertThat(bearer.me(token).getString("name")).isEqualTo("KimLee");
        }
        for (String path : PUBLIC) {
            Problems.assertIs(401, bearer.login(shop.token("a" + end + "b", c -> { })).get(path));
        }
    }

    @Test
    void largeTokensCountAndTooLargeOnesAreToldSo() {
        assertThat(bearer.status(shop.token(subject(), claims -> claims.setStringClaim("x", "y".repeat(20_000))))).isEqualTo(200);
        HttpResponse<String> refused = bearer.login(shop.token(subject(), claims -> claims.setStringClaim("x", "y".repeat(23_800))))
                .get("/api/auth/me");
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("32000 characters");
    }

    @ParameterizedTest
    @ValueSource(longs = {9_999_999_999_999L, 1_796_069_086_000_000L, Long.MAX_VALUE})
    void timeThatIsFarAwayIsTaken(long seconds) {
        assertThat(bearer.status(shop.token(subject(), claims -> claims.setExpirationTime(NumericDate.fromSeconds(seconds))))).isEqualTo(200);
        bearer.assertRefused(shop.token(subject(), claims -> claims.setIssuedAt(NumericDate.fromSeconds(seconds))));
        assertThat(bearer.status(shop.token(subject(), claims -> claims.setIssuedAt(NumericDate.fromSeconds(-seconds))))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "aud", "sub", "exp", "iat", "nbf", "sid", "groups", "upn", "whatever"})
    void claimThatIsNestedDeeplyIsRefused(String claim) {
        String deep = "[".repeat(TOO_DEEP) + "]".repeat(TOO_DEEP);
        Map<String, String> claims = new HashMap<>(Map.of("iss", '"' + shop.issuer() + '"'));
        claims.put(claim, deep);
        bearer.assertRefused(unsigned("{\"alg\":\"RS256\"}", claims.entrySet().stream().map(each -> '"' + each.getKey() + "\":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":null}", "{\"alg\":\"none\"}", "{\"alg\":7}", "{\"kid\":\"k1\"}", "{\"alg\":\"HS256\",\"kid\":\"k1\"}",
            "{\"alg\":\"RS256\",\"kid\":7}", "{\"alg\":\"RS256\",\"kid\":null}", "{\"alg\":\"RS256\",\"x5t\":[]}"})
    void tokenThatNobodySignedIsRefusedWhateverItsHead(String head) {
        assertThat(bearer.status(shop.token(subject(), c -> { }))).isEqualTo(200); // so the issuer's keys are known
        long now = NumericDate.now().getValue();
        bearer.assertRefused(unsigned(head, "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"x\",\"iat\":%d,\"exp\":%d}"
                .formatted(shop.issuer(), OutsideIssuer.AUDIENCE, now, now + 60)));
    }

    @Test
    void streamHasTheLeewayOfItsTokenToo() {
        long now = NumericDate.now().getValue();
        String token = shop.token(subject(), claims -> {
            claims.setIssuedAt(NumericDate.fromSeconds(now - 10));
            claims.setExpirationTime(NumericDate.fromSeconds(now - 1));
        });
        assertThat(bearer.status(token)).isEqualTo(200);
        try (Stream stream = Stream.open(node.baseUri(), "/sse/events?client_id=a&token=" + token).greeted()) {
            await().until(() -> stream.comments().size() > 2 || stream.ended());
            assertThat(stream.ended()).isFalse();
        }
    }

    private static String unsigned(String head, String claims) {
        return encoded(head) + '.' + encoded(claims) + '.' + encoded("signature");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String subject() {
        return "user_" + UUID.randomUUID();
    }
}
