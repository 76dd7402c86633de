package io.pado.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Another server that makes tokens, as Keycloak and Clerk do: its keys are to be fetched over HTTP. */
final class OutsideIssuer implements AutoCloseable {

    static final String AUDIENCE = "pado-shop";

    private final HttpServer server;
    private final CopyOnWriteArrayList<PublicJsonWebKey> keys = new CopyOnWriteArrayList<>();
    private final Queue<HttpExchange> unanswered = new ConcurrentLinkedQueue<>();
    private volatile boolean away;
    private volatile boolean silent;

    OutsideIssuer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        newKey();
        server.createContext("/jwks", exchange -> {
            if (silent) {
                unanswered.add(exchange);
                return;
            }
            byte[] set = new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(away ? 500 : 200, set.length);
            exchange.getResponseBody().write(set);
            exchange.close();
        });
        server.start();
    }

    URI jwks() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    }

    String issuer() {
        return "https://id.example/" + server.getAddress().getPort();
    }

    void beAway(boolean now) {
        away = now;
    }

    /** It takes what is asked of it, and does not answer. */
    void beSilent(boolean now) {
        silent = now;
    }

    /** Signs with a new key from now on. */
    void newKey() {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(UUID.randomUUID().toString());
            keys.add(0, key);
        } catch (JoseException noRsa) {
            throw new IllegalStateException(noRsa);
        }
    }

    /** A token of a subject, made now unless changed. */
    String token(String subject, Consumer<JwtClaims> change) {
        return token(subject, change, 0, true);
    }

    /** A token that does not name its key. @param key whose: 0 is the latest one */
    String tokenWithoutKid(String subject, int key) {
        return token(subject, claims -> { }, key, false);
    }

    private String token(String subject, Consumer<JwtClaims> change, int key, boolean named) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer());
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        claims.setStringClaim("email", subject + "@id.example");
        change.accept(claims);
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        if (named) {
            signature.setKeyIdHeaderValue(keys.get(key).getKeyId());
        }
        signature.setAlgorithmHeaderValue("RS256");
        signature.setKey(keys.get(key).getPrivateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        unanswered.forEach(HttpExchange::close);
        server.stop(0);
    }
}
