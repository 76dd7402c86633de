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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another issuer takes connections and says nothing, and somebody makes up tokens of it. */
@ExtendWith(TwoNodes.class)
class SilentIssuerIT {

    private static final int FORGERS = 100;
    /** Longer than a fetch is waited for, and the pause after it. */
    private static final Duration FORGED = Duration.ofSeconds(12);
    private static final long NO_DELAY_MILLIS = 1_500;
    private static final String LOGGED = "keys of https://id.example";

    private final Cluster cluster;

    SilentIssuerIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void forgedTokensOfAnIssuerThatSaysNothingDelayNobody() throws IOException {
        try (OutsideIssuer shop = new OutsideIssuer(); Node node = node(shop)) {
            Bearer bearer = new Bearer(node.baseUri());
            String known = shop.token(subject(), claims -> { });
            assertThat(bearer.status(known)).isEqualTo(200);
            long said = Files.size(node.logFile());

            shop.beSilent(true);
            Queue<Integer> answers = new ConcurrentLinkedQueue<>();
            long end = System.nanoTime() + FORGED.toNanos();
            List<CompletableFuture<Void>> forgers = new ArrayList<>();
            for (int i = 0; i < FORGERS; i++) {
                forgers.add(forger(bearer, shop, end, answers));
            }
            while (System.nanoTime() < end) {
                assertNoDelay(() -> assertThat(Http.get(node.baseUri(), "/api/polls").statusCode()).isEqualTo(200));
                assertNoDelay(() -> assertThat(Http.get(node.baseUri(), "/health/live").statusCode()).isEqualTo(200));
                assertNoDelay(() -> assertThat(bearer.status(known)).isEqualTo(200));
                assertNoDelay(() -> assertThat(bearer.status(shop.token(subject(), claims -> { }))).isEqualTo(200));
            }
            forgers.forEach(CompletableFuture::join);
            assertThat(answers).hasSizeGreaterThan(FORGERS).containsOnly(503);
            assertThat(logged(node, said)).hasSize(1);

            shop.beSilent(false);
            shop.newKey();
            await().atMost(Duration.ofSeconds(20)).until(() -> bearer.status(shop.token(subject(), claims -> { })) == 200);
            Problems.assertIs(401, bearer.login(forged(shop)).get("/api/polls"));
            await().atMost(Duration.ofSeconds(20)).until(() -> logged(node, said).size() > 1);
            assertThat(logged(node, said)).hasSize(2).last().asString().contains("no more for");
        }
    }

    private Node node(OutsideIssuer shop) {
        return cluster.another("silent-issuer", Map.of(
                "pado.jwt.outside", "shop",
                "pado.jwt.outside.shop.issuer", shop.issuer(),
                "pado.jwt.outside.shop.jwks", shop.jwks().toString(),
                "pado.jwt.outside.shop.audience", OutsideIssuer.AUDIENCE,
                "pado.http.most.requests", "1000000"));
    }

    /** Sends one made-up token after the other until the end; they name another key each time. */
    private static CompletableFuture<Void> forger(Bearer bearer, OutsideIssuer shop, long end, Queue<Integer> answers) {
        return CompletableFuture.runAsync(() -> {
            while (System.nanoTime() < end) {
                answers.add(bearer.login(forged(shop)).get("/api/polls").statusCode());
            }
        }, Crowd.BESIDE);
    }

    private static String forged(OutsideIssuer shop) {
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

    private static List<String> logged(Node node, long from) {
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
