package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/** Redis loses its data, and with it the place up to which MongoDB's changes were told. */
@ExtendWith(TwoNodes.class)
class FeedEmptyRedisIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BETWEEN_INSERTS_MILLIS = 50;
    private static final int GONE_MILLIS = 3_000;
    private static final int PAGE = 200;

    private final Cluster cluster;
    private final ScheduledExecutorService writing = Executors.newSingleThreadScheduledExecutor();
    private final List<String> inserted = new CopyOnWriteArrayList<>();

    FeedEmptyRedisIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @AfterEach
    void awaitLog() {
        writing.shutdownNow();
        cluster.awaitLog();
    }

    /** Who fetches at each reset, and hears what follows, knows all, though the node that gets the right to watch first dies with it. */
    @Test
    void whatIsWrittenBeforeTheWatchHasAPlaceAgainIsFetchedOrHeard() {
        Login user = Login.anew(cluster.a());
        try (MongoWriter mongo = new MongoWriter(cluster)) {
            ObjectId room = mongo.room(user.userId());
            try (FeedReader reader = FeedReader.open(user, cluster.a(), cluster.b())) {
                Client client = new Client(user, room, reader);
                writing.scheduleAtFixedRate(() -> insert(mongo, room), 0, BETWEEN_INSERTS_MILLIS, TimeUnit.MILLISECONDS);
                await().atMost(PATIENCE).until(() -> !reader.contents().isEmpty());
                cluster.redis().kill();
                cluster.redis().startEmpty();
                try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
                    redis.set("pado:lease:feed", "gone:1", SetParams.setParams().px(GONE_MILLIS));
                }
                await().atMost(PATIENCE).until(client::hearsAgain);
                stopWriting();
                reader.awaitContent(inserted.get(inserted.size() - 1));
                await().atMost(PATIENCE).until(client::hasFetched);
                assertThat(client.known()).containsAll(inserted);
            }
        }
    }

    private void insert(MongoWriter mongo, ObjectId room) {
        String content = "insert-" + inserted.size();
        mongo.message(room, content);
        inserted.add(content);
    }

    private void stopWriting() {
        writing.shutdown();
        await().atMost(PATIENCE).until(writing::isTerminated);
    }

    /** Does what a reset asks for. */
    private record Client(Login user, ObjectId room, FeedReader reader, Set<SseEvent> resets, Set<String> fetched) {

        Client(Login user, ObjectId room, FeedReader reader) {
            this(user, room, reader, new HashSet<>(), new HashSet<>());
        }

        boolean hearsAgain() {
            return hasFetched() && !resets.isEmpty() && !heard().isEmpty();
        }

        /** Fetches if it was told to and has not yet. */
        boolean hasFetched() {
            List<SseEvent> told = reader.named("reset");
            if (resets.containsAll(told)) {
                return true;
            }
            Set<String> anew = new HashSet<>();
            String next = "";
            do {
                HttpResponse<String> page = user.get("/api/chat/rooms/" + room + "/messages?limit=" + PAGE + "&cursor=" + next);
                if (page.statusCode() != 200) {
                    return false;
                }
                JsonObject list = Http.json(page.body());
                list.getJsonArray("items").getValuesAs(JsonObject.class).forEach(message -> anew.add(message.getString("content")));
                next = list.getString("next", "");
            } while (!next.isEmpty());
            resets.addAll(told);
            fetched.clear();
            fetched.addAll(anew);
            return true;
        }

        /** What came after the last reset. */
        private List<String> heard() {
            return reader.contentsSince(resets.stream().mapToLong(SseEvent::nanos).max().orElseThrow());
        }

        Set<String> known() {
            Set<String> all = new HashSet<>(fetched);
            all.addAll(heard());
            return all;
        }
    }
}
