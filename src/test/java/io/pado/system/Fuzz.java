package io.pado.system;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests and frames by chance, of every call that the server's own description has. Each has a number, and a seed makes the same ones again. */
final class Fuzz {

    private static final Pattern IN_PATH = Pattern.compile("\\{[^}]*}");
    /** What would take the users and the logins of the test away. Their own ids, and their own tokens, are not given to these. */
    private static final Pattern HARMFUL = Pattern.compile("/admin/users/|/auth/logout");
    private static final List<String> DESCRIBED = List.of("get", "post", "put", "patch", "delete");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO", "get");
    private static final List<String> NOT_DESCRIBED = List.of("/live", "/ws", "/", "/health/ready", "/openapi", "/sdk/stream.js", "/nothing", "/chat/", "/.well-known/jwks.json");
    /** Its own applications fail at queries that cannot be read, before anything of ours is asked. */
    private static final List<String> OF_THE_SERVER = List.of("/health/ready", "/openapi");
    private static final List<String> QUERIES = List.of("client_id", "channels", "topic", "last_event_id", "lastEventId", "token", "limit", "before", "after", "status");
    private static final List<String> TYPES = List.of("application/json", "application/json;charset=UTF-8", "application/json;charset=nothing", "text/plain", "application/json;charset=",
            "multipart/form-data", "application/x-www-form-urlencoded", "a", "*/*", "application/xml", "");
    private static final List<String> HEADERS = List.of("Accept", "Last-Event-ID", "Idempotency-Key", "Origin", "Cookie", "X-Forwarded-For", "Forwarded", "Range", "If-None-Match",
            "Accept-Language", "Content-Encoding", "Upgrade", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "Sec-WebSocket-Protocol", "X-HTTP-Method-Override", "Accept-Encoding",
            "Sec-Fetch-Mode", "Authorization", "Content-Language", "Prefer", "$WSIS", "Expect", "Connection", "TE");
    private static final List<String> SAID = List.of("subscribe", "unsubscribe", "resume", "publish", "ping", "nothing", "Subscribe");
    private static final List<String> FIELDS = List.of("ref", "topics", "topic", "event", "key", "data", "once", "positions", "token", "id", "last_event_id");

    private final long seed;
    private final JsonObject schemas;
    private final List<Call> calls;
    private final List<String> tokens;

    private record Call(String method, String path, List<String> queries, JsonObject body) {
    }

    /** @param description the server's, of OpenAPI. @param tokens of some callers */
    Fuzz(long seed, JsonObject description, List<String> tokens) {
        this.seed = seed;
        this.tokens = List.copyOf(tokens);
        this.schemas = description.getJsonObject("components").getJsonObject("schemas");
        List<Call> all = new ArrayList<>();
        description.getJsonObject("paths").forEach((path, methods) -> methods.asJsonObject().forEach((method, call) -> {
            if (DESCRIBED.contains(method)) {
                all.add(call(method.toUpperCase(Locale.ROOT), path, call.asJsonObject()));
            }
        }));
        NOT_DESCRIBED.forEach(path -> all.add(new Call("GET", path, QUERIES, JsonValue.EMPTY_JSON_OBJECT)));
        this.calls = List.copyOf(all);
    }

    /** How many calls it knows. */
    int size() {
        return calls.size();
    }

    private static Call call(String method, String path, JsonObject call) {
        JsonArray parameters = call.containsKey("parameters") ? call.getJsonArray("parameters") : JsonValue.EMPTY_JSON_ARRAY;
        List<String> queries = parameters.getValuesAs(JsonObject.class).stream().filter(each -> each.getString("in", "").equals("query"))
                .map(each -> each.getString("name")).toList();
        JsonObject body = JsonValue.EMPTY_JSON_OBJECT;
        if (call.containsKey("requestBody")) {
            JsonObject contents = call.getJsonObject("requestBody").getJsonObject("content");
            body = contents.values().stream().map(JsonValue::asJsonObject).filter(each -> each.containsKey("schema")).map(each -> each.getJsonObject("schema"))
                    .findFirst().orElse(JsonValue.EMPTY_JSON_OBJECT);
        }
        return new Call(method, path, queries, body);
    }

    /** The bytes of a request. */
    byte[] request(int number) {
        Chance chance = new Chance(seed, number);
        Call call = chance.of(calls);
        boolean harmful = HARMFUL.matcher(call.path).find();
        String method = chance.in(90) ? call.method : chance.of(METHODS);
        byte[] body = call.body.isEmpty() && chance.in(80) ? new byte[0] : body(chance, call.body);
        String query = OF_THE_SERVER.contains(call.path) ? "" : query(chance, call.queries);
        StringBuilder head = new StringBuilder(method).append(' ').append(path(chance, call.path, harmful)).append(query)
                .append(" HTTP/1.1\r\nHost: localhost\r\n");
        if (chance.in(70)) {
            head.append("Authorization: ").append(call.path.endsWith("/logout") || chance.in(10) ? "Bearer a.b.c" : "Bearer " + chance.of(tokens)).append("\r\n");
        }
        for (int more = chance.below(4) * chance.below(2); more > 0; more--) {
            head.append(chance.of(HEADERS)).append(": ").append(chance.inHeader()).append("\r\n");
        }
        if (body.length > 0) {
            head.append("Content-Type: ").append(chance.in(90) ? TYPES.get(0) : chance.of(TYPES)).append("\r\n");
        }
        return whole(chance, head, body);
    }

    private static byte[] whole(Chance chance, StringBuilder head, byte[] body) {
        boolean inChunks = body.length > 0 && chance.in(5);
        if (inChunks) {
            head.append("Transfer-Encoding: chunked\r\n");
        } else if (body.length > 0 || chance.in(50)) {
            int lie = chance.in(2) ? chance.below(9) - 4 : 0;
            head.append("Content-Length: ").append(body.length + lie).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
        if (inChunks) {
            all.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        all.writeBytes(body);
        if (inChunks) {
            all.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return all.toByteArray();
    }

    private static String path(Chance chance, String pattern, boolean harmful) {
        return IN_PATH.matcher(pattern).replaceAll(place -> Matcher.quoteReplacement(harmful ? "9" + chance.below(1_000_000) + chance.inAddress() : chance.inAddress()))
                .replaceAll("[?#\\s\\\\|\\[\\]]", "%20");
    }

    private static String query(Chance chance, List<String> declared) {
        List<String> names = chance.in(20) ? QUERIES : declared;
        String query = names.stream().filter(name -> chance.in(60)).map(name -> name + '=' + chance.inAddress()).collect(Collectors.joining("&"));
        if (chance.in(10)) {
            query += '&' + chance.inAddress() + '=' + chance.inAddress();
        }
        return query.isEmpty() ? "" : '?' + query.replaceAll("[\\s#]", "");
    }

    private byte[] body(Chance chance, JsonObject schema) {
        byte[] json = (schema.isEmpty() ? chance.json("") : ofSchema(chance, schema, 0)).getBytes(StandardCharsets.UTF_8);
        return switch (chance.below(12)) {
            case 0 -> chance.spoilt(json);
            case 1 -> chance.bytes(300);
            default -> json;
        };
    }

    private String ofSchema(Chance chance, JsonObject schema, int depth) {
        if (schema.containsKey("$ref")) {
            String name = schema.getString("$ref").replaceFirst(".*/", "");
            return ofSchema(chance, schemas.getJsonObject(name), depth);
        }
        JsonValue type = schema.get("type");
        String kind = type == null ? "" : type.getValueType() == JsonValue.ValueType.ARRAY ? type.asJsonArray().getString(0) : schema.getString("type");
        if (kind.equals("object") && schema.containsKey("properties") && depth < 4 && chance.in(95)) {
            return schema.getJsonObject("properties").entrySet().stream().filter(each -> chance.in(92))
                    .map(each -> Chance.quoted(each.getKey()) + ':' + ofSchema(chance, each.getValue().asJsonObject(), depth + 1))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (kind.equals("array") && schema.containsKey("items") && chance.in(80)) {
            return IntStream.range(0, chance.below(3)).mapToObj(i -> ofSchema(chance, schema.getJsonObject("items"), depth + 1))
                    .collect(Collectors.joining(",", "[", "]"));
        }
        return chance.json(kind);
    }

    /** Where a WebSocket is opened, by whom, and what is sent on it. */
    record Frames(String path, byte[] bytes) {
    }

    Frames frames(int number) {
        Chance chance = new Chance(seed, -number);
        String path = chance.of(List.of("/live", "/ws")) + (chance.in(60) ? "?token=" + chance.of(tokens) : "");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = chance.below(12); i >= 0; i--) {
            all.writeBytes(frame(chance));
        }
        return new Frames(path, all.toByteArray());
    }

    private static byte[] frame(Chance chance) {
        byte[] said = chance.in(80) ? said(chance).getBytes(StandardCharsets.UTF_8) : chance.bytes(200);
        return switch (chance.below(12)) {
            case 0 -> RawSocket.frame(chance.below(256), said);
            case 1 -> RawSocket.frame(RawSocket.FINAL | RawSocket.PING, chance.bytes(140));
            case 2 -> RawSocket.frame(chance.of(List.of(RawSocket.TEXT, RawSocket.CONTINUATION, RawSocket.FINAL)), said);
            case 3 -> RawSocket.frame(RawSocket.FINAL | RawSocket.TEXT, chance.of(List.of(1, 2, 8)), chance.in(50) ? said.length : -chance.below(9), said);
            case 4 -> chance.bytes(30);
            case 5 -> RawSocket.close(chance.below(6_000), chance.bytes(20));
            default -> RawSocket.frame(RawSocket.FINAL | RawSocket.TEXT, said);
        };
    }

    private static String said(Chance chance) {
        String fields = FIELDS.stream().filter(name -> chance.in(40)).map(name -> ',' + Chance.quoted(name) + ':'
                + (name.equals("topics") && chance.in(70) ? "[\"public:fuzz\",\"votes\"," + chance.json("string") + "]" : chance.json("string"))).collect(Collectors.joining());
        return '{' + Chance.quoted(chance.in(70) ? "type" : "event") + ':' + (chance.in(90) ? Chance.quoted(chance.of(SAID)) : chance.json("")) + fields + '}';
    }
}
