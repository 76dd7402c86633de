package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.launch.DemoUsers;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/**
 * Somebody who has logged in.
 *
 * @param base  the node they talk to
 * @param token their access token
 */
record Login(URI base, long userId, String token, String refreshToken) {

    /** @param user the part of a demo user's email before the {@code @} */
    static Login of(URI base, String user) {
        return in(base, user + "@demo.pado", DemoUsers.PASSWORD);
    }

    static Login in(URI base, String email, String password) {
        return read(base, 200, Http.post(base, "/api/auth/login/json", credentials(email, password)));
    }

    /** Registers somebody new. */
    static Login anew(URI base) {
        return read(base, 201, register(base));
    }

    /** Tries to register somebody new. */
    static HttpResponse<String> register(URI base) {
        return Http.post(base, "/api/auth/register",
                "{\"email\":\"%s@example.org\",\"name\":\"N\",\"password\":\"long enough\"}".formatted(UUID.randomUUID()));
    }

    static String credentials(String email, String password) {
        return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
    }

    Login at(URI node) {
        return new Login(node, userId, token, refreshToken);
    }

    /** The key that signed the token, as the token names it. */
    String keyId() {
        String head = token.substring(0, token.indexOf('.'));
        return Http.json(new String(Base64.getUrlDecoder().decode(head), StandardCharsets.UTF_8)).getString("kid");
    }

    HttpResponse<String> get(String path) {
        return Http.send(request(path));
    }

    HttpResponse<String> post(String path, String json) {
        return Http.send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** @param key of the request, {@code Idempotency-Key} */
    HttpResponse<String> post(String path, String json, String key) {
        return Http.send(request(path).header("Content-Type", "application/json").header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(json)));
    }

    /** @param method PATCH or PUT */
    HttpResponse<String> change(String method, String path, String json) {
        return Http.send(request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path) {
        return Http.send(request(path).DELETE());
    }

    HttpResponse<String> renewal() {
        return Http.post(base, "/api/auth/refresh", "{\"refresh_token\":\"" + refreshToken + "\"}");
    }

    Login renewed() {
        return read(base, 200, renewal());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
    }

    private static Login read(URI base, int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonObject login = Http.json(answer.body());
        assertThat(login.keySet()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "refresh_token", "user");
        assertThat(login.getString("token_type")).isEqualTo("bearer");
        return new Login(base, login.getJsonObject("user").getInt("id"), login.getString("access_token"),
                login.getString("refresh_token"));
    }
}
