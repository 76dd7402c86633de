package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query strings and headers as clients and proxies really send them. */
@ExtendWith(TwoNodes.class)
class HeadersIT {

    private static final int TIMEOUT_MILLIS = 15_000;

    private final Cluster cluster;

    HeadersIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse/votes?client_id=%", "/sse/votes?client_id=%zz", "/api/polls?before=%", "/api/stream?topic=%", "/api/polls?x=%4",
            "/api/polls?x=%ff", "/api/polls?x=%ED%A0%80", "/api/auth/me?token=%zz", "/?a=%", "/live?token=%", "/ws?ticket=%u1234",
            "/nothing?%", "/index.html?%", "/.well-known/jwks.json?%", "/api/polls?before=|", "/api/polls?before={x}", "/api/polls?before=\""})
    void queryThatCannotBeReadIs400(String target) throws IOException {
        assertThat(raw("GET", target, "")).startsWith("HTTP/1.1 400 ").contains("application/problem+json", "urn:pado:problem:")
                .doesNotContain("$WSEP");
    }

    /** A resource that is found by several patterns fails, not only one whose parameter it is. */
    @ParameterizedTest
    @ValueSource(strings = {"|", "{", "^", "x=\"", "<"})
    void queryThatIsOfNoUriIs400ForEveryMethod(String query) throws IOException {
        for (String request : List.of("PATCH /api/orders/1/status?", "GET /api/polls/1?", "GET /sse/votes?client_id=a&", "DELETE /api/friends/1?")) {
            String[] words = request.split(" ");
            assertThat(raw(words[0], words[1] + query, "Content-Length: 0\r\n")).startsWith("HTTP/1.1 400 ").contains("urn:pado:problem:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/chat/", "/login/"})
    void pageIsShownWhateverIsEncodedInItsQuery(String page) throws IOException {
        for (String query : List.of("next=%2Fchat%2F", "x=%5c", "x=%23", "x=%00%01%7f", "x=/../..", "x=|", "utm=https%3A%2F%2Fx.org%2F%3Fa%3Db")) {
            assertThat(raw("GET", page + '?' + query, "")).startsWith("HTTP/1.1 200 ").contains("Content-Security-Policy", "<!doctype html>");
        }
    }

    /** A proxy may have told another address; the container's own redirect names this server's. */
    @ParameterizedTest
    @CsvSource({"/votes,/votes/", "/votes?a=%2Fb&c,/votes/?a=%2Fb&c", "/votes;x=1,/votes/", "/chat?room=1,/chat/?room=1", "/%76otes,/votes/",
            "/.//votes,/votes/"})
    void folderWithoutASlashLeadsToItsPath(String asked, String location) throws IOException {
        assertThat(send(Cluster.PROXY, "GET", asked, "X-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.example\r\n", ""))
                .startsWith("HTTP/1.1 302 ").contains("\r\nLocation: " + location + "\r\n");
    }

    @Test
    void menusThatAreOtherThanWantedAre412() throws IOException {
        for (String path : List.of("/api/menus", "/api/settings")) {
            assertThat(raw("GET", path, "If-Match: \"abc\"\r\n")).startsWith("HTTP/1.1 412 ").contains("urn:pado:problem:not-matched");
            assertThat(raw("GET", path, "If-Match: *\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void headAndListsHaveAnEnd() throws IOException {
        assertThat(raw("GET", "/api/polls", "Accept: */*\r\n" + ("Accept-Language: " + "a,".repeat(2_000) + "\r\n").repeat(3))).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET", "/api/polls", ("Accept: " + "*/*,".repeat(1_000) + "\r\n").repeat(3))).startsWith("HTTP/1.1 400 ");
        assertThat(raw("GET", "/api/polls", "Accept-Language: " + "a-".repeat(3_000) + "a\r\n")).startsWith("HTTP/1.1 400 ")
                .contains("urn:pado:problem:header");
        assertThat(raw("GET", "/api/polls", "X: a\r\n".repeat(90))).startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET", "/api/polls", "X: a\r\n".repeat(110))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void pathOfTheServersOwnTakesAnyQuery() throws IOException {
        assertThat(Http.get(cluster.a(), "/openapi?format=json").statusCode()).isEqualTo(200);
        assertThat(raw("GET", "/openapi?x=%u0041", "")).startsWith("HTTP/1.1 200 ");
        assertThat(raw("GET", "/openapi?format=%zz", "")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "415|Content-Type: json", "415|Content-Type: ;", "415|Content-Type: application/json, text/plain", "415|Content-Type: */*",
        "415|Content-Type: application/json;charset=nothing", "415|Content-Type: application/json;charset='utf-8'",
        "415|Content-Type: application/json;charset=", "400|Accept: foo", "400|Accept: text/event-stream;q=x", "400|Accept: */*;q=",
        "400|Accept: */*;q=2", "406|Accept: application/json;q=0, */*", "406|Accept: */*;q=0.0", "406|Accept: text/plain",
        "400|Accept-Language: xx-invalid-;q=9", "400|Accept-Language: en;q=x", "200|Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "200|Accept: *", "200|Accept: text/plain;q=0, */*", "200|Accept: ,", "200|Accept-Language: zh-Hant-TW, *;q=0.1",
        "200|Accept-Language: ko_KR", "200|Accept-Language: en_US, ko_KR.UTF-8;q=0.5", "200|Accept-Language: zh_TW_#Hant", "200|Accept-Language: xx-",
        "200|Accept-Language: en us", "200|Accept-Language: 한국어", "400|Accept-Language: ko_KR;q=2",
        "200|Content-Type: application/json;charset=\"UTF-8\""})
    void headerThatCannotBeReadIsRefusedInWords(int status, String header) throws IOException {
        String answer = raw("GET", "/api/polls", header + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 " + status + ' ');
        assertThat(answer.contains("application/problem+json")).isEqualTo(status != 200);
    }

    /** Some proxies and tools send one to everybody. It says nothing here, whatever it is. */
    @ParameterizedTest
    @ValueSource(strings = {"Basic YWJj", "Basic abc", "Basic !!!!", "Basic ", "Basic Og==", "Basic dTpw", "basic YWJj", "Basic  YWJj", "Digest x", "Basic"})
    void authorizationOfAnotherSchemeCountsAsNone(String value) throws IOException {
        String header = "Authorization: " + value + "\r\n";
        for (String path : List.of("/", "/login/", "/api/polls", "/.well-known/jwks.json", "/health/live", "/openapi")) {
            assertThat(raw("GET", path, header)).as(path).startsWith("HTTP/1.1 200 ");
        }
        assertThat(raw("GET", "/api/auth/me", header)).startsWith("HTTP/1.1 401 ").contains("urn:pado:problem:unauthorized");
        assertThat(raw("GET", "/nothing", header)).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
        assertThat(raw("GET", "/live", header)).startsWith("HTTP/1.1 426 ");
        assertThat(raw("HEAD", "/sse/votes?client_id=a", header)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void streamThatIsExcludedIs406() throws IOException {
        assertThat(raw("GET", "/sse/votes?client_id=a", "Accept: text/event-stream;q=0, */*\r\n")).startsWith("HTTP/1.1 406 ");
        assertThat(raw("GET", "/api/stream?topic=public:a", "Accept: text/event-stream;q=0, */*\r\n")).startsWith("HTTP/1.1 406 ");
    }

    @ParameterizedTest
    @CsvSource({"GET,/nothing,404", "POST,/nothing,404", "GET,/live/x,404", "GET,/sdk/nothing.js,404", "GET,/pages/,404", "GET,/WEB-INF/web.xml,404",
            "GET,/error-page,404", "POST,/live,405", "PUT,/ws,405", "DELETE,/live,405", "FOO,/live,405", "POST,/index.html,405", "PUT,/api/polls,405",
            "GET,/api/polls/%ff,400", "GET,/api/polls/a|b,400", "GET,/votes/%ff,400", "GET,/sdk/index.js/,404", "GET,/index.html/,404", "GET,/pages,404"})
    void whatTheContainerRefusesIsAProblem(String method, String path, int status) throws IOException {
        String answer = raw(method, path, "");
        assertThat(answer).startsWith("HTTP/1.1 " + status + ' ').contains("application/problem+json").doesNotContain("$WSEP", "SRVE", "<html");
        assertThat(answer.contains("\r\nAllow: ")).isEqualTo(status == 405);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/live|GET, OPTIONS", "/ws|GET, OPTIONS", "/index.html|GET, HEAD, OPTIONS"})
    void optionsListWhatWorks(String path, String allowed) {
        HttpResponse<String> answer = Http.send(HttpRequest.newBuilder(cluster.a().resolve(path)).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "deflate", "br", "x-gzip", "identity, gzip", "anything"})
    void bodyThatWouldHaveToBeUnpackedIsRefused(String coding) throws IOException {
        String answer = send("127.0.0.1", "POST", "/api/polls/1/votes", "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Encoding: "
                + coding + "\r\n", "{}");
        assertThat(answer).startsWith("HTTP/1.1 415 ").contains("application/problem+json", "Accept-Encoding: identity", "without Content-Encoding");
    }

    @Test
    void bodyThatIsSentAsItIsIsRead() throws IOException {
        assertThat(send("127.0.0.1", "POST", "/api/polls/1/votes", "Content-Type: application/json\r\nContent-Length: 2\r\nContent-Encoding: identity\r\n",
                "{}")).startsWith("HTTP/1.1 422 ");
    }

    @Test
    void byteOrderMarkIsNamed() {
        assertThat(Problems.assertIs(400, Http.post(cluster.a(), "/api/polls/1/votes", "\uFEFF{}")).getString("detail")).contains("byte order mark");
    }

    @Test
    void everyLocationLeadsToWhatWasMade() {
        Cafe cafe = Cafe.of(cluster);
        Login admin = cluster.login("admin");
        assertLeads(admin, admin.post("/api/polls", "{\"title\":\"?\",\"options\":[\"a\",\"b\"]}"));
        assertLeads(admin, admin.post("/api/menus", "{\"name\":\"n\",\"price\":1,\"category\":\"c\"}"));
        assertLeads(admin, admin.post("/api/orders", Cafe.byCard(cafe.menu(1_000), 1)));
        assertLeads(admin, admin.post("/api/cells", "{\"name\":\"" + UUID.randomUUID() + "\"}"));
        assertLeads(admin, admin.post("/api/bookings", "{\"partnerId\":%d,\"serviceName\":\"s\",\"startsAt\":\"%s\",\"amount\":1}"
                .formatted(cluster.login("partner").userId(), Instant.now().plus(Duration.ofDays(700)).truncatedTo(ChronoUnit.MINUTES))));
        assertLeads(admin, admin.post("/api/personas", "{\"name\":\"n\",\"prompt\":\"p\"}"));
        assertLeads(admin, admin.post("/api/chat/messages", "{\"content\":\"c\"}"));
    }

    @Test
    void containersOwnHeadersAreNotBelieved() throws IOException {
        assertThat(login("$WSIS: true\r\n$WSSC: https\r\n", InetAddress.getLoopbackAddress().getHostAddress())).doesNotContain("Secure");
    }

    @Test
    void proxyThatIsBelievedTellsTheScheme() throws IOException {
        assertThat(login("X-Forwarded-Proto: https\r\n", Cluster.PROXY)).contains(";Secure");
        assertThat(login("Forwarded: for=1.1.1.1;proto=https\r\n", Cluster.PROXY)).doesNotContain("Secure");
        assertThat(login("X-Forwarded-Proto: https\r\n", "127.0.0.1")).doesNotContain("Secure");
    }

    @Test
    void refusedPageReadsBothOrigins() throws IOException {
        assertThat(raw("GET", "/live", "Origin: https://evil.example\r\n")).startsWith("HTTP/1.1 403 ")
                .contains("https://evil.example", "http://" + cluster.a().getAuthority());
        assertThat(raw("GET", "/live", "Origin: HTTP://LOCALHOST.:" + cluster.a().getPort() + "\r\n")).startsWith("HTTP/1.1 426 ");
    }

    private static void assertLeads(Login login, HttpResponse<String> made) {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        URI location = made.uri().resolve(made.headers().firstValue("Location").orElseThrow());
        HttpResponse<String> there = login.get(location.getPath() + (location.getQuery() == null ? "" : '?' + location.getQuery()));
        assertThat(there.statusCode()).as(location.toString()).isEqualTo(200);
    }

    private String login(String headers, String from) throws IOException {
        String body = Login.credentials("user1@demo.pado", "pado-demo");
        return send(from, "POST", "/api/auth/login/json", headers + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n", body)
                .lines().filter(line -> line.startsWith("Set-Cookie")).findFirst().orElseThrow();
    }

    private String raw(String method, String target, String headers) throws IOException {
        return send("127.0.0.1", method, target, headers, "");
    }

    private String send(String from, String method, String target, String headers, String body) throws IOException {
        URI node = cluster.a();
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), node.getPort(), InetAddress.getByName(from), 0)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write((method + ' ' + target + " HTTP/1.1\r\nHost: " + node.getAuthority() + "\r\nConnection: close\r\n" + headers + "\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
