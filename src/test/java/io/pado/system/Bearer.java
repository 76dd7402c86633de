package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;

/** Who brings tokens of another issuer to a node. */
record Bearer(URI node) {

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

    void assertRefused(String token) {
        Problems.assertIs(401, login(token).get("/api/auth/me"));
    }
}
