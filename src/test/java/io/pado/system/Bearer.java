package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Who brings tokens of another issuer to a node. */
record Bearer(URI node) {

    private static final Duration ON_ALL_NODES = Duration.ofSeconds(1);

    Login login(String token) {
        return new Login(node, 0, token, "");
    }

    int status(String token) {
        return login(token).get("/api/auth/me").statusCode();
    }

    JsonObject me(String token) {
        HttpResponse<String> answer = login(token).get("/api/auth/me");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer.body());
    }

    /** After its login was ended on some node. */
    void awaitRefused(String token) {
        await().atMost(ON_ALL_NODES).until(() -> status(token) == 401);
        assertRefused(token);
    }

    void assertRefused(String token) {
        Problems.assertIs(401, login(token).get("/api/auth/me"));
    }
}
