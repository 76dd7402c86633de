package io.pado.bench;

import io.pado.launch.DemoUsers;
import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.PostgresStore;
import io.pado.stores.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * What people do, as fast as it goes: Pado beside a Node.js server that does the same with the same guarantees (src/peers/node/commands.js), in the
 * same run, on the same PostgreSQL and Redis, one after the other in each scenario. After the votes and the orders what is stored must be exact.
 */
final class Commands {
    private static final int CONNECTIONS = 32;
    private static final int READERS = 1_000;
    private static final int DEFAULT_SECONDS = 10;
    private static final int DEFAULT_WARM_UP_SECONDS = 40;
    private static final int PRICE = 100;
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final List<String> ALL = List.of("me", "poll", "publish", "votes", "orders");
    private static final Map<String, Integer> LEAST = Map.of("me", 5_000, "poll", 8_000, "publish", 5_000, "votes", 3_000, "orders", 600);
    private static final Map<String, Double> MOST_P99 = Map.of("publish", 50.0, "votes", 100.0);

    /** A server under load, with the database that it has for itself. */
    private record Server(String name, int port, DataSource database) {
    }

    private final String user;
    private final String publisher;
    private final String kiosk;
    private final int warmUp;
    private final List<String> scenarios;
    private boolean kept = true;

    private Commands(int port, int warmUp, List<String> scenarios) throws IOException, InterruptedException {
        this.warmUp = warmUp;
        this.scenarios = scenarios;
        user = login(port, "user1");
        publisher = login(port, "publisher");
        kiosk = login(port, "kiosk");
    }

    /** Arguments: this module's directory; seconds of each scenario, 10 without it; seconds of the warm-up before each, 40 without it;
     * the scenarios, with commas between, all without it. Exit code 0: the bounds are kept; 1: one is broken. */
    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        int seconds = arguments.length < 2 ? DEFAULT_SECONDS : Integer.parseInt(arguments[1]);
        int warmUp = arguments.length < 3 ? DEFAULT_WARM_UP_SECONDS : Integer.parseInt(arguments[2]);
        List<String> scenarios = arguments.length < 4 ? ALL : List.of(arguments[3].split(","));
        if (!ALL.containsAll(scenarios)) {
            throw new IllegalArgumentException("the scenarios are " + ALL + ", not " + scenarios);
        }
        System.exit(measured(Path.of(arguments[0]), seconds, warmUp, scenarios) ? 0 : 1);
    }

    private static boolean measured(Path bench, int seconds, int warmUp, List<String> scenarios) throws IOException, InterruptedException, SQLException {
        try (Stores stores = Stores.forTests()) {
            Map<String, String> settings = new HashMap<>(stores.settings());
            settings.put("pado.http.most.requests", "0");
            settings.put("pado.stream.connects.node", "0");
            settings.put("pado.stream.connects.address", "0");
            PostgresStore postgres = stores.embedded(PostgresStore.class).orElseThrow();
            DataSource own = postgres.dataSource();
            DemoUsers.fill(own);
            execute(postgres.superuser(), "CREATE DATABASE node_bench OWNER " + settings.get("pado.sql.user"));
            PGSimpleDataSource another = new PGSimpleDataSource();
            another.setUrl(settings.get("pado.sql.url").replaceFirst("/[^/?]+(\\?|$)", "/node_bench$1"));
            another.setUser(settings.get("pado.sql.user"));
            another.setPassword(settings.get("pado.sql.password"));
            DemoUsers.fill(another);
            try (Node node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings))) {
                node.start();
                int port = FreePort.find();
                String sql = another.getUrl().substring("jdbc:".length());
                ServerProcess peer = ServerProcess.start(List.of("node", bench.resolve("target/node/commands.js").toString()),
                        Map.of("PORT", Integer.toString(port), "NODE_ENV", "production", "REDIS", settings.get("pado.redis.url"),
                                "SQL", sql, "PGUSER", another.getUser(), "PGPASSWORD", String.valueOf(another.getPassword()),
                                "JWKS", "http://127.0.0.1:" + node.port() + "/.well-known/jwks.json"), bench.resolve("target/node/commands.log"));
                try {
                    peer.awaitAnswer(port, "/count");
                    return new Commands(node.port(), warmUp, scenarios).run(List.of(new Server("pado", node.port(), own), new Server("node", port, another)), seconds);
                } finally {
                    peer.stop();
                }
            }
        }
    }

    private boolean run(List<Server> servers, int seconds) throws IOException, InterruptedException, SQLException {
        System.out.println(CONNECTIONS + " connections, " + seconds + " s each after " + warmUp + " s, " + READERS + " readers during votes\n"
                + "| scenario | server | requests/s | p50 ms | p99 ms | failed | exact |\n|---|---|--:|--:|--:|--:|---|");
        for (String scenario : scenarios) {
            for (Server server : servers) {
                measure(scenario, server, seconds);
            }
        }
        return kept;
    }

    private void measure(String scenario, Server server, int seconds) throws IOException, InterruptedException, SQLException {
        long poll = number(server, "INSERT INTO poll (title, anonymous) VALUES ('?', true) RETURNING id");
        long option = number(server, "INSERT INTO poll_option (poll_id, label, place) VALUES (" + poll + ", 'a', 0) RETURNING id");
        long menu = number(server, "INSERT INTO menu (name, price, category, description, position) VALUES ('m', " + PRICE + ", '', '', 1) RETURNING id");
        long cell = number(server, "INSERT INTO cell (name, balance) VALUES ('" + UUID.randomUUID() + "', 100000000) RETURNING id");
        LongFunction<String> request = switch (scenario) {
            case "me" -> number -> get("/api/auth/me", user);
            case "poll" -> number -> get("/api/polls/" + poll, "");
            case "publish" -> number -> post("/api/topics/app:bench/events", publisher, "{\"event\":\"tick\",\"data\":{\"n\":" + number + "}}");
            case "votes" -> number -> post("/api/polls/" + poll + "/votes", "", "{\"optionId\":" + option + ",\"client_id\":\"v" + number + "\"}");
            default -> number -> post("/api/orders", kiosk, "{\"payType\":" + (number % 4 == 0 ? "\"CELL\",\"cellId\":" + cell : "\"CARD\"")
                    + ",\"items\":[{\"menuId\":" + menu + ",\"quantity\":1}]}");
        };
        try (Listeners readers = Listeners.open(server.port(), scenario.equals("votes") ? READERS : 0)) {
            ClosedLoop load = new ClosedLoop(server.port(), CONNECTIONS, request);
            load.run(warmUp);
            ClosedLoop.Result result = load.run(seconds);
            boolean exact = switch (scenario) {
                case "votes" -> number(server, "SELECT votes FROM poll_option WHERE id = " + option) == load.answered()
                        && number(server, "SELECT count(*) FROM vote WHERE poll_id = " + poll) == load.answered()
                        && readers.hear("\"pollId\":" + poll + ",", "\"totalVotes\":" + load.answered() + ",");
                case "orders" -> number(server, "SELECT count(*) - max(daily_num) FROM cafe_order GROUP BY business_day ORDER BY business_day DESC LIMIT 1") == 0
                        && number(server, "SELECT 100000000 - balance - " + PRICE + " * (SELECT count(*) FROM cafe_order WHERE cell_id = c.id)"
                                + " FROM cell c WHERE id = " + cell) == 0;
                default -> true;
            };
            System.out.println(String.format(Locale.ROOT, "| %s | %s | %,.0f | %.1f | %.1f | %d | %s |", scenario, server.name(), result.perSecond(),
                    result.millis(0.5), result.millis(0.99), result.failed(), exact ? "yes" : "NO"));
            if (server.name().equals("pado")) {
                kept &= exact && result.failed() == 0 && result.perSecond() >= LEAST.get(scenario)
                        && result.millis(0.99) <= MOST_P99.getOrDefault(scenario, Double.MAX_VALUE);
            }
        }
    }

    private static String get(String path, String token) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer(token) + "\r\n";
    }

    private static String post(String path, String token, String json) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + bearer(token) + "Content-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json;
    }

    private static String bearer(String token) {
        return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    private static String login(int port, String name) throws IOException, InterruptedException {
        String answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/auth/login/json"))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(
                        "{\"email\":\"" + name + "@demo.pado\",\"password\":\"" + DemoUsers.PASSWORD + "\"}")).build(), BodyHandlers.ofString()).body();
        Matcher token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IOException("no token in " + answer);
        }
        return token.group(1);
    }

    private static long number(Server server, String sql) throws SQLException {
        try (Connection connection = server.database().getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
