package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.contract.AsyncApi;
import io.pado.launch.DemoUsers;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table of who may do what in {@code docs/operations.md}, against every call of the running server. */
@ExtendWith(TwoNodes.class)
class RolesIT {

    private static final Path TABLE = Path.of("docs", "operations.md");
    private static final String HEAD = "| call |";
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    private final Cluster cluster;
    private final Map<String, Login> logins = new HashMap<>();

    RolesIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void everyCallOfTheServerHasARowAndEveryRowACall() {
        assertThat(calls()).containsExactlyInAnyOrderElementsOf(table().keySet());
    }

    @Test
    void descriptionHasATitleATextAndAGroupForEachCall() {
        JsonObject description = description();
        assertThat(description.getJsonObject("info").getString("title")).isEqualTo("Pado");
        assertThat(description.getJsonObject("info").getString("description")).isNotBlank();
        List<String> groups = description.getJsonArray("tags").getValuesAs(JsonObject.class).stream().map(tag -> tag.getString("name")).toList();
        description.getJsonObject("paths").forEach((path, methods) -> methods.asJsonObject().forEach((method, call) -> {
            if (METHODS.contains(method)) {
                assertThat(call.asJsonObject().getJsonArray("tags")).as(path).hasSize(1);
                assertThat(groups).contains(call.asJsonObject().getJsonArray("tags").getString(0));
            }
        }));
    }

    /** For everybody, in AsyncAPI's words. */
    @Test
    void streamsAreDescribedWithTheAddressesThatTheyHave() throws IOException {
        HttpResponse<String> answer = Http.get(cluster.a(), "/asyncapi.yaml");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/yaml");
        assertThat(answer.body()).isEqualTo(Files.readString(AsyncApi.FILE));

        AsyncApi description = AsyncApi.read();
        List<Pattern> calls = calls().stream().map(call -> Pattern.compile(call.replaceAll("\\{\\w+}", "[^/]+"))).toList();
        assertThat(description.addresses("http")).isNotEmpty().allSatisfy(address -> assertThat(calls)
                .anyMatch(call -> call.matcher(description.method(address) + ' ' + address).matches()));
        // Without a client_id a channel is refused in another way if there is none.
        assertThat(description.addresses("http")).filteredOn(address -> address.startsWith("/sse/")).hasSizeGreaterThan(1)
                .allSatisfy(address -> Problems.assertIs(400, Http.get(cluster.a(), address)));
        assertThat(description.addresses("websocket")).isNotEmpty().allSatisfy(address -> Problems.assertIs(426, Http.get(cluster.a(), address)));
        assertThat(description.addresses("redis")).isNotEmpty().allSatisfy(channel -> cluster.publish(channel, "no JSON"));
    }

    @Test
    void serverLetsInWhomTheTableNames() {
        Map<String, Map<String, Boolean>> found = new TreeMap<>();
        table().forEach((call, row) -> {
            Map<String, Boolean> answers = new LinkedHashMap<>();
            row.keySet().forEach(role -> answers.put(role, letsIn(call, role)));
            found.put(call, answers);
        });
        assertThat(found).isEqualTo(new TreeMap<>(table()));
    }

    /** A proxy that keeps answers for some time would give them to the next one who asks. */
    @Test
    void answersToATokenAreNotKeptForOthers() {
        List<String> calls = table().entrySet().stream().filter(row -> row.getValue().get("admin")).map(Map.Entry::getKey)
                .filter(call -> call.startsWith("GET ") && !call.contains("/.well-known/")).toList();
        assertThat(calls).hasSizeGreaterThan(20).contains("GET /api/auth/me");
        Login admin = login("admin");
        for (String call : calls) {
            URI address = address(call.split(" ")[1]);
            assertNotKept(call, HttpRequest.newBuilder(address).header("Authorization", "Bearer " + admin.token()));
        }
        assertNotKept("cookie", HttpRequest.newBuilder(cluster.a().resolve("/api/auth/me")).header("Cookie", "pado_token=" + admin.token()));
        String ticket = Http.json(admin.post("/api/auth/tickets", "").body()).getString("ticket");
        assertNotKept("ticket", HttpRequest.newBuilder(cluster.a().resolve("/api/auth/me?ticket=" + ticket)));
        assertNotKept("login", HttpRequest.newBuilder(cluster.a().resolve("/api/auth/me?token=" + admin.token())));
    }

    private static void assertNotKept(String call, HttpRequest.Builder request) {
        HttpResponse<InputStream> answer = Http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(String.join(",", answer.headers().allValues("Cache-Control"))).as("%s, %s", call, answer.statusCode())
                    .containsAnyOf("no-store", "no-cache");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private boolean letsIn(String call, String role) {
        String[] parts = call.split(" ");
        HttpRequest.Builder request = HttpRequest.newBuilder(address(parts[1])).header("Content-Type", "application/json")
                .method(parts[0], parts[0].equals("POST") ? BodyPublishers.ofString("{}") : BodyPublishers.noBody());
        if (!role.equals("nobody")) {
            // The one call that ends a login gets one of its own.
            Login login = call.endsWith("/logout") ? login(role) : logins.computeIfAbsent(role, this::login);
            request.header("Authorization", "Bearer " + login.token());
        }
        HttpResponse<InputStream> answer = Http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).as("%s as %s", call, role).isLessThan(500);
            return answer.statusCode() != 401 && answer.statusCode() != 403;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Login login(String role) {
        return Login.of(cluster.a(), DemoUsers.all().containsKey(role + "@demo.pado") ? role : "user1");
    }

    private URI address(String path) {
        String concrete = path.replace("{id}", "999999999").replace("{channel}", "votes").replace("{topic}", "app:x")
                .replace("{key}", "barista_note").replace("{role}", "barista").replace("{userId}", "999999999")
                .replace("{chatId}", "roles").replace("{run}", "00000000-0000-0000-0000-000000000000")
                .replace("{connectionId}", "00000000-0000-0000-0000-000000000000");
        String query = path.startsWith("/sse/") ? "?client_id=a" : path.equals("/api/stream") ? "?topic=public:x" : "";
        return cluster.a().resolve(concrete + query);
    }

    /** What the server's own description names. */
    private List<String> calls() {
        JsonObject paths = description().getJsonObject("paths");
        TreeSet<String> calls = new TreeSet<>();
        paths.forEach((path, methods) -> methods.asJsonObject().keySet().stream()
                .filter(METHODS::contains)
                .forEach(method -> calls.add(method.toUpperCase() + ' ' + path.replaceAll("\\{(\\w+)[^}]*}", "{$1}"))));
        return List.copyOf(calls);
    }

    private JsonObject description() {
        HttpRequest request = HttpRequest.newBuilder(cluster.a().resolve("/openapi")).header("Accept", "application/json").build();
        return Http.json(Http.send(request, BodyHandlers.ofString()).body());
    }

    /** Calls, and whom they let in. */
    private static Map<String, Map<String, Boolean>> table() {
        try {
            List<String> lines = Files.readAllLines(TABLE).stream().dropWhile(line -> !line.startsWith(HEAD))
                    .takeWhile(line -> line.startsWith("|")).toList();
            List<String> roles = cells(lines.get(0));
            Map<String, Map<String, Boolean>> table = new LinkedHashMap<>();
            for (String line : lines.subList(2, lines.size())) {
                List<String> cells = cells(line);
                Map<String, Boolean> row = new LinkedHashMap<>();
                for (int i = 1; i < roles.size(); i++) {
                    assertThat(cells.get(i)).isIn("yes", "–");
                    row.put(roles.get(i), cells.get(i).equals("yes"));
                }
                table.put(cells.get(0).replace("`", ""), row);
            }
            return table;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> cells(String line) {
        return new ArrayList<>(Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList());
    }
}
