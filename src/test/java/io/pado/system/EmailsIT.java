package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Email addresses that look alike, or grow when they are kept. */
@ExtendWith(TwoNodes.class)
class EmailsIT {

    private static final String PASSWORD = "long enough";

    private final Cluster cluster;

    EmailsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void forget() {
        cluster.forgetGuesses();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00a0b", "\u00a0ab", "a\u200bb", "a\u200d", "\ufeffab", "a\u2060b", "a\u00adb", "a\u3000b", "a\u202eb", "a\u2028b", "a\u2029b", "a b",
            "a\\tb", "a\\nb", "a\u0085b"})
    void addressWithWhatNobodySeesIsRefused(String name) {
        assertThat(Problems.fields(Problems.assertIs(422, register(name + "@x.org")))).containsExactly("email");
    }

    /** In lower case the one takes two characters, composed the other one three. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0130", "\ufb2c"})
    void addressIsMeasuredAsItIsKept(String growing) {
        assertThat(Problems.fields(Problems.assertIs(422, register(growing.repeat(200) + "@x.org")))).containsExactly("email");
        assertThat(register(growing + UUID.randomUUID() + "@x.org").statusCode()).isEqualTo(201);
    }

    @Test
    void addressIsTheSameHoweverItsAccentsAreWritten() {
        String composed = "jos\u00e9-" + UUID.randomUUID() + "@x.org";
        String decomposed = composed.replace("\u00e9", "e\u0301").toUpperCase();
        assertThat(register(decomposed).statusCode()).isEqualTo(201);

        Login login = Login.in(cluster.b(), composed, PASSWORD);
        assertThat(login.userId()).isEqualTo(Login.in(cluster.b(), decomposed, PASSWORD).userId());
        assertThat(Http.json(login.get("/api/auth/me").body()).getString("email")).isEqualTo(composed);
        Problems.assertIs(409, register(composed));
        Problems.assertIs(409, register(decomposed));
    }

    /** Longer than an address may be as it is sent, not as it is kept. */
    @Test
    void addressIsMeasuredAndSearchedComposed() {
        String mark = UUID.randomUUID().toString();
        String composed = mark + "\u00e9".repeat(200) + "@x.org";
        String decomposed = mark + "e\u0301".repeat(200) + "@x.org";
        assertThat(register(decomposed).statusCode()).isEqualTo(201);

        Login login = Login.in(cluster.b(), decomposed, PASSWORD);
        assertThat(Http.json(login.get("/api/auth/me").body()).getString("email")).isEqualTo(composed);
        String part = URLEncoder.encode(mark + "e\u0301", StandardCharsets.UTF_8);
        assertThat(Http.json(cluster.login("admin").get("/api/admin/users?q=" + part).body()).getJsonArray("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jose\u0301", "a\u00a0b", "a\u200bb", "a\u2028b"})
    void accountFromBeforeSuchAddressesWereRefusedLogsIn(String name) {
        String old = UUID.randomUUID() + name + "@x.org";
        Login made = Login.anew(cluster.a());
        Database.execute(cluster.database(), "UPDATE app_user SET email = '%s' WHERE id = %d".formatted(old, made.userId()));

        Login login = Login.in(cluster.b(), old, PASSWORD);
        assertThat(login.userId()).isEqualTo(made.userId());
        for (String path : List.of("/", "/login/", "/api/auth/me")) {
            assertThat(login.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void accountFromBeforeAccentsWereComposedHasItsAddressAlone() {
        String composed = UUID.randomUUID() + "jos\u00e9@x.org";
        Login made = Login.anew(cluster.a());
        Database.execute(cluster.database(), "UPDATE app_user SET email = '%s' WHERE id = %d".formatted(composed.replace("\u00e9", "e\u0301"), made.userId()));

        Problems.assertIs(409, register(composed));
        assertThat(Login.in(cluster.b(), composed, PASSWORD).userId()).isEqualTo(made.userId());
    }

    private HttpResponse<String> register(String email) {
        return Http.post(cluster.a(), "/api/auth/register", "{\"email\":\"%s\",\"name\":\"N\",\"password\":\"%s\"}".formatted(email, PASSWORD));
    }
}
