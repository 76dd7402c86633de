package io.pado.bench;

import io.pado.launch.Node;
import io.pado.launch.NodeOptions;
import io.pado.stores.PostgresStore;
import io.pado.stores.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/**
 * What other readers of a node notice of a user with thousands of friends online there, who comes and goes: 100 readers of the votes, 25 events a second, once
 * while nobody comes or goes, once while the popular user does so every two seconds.
 */
final class Popular {
    private static final int FRIENDS = 10_000;
    private static final int READERS = 100;
    private static final int RATE = 25;
    private static final int DEFAULT_SECONDS = 20;
    private static final int WARM_UP_SECONDS = 30;
    private static final int STAY_MILLIS = 1_500;
    private static final int AWAY_MILLIS = 2_500;
    private static final int LATE_SECONDS = 10;
    private static final double BOUND = 2;
    private static final Map<String, String> SETTINGS = Map.of("pado.http.most.requests", "0", "pado.stream.connects.node", "0",
            "pado.stream.connects.address", "0", "pado.presence.grace", "1", "pado.presence.heartbeat", "3600");

    private final Node node;
    private final DataSource database;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final PublicJsonWebKey key;

    private Popular(Node node, DataSource database) throws SQLException, JoseException {
        this.node = node;
        this.database = database;
        this.key = PublicJsonWebKey.Factory.newPublicJwk(text("SELECT jwk FROM signing_key ORDER BY created_at DESC LIMIT 1").get(0));
    }

    /** Argument: seconds of each part, 20 without it. Exit code 0: the bound is kept, nothing was lost; 1: not so. */
    public static void main(String[] arguments) throws Exception {
        System.exit(measured(arguments.length == 0 ? DEFAULT_SECONDS : Integer.parseInt(arguments[0])) ? 0 : 1);
    }

    private static boolean measured(int seconds) throws Exception {
        try (Stores stores = Stores.forTests()) {
            Map<String, String> settings = new HashMap<>(stores.settings());
            settings.putAll(SETTINGS);
            try (Node node = Node.prepare("bench", FreePort.find(), NodeOptions.of(settings))) {
                node.start();
                URI redis = URI.create(settings.get("pado.redis.url"));
                try (RedisPublisher publisher = new RedisPublisher(redis.getHost(), redis.getPort(), "vote_updates")) {
                    return new Popular(node, stores.embedded(PostgresStore.class).orElseThrow().dataSource()).run(seconds, publisher);
                }
            }
        }
    }

    private boolean run(int seconds, Publisher publisher) throws Exception {
        String popular = token(Long.parseLong(text("INSERT INTO app_user (email, name, password, roles) VALUES ('popular@example.org', 'P', 'x', 'user')"
                + " RETURNING id").get(0)));
        List<String> tokens = tokens(friends());
        try (Crowd friends = new Crowd(Endpoint.events(node.port(), i -> "/api/presence/stream?token=" + tokens.get(i), "\"connectionId\"")
                .counting("\"is_online\""));
                Crowd others = new Crowd(Endpoint.events(node.port(), i -> "/sse/votes?client_id=b" + i, "\"connection_ack\""))) {
            Opening.Outcome came = friends.open(FRIENDS, new Opening.Pace(500, 64));
            others.open(READERS, new Opening.Pace(500, 64));
            Fan fan = new Fan(new ProcessProbe(node.pid()), others, new Publishing(publisher, new Payload(100)));
            System.out.println(came.opened() + " friends came in " + Math.round(came.seconds()) + " s; " + READERS + " other readers, " + RATE + " events/s");
            comesAndGoes(popular, WARM_UP_SECONDS, fan, friends);
            Measures quiet = fan.run(RATE, seconds);
            Part busy = comesAndGoes(popular, seconds, fan, friends);
            double ratio = busy.others().get("p99Ms") / quiet.get("p99Ms");
            System.out.println("| | others p50 ms | others p99 ms | max ms | lost | cores of others |\n|---|--:|--:|--:|--:|--:|");
            row("nobody comes or goes", quiet);
            row("the popular one comes and goes", busy.others());
            System.out.println(String.format(Locale.ROOT, "%d changes, %d of %d were told; p99 %.2f times what it was (bound: %.0f)", busy.changes(), busy.told(),
                    (long) busy.changes() * came.opened(), ratio, BOUND));
            return ratio <= BOUND && busy.told() == (long) busy.changes() * came.opened() && quiet.get("lost") + busy.others().get("lost") == 0;
        }
    }

    /** What the other readers had; how often the popular user came or went, and how many friends were told of that in all. */
    private record Part(Measures others, int changes, long told) {
    }

    private Part comesAndGoes(String popular, int seconds, Fan fan, Crowd friends) throws Exception {
        friends.begin(0);
        int times = Math.max(1, seconds * 1_000 / (STAY_MILLIS + AWAY_MILLIS));
        long begin = System.nanoTime();
        Thread visits = new Thread(() -> IntStream.range(0, times)
                .forEach(i -> visit(popular, begin + TimeUnit.MILLISECONDS.toNanos((long) i * (STAY_MILLIS + AWAY_MILLIS)))), "popular");
        visits.start();
        Measures measures = fan.run(RATE, seconds);
        visits.join();
        long all = 2L * times * friends.census().open();
        Until.holds(LATE_SECONDS, () -> friends.unmarked() >= all);
        return new Part(measures, 2 * times, friends.end(0).tally().unmarked());
    }

    /** @param due when the visit begins: who is told late makes it no later */
    private void visit(String token, long due) {
        try {
            Until.time(due);
            HttpResponse<InputStream> stream = client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/api/stream?topic=public:x"))
                    .header("Authorization", "Bearer " + token).build(), BodyHandlers.ofInputStream());
            try (InputStream open = stream.body()) {
                Until.time(due + TimeUnit.MILLISECONDS.toNanos(STAY_MILLIS));
                open.available();
            }
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private List<Long> friends() throws SQLException {
        return text("WITH crowd AS (INSERT INTO app_user (email, name, password, roles) SELECT 'friend-' || n || '@example.org', 'F', 'x', 'user'"
                + " FROM generate_series(1, " + FRIENDS + ") AS n RETURNING id), both_ways AS (INSERT INTO friendship (low, high, since)"
                + " SELECT least(c.id, p.id), greatest(c.id, p.id), now() FROM crowd c, app_user p WHERE p.email = 'popular@example.org')"
                + " SELECT id FROM crowd").stream().map(Long::valueOf).toList();
    }

    private List<String> text(String sql) throws SQLException {
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private List<String> tokens(List<Long> users) {
        return users.parallelStream().map(this::token).toList();
    }

    private String token(long user) {
        try {
            JwtClaims claims = new JwtClaims();
            claims.setIssuer("urn:pado");
            claims.setAudience("pado");
            claims.setSubject(Long.toString(user));
            claims.setStringClaim("upn", user + "@example.org");
            claims.setStringListClaim("groups", "user");
            claims.setStringClaim("sid", "bench-" + user);
            claims.setExpirationTimeMinutesInTheFuture(30);
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setKeyIdHeaderValue(key.getKeyId());
            signature.setAlgorithmHeaderValue("RS256");
            signature.setKey(key.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void row(String name, Measures measures) {
        System.out.println(String.format(Locale.ROOT, "| %s | %.1f | %.1f | %.1f | %.0f | %.1f |", name, measures.get("p50Ms"), measures.get("p99Ms"),
                measures.get("maxMs"), measures.get("lost"), measures.get("othersCores")));
    }
}
