package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** What browsers do: cookies, tickets, tokens in addresses, questions of other origins. */
@ExtendWith(TwoNodes.class)
class BrowserIT {

    private static final String EVIL = "https://evil.example";

    private final Cluster cluster;

    BrowserIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void loginSetsACookieThatNoScriptReadsAndLogoutTakesIt() {
        String cookie = loginCookie("user1");
        assertThat(cookie).startsWith("pado_token=").contains("HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=900");

        HttpResponse<String> me = Http.send(with(cookie, "/api/auth/me"));
        assertThat(me.statusCode()).as(me.body()).isEqualTo(200);

        HttpResponse<String> logout = Http.send(with(cookie, "/api/auth/logout").POST(BodyPublishers.noBody()));
        assertThat(logout.statusCode()).isEqualTo(204);
        assertThat(logout.headers().firstValue("Set-Cookie")).hasValueSatisfying(gone -> assertThat(gone).contains("Max-Age=0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "null", "http://localhost.evil.example", "https://shop.example.evil.example", "https://shop.example:444",
            "http://localhost:99999999", "x y"})
    void cookieDoesNotCountForPagesOfForeignOrigins(String origin) {
        String cookie = loginCookie("user1");
        Problems.assertIs(403, Http.send(with(cookie, "/api/auth/logout").header("Origin", origin).POST(BodyPublishers.noBody())));
        Problems.assertIs(403, Http.send(with(cookie, "/sse/votes?client_id=a").header("Origin", origin)));
        assertThat(Http.send(with(cookie, "/api/auth/me")).statusCode()).isEqualTo(200);
    }

    @Test
    void cookieDoesNotCountForCrossSiteRequestsWithoutAnOrigin() {
        String cookie = loginCookie("user1");
        Problems.assertIs(403, Http.send(with(cookie, "/api/auth/me").header("Sec-Fetch-Site", "cross-site")));
        assertThat(Http.send(with(cookie, "/api/auth/me").header("Sec-Fetch-Site", "same-origin")).statusCode()).isEqualTo(200);
    }

    /** In a mail that is read in the browser, say. */
    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void linkOfAnotherSiteShowsThePageAndTheCookieCountsAsNone(String method) {
        String cookie = loginCookie("user1");
        assertThat(Http.send(visit(cookie, "/chat/").method(method, BodyPublishers.noBody())).statusCode()).isEqualTo(200);
        assertThat(Http.send(visit(cookie, "/api/polls").method(method, BodyPublishers.noBody())).statusCode()).isEqualTo(200);
        assertThat(Http.send(visit(cookie, "/api/auth/me").method(method, BodyPublishers.noBody())).statusCode()).isEqualTo(401);
    }

    @Test
    void formOfAnotherSiteIsRefused() {
        String cookie = loginCookie("user1");
        Problems.assertIs(403, Http.send(visit(cookie, "/api/auth/logout").POST(BodyPublishers.noBody())));
        Problems.assertIs(403, Http.send(visit(cookie, "/api/auth/logout").header("Origin", EVIL).POST(BodyPublishers.noBody())));
        assertThat(Http.send(with(cookie, "/api/auth/me")).statusCode()).isEqualTo(200);
    }

    @Test
    void cookieCountsForOwnPagesAndForAllowedOnes() {
        String cookie = loginCookie("user1");
        for (String origin : List.of(cluster.a().toString().replaceAll("/$", ""), Cluster.ALLOWED_ORIGIN, "http://localhost:5173")) {
            assertThat(Http.send(with(cookie, "/api/auth/me").header("Origin", origin)).statusCode()).as(origin).isEqualTo(200);
        }
    }

    @Test
    void cookieThatHasEndedCountsAsNone() {
        assertThat(Http.send(with("pado_token=over", "/api/polls")).statusCode()).isEqualTo(200);
        Problems.assertIs(401, Http.send(with("pado_token=over", "/api/auth/me")));
    }

    @Test
    void ticketOpensOneStreamOnAnyNode() {
        Login login = Login.of(cluster.a(), "user1");
        String path = "/sse/votes?client_id=a&ticket=" + ticket(login);
        try (Stream stream = Stream.open(cluster.b(), path).greeted()) {
            assertThat(stream.first(e -> e.is("connection_ack")).json().getInt("userId")).isEqualTo(login.userId());
        }
        Problems.assertIs(401, Http.get(cluster.a(), path));
    }

    @Test
    void ticketOfAnotherUserIsRefusedAndUsedUp() {
        String path = "/sse/votes?client_id=a&ticket=" + ticket(Login.of(cluster.a(), "user1"));
        Problems.assertIs(401, Login.of(cluster.a(), "user2").get(path));
        Problems.assertIs(401, Http.get(cluster.a(), path));
    }

    @Test
    void ticketCannotBeTakenLaterThanHalfAMinute() {
        String ticket = ticket(Login.of(cluster.a(), "user1"));
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            List<String> keys = List.copyOf(redis.keys("pado:ticket:*"));
            assertThat(keys).isNotEmpty().allSatisfy(key -> {
                assertThat(redis.ttl(key)).isBetween(0L, 30L);
                assertThat(key).doesNotContain(ticket);
                redis.pexpire(key, 0);
            });
        }
        Problems.assertIs(401, Http.get(cluster.a(), "/sse/votes?client_id=a&ticket=" + ticket));
    }

    @Test
    void ticketsThatNeverWereAreRefused() {
        for (String ticket : new String[] {"x", "", "%00", "a".repeat(5_000)}) {
            Problems.assertIs(401, Http.get(cluster.a(), "/sse/votes?client_id=a&ticket=" + ticket));
        }
        Problems.assertIs(401, Http.post(cluster.a(), "/api/auth/tickets", ""));
    }

    @Test
    void preflightOfAnAllowedOriginPasses() {
        HttpResponse<String> answer = preflight(Cluster.ALLOWED_ORIGIN);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).hasValue(Cluster.ALLOWED_ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials")).hasValue("true");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers")).hasValueSatisfying(
                headers -> assertThat(headers).contains("Authorization", "Content-Type", "Last-Event-ID", "Idempotency-Key"));
        assertThat(answer.headers().allValues("Vary")).contains("Origin");
    }

    @Test
    void preflightOfAnotherOriginIsRefused() {
        HttpResponse<String> answer = preflight(EVIL);
        Problems.assertIs(403, answer);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "null"})
    void pagesOfEveryOriginMayUseAnOpenPathButNotByACookie(String origin) {
        String path = "/api/chat/rooms/nothing/send";
        HttpResponse<String> preflight = preflight(path, origin);
        assertThat(preflight.statusCode()).isEqualTo(204);
        HttpResponse<String> answer = Http.send(request(path).header("Origin", origin).header("Authorization", "Bearer " + cluster.login("user1").token())
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"message\":\"x\"}")));
        assertThat(answer.body()).contains("\"type\":\"error\"");
        for (HttpResponse<String> each : List.of(preflight, answer)) {
            assertThat(each.headers().allValues("Access-Control-Allow-Origin")).containsExactly("*");
            assertThat(each.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        }
        Problems.assertIs(403, Http.send(with(loginCookie("user1"), path).header("Origin", origin).POST(BodyPublishers.ofString("{}"))));
        assertThat(preflight(path, Cluster.ALLOWED_ORIGIN).headers().firstValue("Access-Control-Allow-Origin")).hasValue(Cluster.ALLOWED_ORIGIN);
        Problems.assertIs(403, preflight("/api/chat/rooms/a/b/send", origin));
    }

    @Test
    void allowedOriginMayReadAnswersAndRefusals() {
        for (String path : List.of("/api/polls", "/api/auth/me", "/sse/votes", "/api/nothing")) {
            HttpResponse<String> allowed = Http.send(request(path).header("Origin", Cluster.ALLOWED_ORIGIN));
            assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).as(path).hasValue(Cluster.ALLOWED_ORIGIN);
            HttpResponse<String> evil = Http.send(request(path).header("Origin", EVIL));
            assertThat(evil.headers().firstValue("Access-Control-Allow-Origin")).as(path).isEmpty();
        }
        HttpResponse<String> refused = Http.send(request("/api/polls").header("Origin", Cluster.ALLOWED_ORIGIN)
                .header("Authorization", "Bearer x"));
        Problems.assertIs(401, refused);
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue(Cluster.ALLOWED_ORIGIN);
    }

    @Test
    void tokenInTheAddressReachesNoLog() throws IOException {
        Login login = Login.of(cluster.a(), "user1");
        String path = "/sse/events?client_id=%0Abroken&token=" + login.token();
        try (Stream stream = Stream.open(cluster.a(), "/sse/votes?client_id=a&token=" + login.token()).greeted()) {
            Problems.assertIs(400, Http.get(cluster.a(), path));
            Problems.assertIs(401, Http.get(cluster.a(), "/sse/votes?client_id=a&token=" + login.token() + "x"));
        }
        String secret = login.token().substring(login.token().lastIndexOf('.') + 1);
        try (java.util.stream.Stream<Path> files = Files.walk(Path.of("target/nodes"))) {
            List<Path> logs = files.filter(file -> file.toString().endsWith(".log") && file.toString().contains("it-shared")).toList();
            assertThat(logs).isNotEmpty();
            for (Path log : logs) {
                assertThat(Files.readString(log, StandardCharsets.UTF_8)).as(log.toString()).doesNotContain(secret);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0D%0ASet-Cookie:%20x=y", "%0D%0A%0D%0A%3Cscript%3E", "a%00b"})
    void nothingOfTheAddressBecomesAHeader(String text) {
        for (String path : List.of("/sse/votes?client_id=" + text, "/sse/votes?client_id=a&last_event_id=" + text)) {
            HttpRequest request = request(path).build();
            HttpResponse<InputStream> answer = Http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(answer.statusCode()).isIn(200, 400);
            assertThat(answer.body()).satisfies(InputStream::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/kiosk/", "/barista/", "/admin/", "/operations/", "/friends/", "/pages/base.css", "/sdk/index.js"})
    void pagesRunNoForeignScriptAndAreNeverOlderThanTheServer(String path) {
        HttpResponse<String> page = Http.send(request(path));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(
                policy -> assertThat(policy).contains("default-src 'self'").doesNotContain("unsafe"));
        assertThat(page.body()).doesNotContain("<script>", " onclick=", " style=");
        String seen = page.headers().firstValue("Last-Modified").orElseThrow();
        assertThat(Http.send(request(path).header("If-Modified-Since", seen)).statusCode()).isEqualTo(304);
    }

    @Test
    void librariesOfPagesAreKeptByTheBrowserUnderTheirVersion() {
        assertThat(Http.send(request("/sdk/index.js")).headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/javascript"));
        for (String names : List.of("/pages/vendor.css", "/pages/vendor.js")) {
            String library = Http.send(request(names)).body().replaceFirst("(?s).*(/webjars/[^'\"]+).*", "$1");
            HttpResponse<String> file = Http.send(request(library));
            assertThat(file.statusCode()).as(library).isEqualTo(200);
            assertThat(file.headers().firstValue("Cache-Control")).hasValueSatisfying(kept -> assertThat(kept).contains("immutable"));
        }
    }

    private HttpResponse<String> preflight(String origin) {
        return preflight("/api/auth/login/json", origin);
    }

    private HttpResponse<String> preflight(String path, String origin) {
        return Http.send(request(path).header("Origin", origin).header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private String ticket(Login login) {
        HttpResponse<String> answer = login.post("/api/auth/tickets", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonObject ticket = Http.json(answer.body());
        assertThat(ticket.getInt("expires_in")).isEqualTo(30);
        return ticket.getString("ticket");
    }

    private String loginCookie(String user) {
        return Http.post(cluster.a(), "/api/auth/login/json", Login.credentials(user + "@demo.pado", "pado-demo"))
                .headers().firstValue("Set-Cookie").orElseThrow();
    }

    private HttpRequest.Builder visit(String cookie, String path) {
        return with(cookie, path).header("Sec-Fetch-Site", "cross-site").header("Sec-Fetch-Mode", "navigate").header("Sec-Fetch-Dest", "document");
    }

    private HttpRequest.Builder with(String cookie, String path) {
        return request(path).header("Cookie", cookie.replaceFirst(";.*", ""));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(cluster.a().toString().replaceAll("/$", "") + path));
    }
}
