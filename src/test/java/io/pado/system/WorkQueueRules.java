package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.example.ErrandServlet;
import io.pado.example.Errands;
import io.pado.example.RefusingConnector;
import io.pado.launch.Node;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import redis.clients.jedis.Jedis;

/** What the work queue promises, on two nodes, whatever carries its messages. */
@TestMethodOrder(OrderAnnotation.class)
abstract class WorkQueueRules {

    static final Map<String, String> SETTINGS = Map.of("pado.queue.lease.seconds", "3", "pado.queue.workers", "4");
    static final List<Class<?>> FEATURE = List.of(Errands.class, ErrandServlet.class, RefusingConnector.class);

    static final Duration DEADLINE = Duration.ofSeconds(40);

    abstract Cluster cluster();

    @Test
    void jobsOfAGroupAreDoneInOrderAndEachOnce() {
        String name = anew();
        for (int i = 0; i < 24; i++) {
            add(i % 2, name + '-' + i % 4 + '-' + i, name + '-' + i % 4, "note");
        }

        await(name + " is done").atMost(DEADLINE).until(() -> notes("worked " + name).size() == 24);
        IntStream.range(0, 4).forEach(group -> assertThat(notes("worked " + name + '-' + group + '-')).extracting(WorkQueueRules::id)
                .containsExactlyElementsOf(IntStream.range(0, 6).mapToObj(i -> name + '-' + group + '-' + (group + 4 * i)).toList()));
        assertThat(notes("begun " + name)).hasSize(24);
    }

    /** The last one: nobody needs the node any more. */
    @Test
    @Order(Integer.MAX_VALUE)
    void jobOfAKilledWorkerIsDoneByTheOtherNode() {
        String id = anew();
        add(0, id, id, "hold");
        workerOf(id, 1).kill();
        await("the other node has done it").atMost(DEADLINE).until(() -> !notes("worked " + id + " 2").isEmpty());
        assertThat(notes("begun " + id)).hasSize(2);
    }

    @Test
    void workerThatWasPausedBeyondItsLeaseIsToldThatItHasLostTheJob() throws IOException {
        String id = anew();
        add(0, id, id, "hold");
        Node worker = workerOf(id, 1);
        signal("STOP", worker);
        try {
            await("the other node has done it").atMost(DEADLINE).until(() -> !notes("worked " + id + " 2").isEmpty());
        } finally {
            signal("CONT", worker);
        }
        await("the late one knows").atMost(DEADLINE).until(() -> !notes("lost " + id + " 1").isEmpty());
        assertThat(notes("worked " + id)).hasSize(1);
        assertThat(state(id)).isEqualTo("done");
    }

    @Test
    void nodeThatStopsGivesItsJobBackUncounted() {
        String id = anew();
        add(0, id, id, "hold");
        Node worker = workerOf(id, 1);
        worker.stop();
        try {
            await("the other node has done it").atMost(DEADLINE).until(() -> !notes("worked " + id + " 2").isEmpty());
            assertThat(field(id, "crashes")).isEqualTo("0");
        } finally {
            worker.start();
        }
    }

    @Test
    void jobsThatAreAddedAgainAfterRedisWasEmptiedAreDoneOnce() {
        String id = anew();
        add(0, id, id, "hold");
        workerOf(id, 1);
        try (Jedis redis = redis()) {
            redis.flushAll();
        }

        // What the feature does that knows of them elsewhere.
        assertThat(add(1, id, id, "note")).isEqualTo(201);
        await("done").atMost(DEADLINE).until(() -> notes("worked " + id).size() == 1);
        await("the one of before knows that it is late").atMost(DEADLINE).until(() -> !notes("lost " + id).isEmpty());
        await("and it ended").atMost(DEADLINE).until(() -> "done".equals(state(id)));
        assertThat(add(0, id, id, "note")).isEqualTo(200);
    }

    @Test
    void jobThatFindsAStoreAwayComesAgainUncounted() {
        String id = anew();
        add(0, id, "", "away");

        await("done").atMost(DEADLINE).until(() -> !notes("worked " + id + " 2").isEmpty());
        assertThat(field(id, "failures")).isEqualTo("0");
    }

    @Test
    void jobThatFailsThreeTimesIsShownToAdminsWhoTryItAgainOrGiveItUp() {
        String again = anew();
        String never = anew();
        Login admin = cluster().login("admin");
        add(0, again, again, "fail");
        add(1, never, "", "fail");
        await("both are dead").atMost(DEADLINE).until(() -> "dead".equals(state(again)) && "dead".equals(state(never)));

        JsonObject dead = Http.json(admin.get("/api/queue/dead").body()).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(each -> each.getString("id").equals(again)).findFirst().orElseThrow();
        assertThat(dead.getString("cause")).contains("asked to fail");
        assertThat(dead.getString("body")).isEqualTo("\"fail\"");
        assertThat(dead.getInt("failures")).isEqualTo(3);
        assertThat(Http.json(admin.get("/api/queue").body()).getInt("dead")).isGreaterThanOrEqualTo(2);

        assertThat(admin.post("/api/queue/dead/" + again + "/retry", "").statusCode()).isEqualTo(204);
        await("tried again").atMost(DEADLINE).until(() -> notes("begun " + again).size() == 4);
        Problems.assertIs(404, admin.post("/api/queue/dead/" + again + "/retry", ""));
        assertThat(admin.delete("/api/queue/dead/" + never).statusCode()).isEqualTo(204);
        Problems.assertIs(404, admin.delete("/api/queue/dead/" + never));
        Problems.assertIs(400, admin.get("/api/queue/dead?limit=0"));
        assertThat(cluster().login("customer").get("/api/queue").statusCode()).isEqualTo(403);
    }

    @Test
    void readinessNamesTheChannels() {
        String health = Http.get(cluster().a(), "/health/ready").body();

        assertThat(health).contains("\"receiving\":\"up\"").contains("\"sending\":\"up\"");
    }

    private int add(int node, String id, String group, String what) {
        return add(cluster().node(node + 1), id, group, what);
    }

    static int add(Node node, String id, String group, String what) {
        HttpResponse<String> answer = Http.post(node.baseUri(), "/errands?id=" + id + "&group=" + group + "&do=" + what, "");
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return answer.statusCode();
    }

    private Node workerOf(String id, int attempt) {
        await("somebody works on it").atMost(DEADLINE).until(() -> !notes("begun " + id + ' ' + attempt + ' ').isEmpty());
        long pid = Long.parseLong(notes("begun " + id + ' ' + attempt + ' ').get(0).split(" ")[3]);
        return cluster().node(1).pid() == pid ? cluster().node(1) : cluster().node(2);
    }

    List<String> notes(String beginning) {
        try (Jedis redis = redis()) {
            return redis.lrange("test:errands", 0, -1).stream().filter(note -> note.startsWith(beginning)).toList();
        }
    }

    String state(String id) {
        return field(id, "state");
    }

    private String field(String id, String name) {
        try (Jedis redis = redis()) {
            return redis.hget("pado:job:" + id, name);
        }
    }

    Jedis redis() {
        return new Jedis("127.0.0.1", cluster().redis().port());
    }

    private static String id(String note) {
        return note.split(" ")[1];
    }

    static String anew() {
        return "e" + UUID.randomUUID();
    }

    private static void signal(String name, Node node) throws IOException {
        new ProcessBuilder("kill", "-" + name, Long.toString(node.pid())).start().onExit().join();
    }
}
