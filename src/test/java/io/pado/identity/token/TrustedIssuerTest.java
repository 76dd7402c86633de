package io.pado.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.identity.OutsideIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.JwtContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedIssuerTest {

    /** Nobody listens there. */
    private static final URI AWAY = URI.create("http://127.0.0.1:1/jwks");

    private final TrustedIssuer issuer = TrustedIssuer.outside(new OutsideIssuer("https://id.example", AWAY, "pado", "groups", Set.of("barista")),
            Duration.ZERO);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alg\":null}", "{\"kid\":\"k1\"}", "{\"alg\":\"none\"}", "{\"alg\":\"HS256\"}", "{\"alg\":\"nothing\",\"kid\":\"k1\"}"})
    void tokenOfAnAlgorithmThatDoesNotCountIsRefusedWithoutAKey(String head) throws InvalidJwtException {
        JwtContext token = token(head);
        assertThatThrownBy(() -> issuer.verify(token)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void tokenWhoseKeyCannotBeFetchedIsNotRefused() throws InvalidJwtException {
        JwtContext token = token("{\"alg\":\"RS256\",\"kid\":\"k1\"}");
        assertThatThrownBy(() -> issuer.verify(token)).isInstanceOf(IOException.class);
    }

    @Test
    void fewWaitForAnIssuerThatSaysNothing() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(40);
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            TrustedIssuer waited = TrustedIssuer.outside(new OutsideIssuer("https://id.example",
                    URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/jwks"), "pado", "groups", Set.of()), Duration.ZERO);
            CountDownLatch refused = new CountDownLatch(30);
            CountDownLatch all = new CountDownLatch(40);
            for (int i = 0; i < 40; i++) {
                JwtContext token = token("{\"alg\":\"RS256\",\"kid\":\"k" + i + "\"}");
                callers.execute(() -> {
                    assertThatThrownBy(() -> waited.verify(token)).isInstanceOf(IOException.class);
                    refused.countDown();
                    all.countDown();
                });
            }
            assertThat(refused.await(2, TimeUnit.SECONDS)).isTrue();
            assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void onlyTextsAreRoles() {
        JwtClaims claims = new JwtClaims();
        claims.setClaim("groups", Arrays.asList("barista", 7, null, List.of("barista"), Map.of("barista", "barista"), "admin"));
        assertThat(issuer.roles(claims)).containsExactlyInAnyOrder("barista", "user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example/roles", "roles", "/roles/"})
    void claimMayBeCalledAsAnAddress(String name) {
        JwtClaims claims = new JwtClaims();
        claims.setClaim(name, List.of("barista"));
        claims.setClaim("https:", Map.of("", Map.of("shop.example", Map.of("roles", "kiosk"))));
        assertThat(namedBy(name).roles(claims)).containsExactlyInAnyOrder("barista", "user");
    }

    @ParameterizedTest
    @ValueSource(strings = {"realm/roles", "https://shop.example/roles"})
    void claimMayBeInsideOthers(String path) {
        JwtClaims claims = new JwtClaims();
        claims.setClaim("realm", Map.of("roles", "kiosk"));
        claims.setClaim("https:", Map.of("", Map.of("shop.example", Map.of("roles", "kiosk"))));
        assertThat(namedBy(path).roles(claims)).containsExactlyInAnyOrder("kiosk", "user");
    }

    private static TrustedIssuer namedBy(String claim) {
        return TrustedIssuer.outside(new OutsideIssuer("https://id.example", AWAY, "pado", claim, Set.of("barista", "kiosk")), Duration.ZERO);
    }

    private static JwtContext token(String head) throws InvalidJwtException {
        String claims = "{\"iss\":\"https://id.example\",\"aud\":\"pado\",\"sub\":\"s\",\"iat\":1,\"exp\":99999999999}";
        return new JwtConsumerBuilder().setSkipAllValidators().setDisableRequireSignature().setSkipSignatureVerification().build()
                .process(encoded(head) + '.' + encoded(claims) + ".AAAA");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
