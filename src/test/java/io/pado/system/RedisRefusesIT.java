package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;

/** A Redis that answers, but refuses: what it can serve is served, and all goes on by itself. */
@ExtendWith(TwoNodes.class)
class RedisRefusesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long LATE = 9_000_000_000_000L;
    private static final Set<String> NOTICES = Set.of("degraded", "recovered", "reset");
    private static final String BEGIN = " log failed and will be tried again: ";
    private static final String END = " log works again after ";

    private final Cluster cluster;
    private final Jedis redis;
    private final String topic = LiveIT.topic("public");
    private final String path = "/api/topics/" + topic + "/events";
    /** A folder of the name of the file that Redis saves to is in its way. */
    private final Path inTheWay;

    RedisRefusesIT(Cluster cluster) {
        this.cluster = cluster;
        this.redis = new Jedis("127.0.0.1", cluster.redis().port());
        this.inTheWay = Path.of(redis.configGet("dir").get("dir"), redis.configGet("dbfilename").get("dbfilename"), "x");
    }

    @AfterEach
    void awaitLog() {
        redis.configSet("min-replicas-to-write", "0");
        redis.configSet("maxmemory", "0");
        redis.configSet("save", "");
        redis.aclSetUser("default", "+@all");
        redis.replicaofNoOne();
        delete(inTheWay);
        redis.close();
        cluster.awaitLog();
        cluster.forgetGuesses();
    }

    @ParameterizedTest
    @CsvSource({"OOM, CONFIG SET maxmemory 1, CONFIG SET maxmemory 0",
        "NOREPLICAS, CONFIG SET min-replicas-to-write 1, CONFIG SET min-replicas-to-write 0",
        "NOPERM, ACL SETUSER default -publish, ACL SETUSER default +@all", "NOPERM, ACL SETUSER default -xadd, ACL SETUSER default +@all",
        "READONLY, REPLICAOF 127.0.0.1 1, REPLICAOF NO ONE"})
    void whatCanBeServedIsServed(String word, String begin, String end) {
        assertThatWhatCanBeServedIsServed(word, () -> say(begin), () -> say(end));
    }

    /** Then it refuses everything that could change something, and PING too. */
    @Test
    void whatCanBeServedIsServedAfterASaveThatFailed() {
        assertThatWhatCanBeServedIsServed("MISCONF", () -> {
            create(inTheWay);
            // Many changes within a day: it never saves by itself.
            redis.configSet("save", "86400 1000000000");
            redis.bgsave();
            await().atMost(SOON).until(() -> redis.info("persistence").contains("rdb_last_bgsave_status:err"));
        }, () -> {
            redis.configSet("save", "");
            delete(inTheWay);
        });
        assertThat(cluster.node(1).logFile()).content(StandardCharsets.ISO_8859_1).doesNotContain("Error while validating pooled Connection");
    }

    private void assertThatWhatCanBeServedIsServed(String word, Runnable begin, Runnable end) {
        Login publisher = cluster.login("publisher");
        String key = UUID.randomUUID().toString();
        int told = awaitEndOfSeries();
        try (Stream stream = Stream.open(cluster.a(), "/api/stream?topic=" + topic); Live live = Live.open(cluster.a(), "/live");
                CafeSocket cafe = CafeSocket.joined(cluster.a())) {
            live.subscribe(topic);
            String joined = stream.first(e -> e.is("joined")).id();
            assertThat(publisher.post(path, "{\"data\":0}").statusCode()).isEqualTo(201);
            begin.run();
            assertThat(publisher.post(path, "{\"data\":1}").statusCode()).isEqualTo(202);
            for (int i = 0; i < 2; i++) {
                assertThat(publisher.post(path, "{\"data\":2}", key).statusCode()).isEqualTo(202);
            }
            assertThat(stream.first(e -> e.is("degraded")).json().getString("reason")).isEqualTo("log-refuses");
            assertThat(live.first(m -> Live.is(m, "degraded")).getString("reason")).isEqualTo("log-refuses");
            assertThat(cafe.first(f -> CafeSocket.is(f, "degraded")).getJsonObject("data").getString("reason")).isEqualTo("log-refuses");
            assertThat(Http.get(cluster.a(), "/health/ready").body()).contains("refuses: " + word);
            assertThat(publisher.at(cluster.a()).get(path).statusCode()).isEqualTo(200);
            try (Stream late = Stream.open(cluster.a(), "/api/stream?topic=" + topic + "&last_event_id=" + joined + "&token=" + publisher.token())) {
                late.first(e -> e.is("event"));
                assertGuessesAreSlowedDown();
                end.run();
                late.first(e -> e.is("recovered"));
                assertThat(late.events(e -> e.is("degraded") || e.is("recovered"))).extracting(e -> e.json().getString("type"))
                        .containsExactly("degraded", "recovered");
            }
            stream.first(e -> e.is("recovered"));
            live.first(m -> Live.is(m, "recovered"));
            cafe.first(f -> CafeSocket.is(f, "recovered"));
            assertThatAllIsHeardOnce(publisher, key, stream, live);
            assertThat(stream.events(e -> e.is("degraded"))).hasSize(1);
            assertThat(stream.events(e -> e.is("recovered"))).hasSize(1);
            assertThat(stream.events(e -> e.is("reset"))).isEmpty();
            assertThat(live.messages().stream().map(m -> m.getString("type")).filter(NOTICES::contains)).containsExactly("degraded", "recovered");
            assertThat(cafe.frames().stream().map(f -> f.getString("event")).filter(NOTICES::contains)).containsExactly("degraded", "recovered");
            assertThat(awaitEndOfSeries()).isEqualTo(told + 1);
            assertThat(lines(BEGIN).get(told)).contains(word);
        }
    }

    /** Also what was sent twice under a key while the log refused, and once more afterwards. */
    private void assertThatAllIsHeardOnce(Login publisher, String key, Stream stream, Live live) {
        stream.first(e -> e.is("event") && e.json().getInt("data") == 2);
        await().atMost(SOON).until(() -> publisher.post(path, "{\"data\":2}", key).statusCode() == 201);
        assertThat(publisher.post(path, "{\"data\":3}").statusCode()).isEqualTo(201);
        stream.first(e -> e.is("event") && e.json().getInt("data") == 3);
        live.first(m -> Live.is(m, "event") && m.getInt("data") == 3);
        assertThat(stream.events(e -> e.is("event"))).extracting(e -> e.json().getInt("data")).containsExactly(0, 1, 2, 3);
        assertThat(live.events()).extracting(m -> m.getInt("data")).containsExactly(0, 1, 2, 3);
    }

    /** Of failures of the log, in the log of the first node. @return how many there were */
    private int awaitEndOfSeries() {
        return await().atMost(SOON).until(() -> lines(BEGIN).size(), begun -> begun == lines(END).size());
    }

    private List<String> lines(String text) {
        try {
            return Files.readString(cluster.node(1).logFile(), StandardCharsets.ISO_8859_1).lines().filter(line -> line.contains(text)).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void aTopicThatCannotTakeItsEventsHoldsUpNoOther() {
        Login publisher = cluster.login("publisher");
        String other = LiveIT.topic("public");
        assertThat(publisher.post(path, "{\"data\":0}").statusCode()).isEqualTo(201);
        String key = "pado:log:" + topic + "@" + redis.get("pado:epoch");
        redis.set(key, "x");
        try (Stream stream = Stream.open(cluster.a(), "/api/stream?topic=" + other); Stream stuck = Stream.open(cluster.b(), "/api/stream?topic=" + topic)) {
            stream.first(e -> e.is("joined"));
            stuck.first(e -> e.is("joined"));
            String top = "pado:top:" + topic + "@" + redis.get("pado:epoch");
            String before = redis.get(top);
            assertThat(before).isNotNull();
            assertThat(publisher.post(path, "{\"data\":1}").statusCode()).isEqualTo(202);
            assertThat(redis.get(top)).isEqualTo(before);
            SamplePoll poll = SamplePoll.open(cluster.database());
            try (Stream votes = Stream.ofVotes(cluster.a())) {
                Http.vote(cluster.b(), poll, 0, "v");
                votes.first(e -> e.tellsOf(poll));
            }
            redis.del(key);
            stuck.first(e -> e.is("event") && e.json().getInt("data") == 1);
        }
    }

    @Test
    void messagesOfOtherProgramsWaitForTheirTopic() {
        List<String> markers = List.of("first", "second", "third").stream().map(name -> name + '-' + UUID.randomUUID()).toList();
        String key = "pado:log:votes@" + redis.get("pado:epoch");
        try (Stream votes = Stream.ofVotes(cluster.a())) {
            redis.set(key, "x");
            markers.subList(0, 2).forEach(marker -> cluster.publish("vote_updates", "{\"x\":\"" + marker + "\"}"));
            await().atMost(SOON).until(() -> Database.number(cluster.database(), "SELECT count(*) FROM outbox WHERE topic = 'votes'") == 2);
            assertThat(cluster.login("publisher").post(path, "{\"data\":0}").statusCode()).isEqualTo(201);
            redis.del(key);
            cluster.publish("vote_updates", "{\"x\":\"" + markers.get(2) + "\"}");
            markers.forEach(marker -> votes.first(e -> e.says(marker)));
            assertThat(votes.events(e -> markers.stream().anyMatch(e::says))).hasSize(3)
                    .satisfies(all -> markers.forEach(marker -> assertThat(all.get(markers.indexOf(marker)).says(marker)).isTrue()));
        }
    }

    /** @param counter empty: it is gone */
    @ParameterizedTest
    @ValueSource(strings = {"", "1e9", "abc", "-5", "1.5", "9007199254740991", "9223372036854775807", " 7"})
    void aLostCounterIsANewEpochThatKnowsNothingOfTheOldLog(String counter) {
        Login publisher = cluster.login("publisher");
        for (int i = 0; i < 3; i++) {
            assertThat(publisher.post(path, "{\"data\":\"old\"}").statusCode()).isEqualTo(201);
        }
        try (Stream stream = Stream.open(cluster.a(), "/api/stream?topic=" + topic)) {
            stream.first(e -> e.is("joined"));
            redis.set("pado:sequence", counter);
            if (counter.isEmpty()) {
                redis.del("pado:sequence");
            }
            assertThat(publisher.post(path, "{\"data\":\"new\"}").statusCode()).isEqualTo(201);
            stream.first(e -> e.is("reset"));
            stream.first(e -> e.is("event") && e.json().getString("data").equals("new"));
            assertThat(stream.events(e -> e.is("reset"))).hasSize(1);
            try (Stream resumed = Stream.open(cluster.b(), "/api/stream?topic=" + topic + "&last_event_id=" + redis.get("pado:epoch") + "-0")) {
                resumed.first(e -> e.is("event"));
                assertThat(resumed.events(e -> e.is("event"))).allMatch(e -> e.json().getString("data").equals("new"));
            }
        }
    }

    @Test
    void marksAndEntriesThatAreNoneCostNobodyAnything() {
        Login publisher = cluster.login("publisher");
        String other = LiveIT.topic("public");
        assertThat(publisher.post(path, "{\"data\":0}").statusCode()).isEqualTo(201);
        redis.del("pado:marks");
        redis.hset("pado:marks", Map.of("abc", "1", "1", "abc"));
        String itself = topic + "@" + redis.get("pado:epoch");
        String log = "pado:log:" + itself;
        redis.xadd(log, new StreamEntryID(Long.parseLong(redis.get("pado:top:" + itself)), LATE), Map.of("a", "b"));

        assertThat(publisher.get(path).statusCode()).isEqualTo(200);
        try (Stream stream = Stream.open(cluster.a(), "/api/stream?topic=" + topic + "&last_event_id=" + redis.get("pado:epoch") + "-0");
                Stream beside = Stream.open(cluster.b(), "/api/stream?topic=" + other + "&topic=" + topic)) {
            stream.first(e -> e.is("event") && e.json().getInt("data") == 0);
            beside.first(e -> e.is("joined"));
            assertThat(publisher.post(path, "{\"data\":1}").statusCode()).isEqualTo(201);
            stream.first(e -> e.is("event") && e.json().getInt("data") == 1);
            beside.first(e -> e.is("event") && e.json().getInt("data") == 1);
            assertThat(stream.events(e -> e.is("event"))).extracting(e -> e.json().getInt("data")).containsExactly(0, 1);

            redis.xadd(log, StreamEntryID.NEW_ENTRY, Map.of("a", "b"));
            assertThat(publisher.get(path).statusCode()).isEqualTo(200);
            assertThat(publisher.post(path, "{\"data\":2}").statusCode()).isEqualTo(201);
            stream.first(e -> e.is("event") && e.json().getInt("data") == 2);
            assertThat(stream.events(e -> e.is("event"))).extracting(e -> e.json().getInt("data")).containsExactly(0, 1, 2);
        }
    }

    private void assertGuessesAreSlowedDown() {
        String guess = "{\"email\":\"nobody-" + UUID.randomUUID() + "@x.org\",\"password\":\"wrong-wrong\"}";
        await().atMost(SOON).until(() -> Http.post(cluster.a(), "/api/auth/login/json", guess).statusCode() == 429);
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** And the one that it is in; nothing if it is not there. */
    private static void delete(Path directory) {
        try {
            if (Files.deleteIfExists(directory)) {
                Files.delete(directory.getParent());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void say(String command) {
        String[] words = command.split(" ");
        redis.sendCommand(() -> words[0].getBytes(StandardCharsets.US_ASCII), List.of(words).subList(1, words.length).toArray(String[]::new));
    }
}
