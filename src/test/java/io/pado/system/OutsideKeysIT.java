package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the keys of other issuers are found and fetched, and what happens while one of them says nothing. */
@ExtendWith(TwoNodes.class)
@TestInstance(Lifecycle.PER_CLASS)
class OutsideKeysIT {

    private static final int FORGERS = 100;
    /** Longer than a fetch is waited for, and the pause after it. */
    private static final Duration FORGED = Duration.ofSeconds(12);
    private static final long NO_DELAY_MILLIS = 1_500;
    private static final String LOGGED = "keys of https://id.example";

    private final OutsideIssuer shop = new OutsideIssuer();
    private final OutsideIssuer club = new OutsideIssuer();
    private final Node node;
    private final Bearer bearer;

    OutsideKeysIT(Cluster cluster) {
        club.newKey();
        this.node = cluster.another("outside-keys", Map.of(
                "pado.jwt.outside", "shop,club",
                "pado.jwt.outside.shop.issuer", shop.issuer(),
                "pado.jwt.outside.shop.jwks", shop.jwks().toString(),
                "pado.jwt.outside.shop.audience", OutsideIssuer.AUDIENCE,
                "pado.jwt.outside.club.issuer", club.issuer(),
                "pado.jwt.outside.club.jwks", club.jwks().toString(),
                "pado.jwt.outside.club.audience", OutsideIssuer.AUDIENCE,
                "pado.http.most.requests", "1000000"));
        this.bearer = new Bearer(node.baseUri());
    }

    @AfterAll
    void stop() {
        node.close();
        shop.close();
        club.close();
    }

    @Test
    void tokenThatDoesNotNameItsKeyIsCheckedWithEach() {
        for (int key : new int[] {0, 1}) {
            String token = club.tokenWithoutKid(subject(), key);
            assertThat(bearer.status(token)).as("key %s", key).isEqualTo(200);
            bearer.assertRefused(token.substring(0, token.length() - 20));
            bearer.assertRefused(token.substring(0, token.lastIndexOf('.')) + ".AAAA");
        }
        bearer.assertRefused(encoded("{\"alg\":\"ES256\"}") + '.' + encoded("{\"iss\":\"" + club.issuer() + "\"}") + ".AAAA");
    }

    @Test
    void forgedTokensOfAnIssuerThatSaysNothingDelayNobody() throws IOException {
        String known = shop.token(subject(), claims -> { });
        assertThat(bearer.status(known)).isEqualTo(200);
        long said = Files.size(node.logFile());

        shop.beSilent(true);
        Queue<Integer> answers = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + FORGED.toNanos();
        List<CompletableFuture<Void>> forgers = new ArrayList<>();
        for (int i = 0; i < FORGERS; i++) {
            forgers.add(forger(end, answers));
        }
        while (System.nanoTime() < end) {
            assertNoDelay(() -> assertThat(Http.get(node.baseUri(), "/api/polls").statusCode()).isEqualTo(200));
            assertNoDelay(() -> assertThat(Http.get(node.baseUri(), "/health/live").statusCode()).isEqualTo(200));
            assertNoDelay(() -> assertThat(bearer.status(known)).isEqualTo(200));
            assertNoDelay(() -> assertThat(bearer.status(shop.token(subject(), claims -> { }))).isEqualTo(200));
        }
        forgers.forEach(CompletableFuture::join);
        // For 5 s after the last fetch it is known that there is no such key.
        assertThat(answers).hasSizeGreaterThan(FORGERS).contains(503).isSubsetOf(401, 503);
        assertThat(logged(said)).hasSize(1);

        shop.beSilent(false);
        shop.newKey();
        await().atMost(Duration.ofSeconds(20)).until(() -> bearer.status(shop.token(subject(), claims -> { })) == 200);
        Problems.assertIs(401, bearer.login(forged()).get("/api/polls"));
        await().atMost(Duration.ofSeconds(20)).until(() -> logged(said).size() > 1);
        assertThat(logged(said)).hasSize(2).last().asString().contains("no more for");
    }

    /** Sends one made-up token after the other until the end; they name another key each time. */
    private CompletableFuture<Void> forger(long end, Queue<Integer> answers) {
        return CompletableFuture.runAsync(() -> {
            while (System.nanoTime() < end) {
                answers.add(bearer.login(forged()).get("/api/polls").statusCode());
            }
        }, Crowd.BESIDE);
    }

    private String forged() {
        return encoded("{\"alg\":\"RS256\",\"kid\":\"" + UUID.randomUUID() + "\"}") + '.' + encoded("{\"iss\":\"" + shop.issuer() + "\"}") + ".AAAA";
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertNoDelay(Runnable request) {
        long before = System.nanoTime();
        request.run();
        assertThat(Duration.ofNanos(System.nanoTime() - before).toMillis()).isLessThan(NO_DELAY_MILLIS);
    }

    private List<String> logged(long from) {
        try {
            byte[] all = Files.readAllBytes(node.logFile());
            return new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8).lines()
                    .filter(line -> line.contains(LOGGED) || line.contains("could not be verified")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String subject() {
        return "user_" + UUID.randomUUID();
    }
}
