package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** What is said to characters while others are answered, or are not there any more. */
@ExtendWith(TwoNodes.class)
class ChatTurnsIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String ROOMS = "/api/chat/rooms";

    private final Cluster cluster;
    private Login user;
    private String room;
    private int persona;

    ChatTurnsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void newRoom() {
        user = cluster.login("admin");
        persona = Http.json(user.post("/api/personas", "{\"name\":\"Turn\",\"prompt\":\"x\"}").body()).getInt("id");
        room = opened("one_on_one");
    }

    @AfterEach
    void remove() {
        Database.execute(cluster.database(), "DELETE FROM persona WHERE name = 'Turn'");
    }

    @Test
    void messageIsAnsweredHoweverMuchWasSaidWhileItWaited() {
        CompletableFuture<List<JsonObject>> first = sends("50 sentences about whales");
        await().atMost(SOON).until(() -> underWay().contains("streaming"));
        CompletableFuture<List<JsonObject>> second = sends("Tell me about penguins");
        await().atMost(SOON).until(() -> messages("user").contains("Tell me about penguins"));
        IntStream.range(0, 45).forEach(i -> Cafe.created(user.post(ROOMS + '/' + room + "/messages", "{\"content\":\"bananas " + i + "\"}")));

        String running = Http.array(underWay()).getJsonObject(0).getString("runId");
        assertThat(user.post("/api/chat/runs/" + running + "/stop", "").statusCode()).isEqualTo(202);
        assertThat(type(first.join())).isEqualTo("complete");
        assertThat(type(second.join())).isEqualTo("complete");
        assertThat(messages("ai").get(0)).contains("penguins").doesNotContain("bananas");
    }

    /** Each answer names the longest word of its question. Nothing was lost meanwhile, so no run is stored again. */
    @Test
    void messagesOfOneMomentAreAnsweredInTheirOrder() {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Jedis redis = new Jedis("127.0.0.1", cluster.redis().port())) {
            for (int round = 0; round < 4; round++) {
                List<String> words = List.of("alphabet" + round, "brothers" + round, "cathedral" + round);
                List<CompletableFuture<List<JsonObject>>> sending = words.stream().map(word -> CompletableFuture.supplyAsync(
                        () -> events(user.at(word.startsWith("b") ? cluster.b() : cluster.a()), "2 sentences, the " + word), threads)).toList();

                for (CompletableFuture<List<JsonObject>> each : sending) {
                    assertThat(type(each.join())).isEqualTo("complete");
                    assertThat(redis.hexists("pado:state:run:" + each.join().get(0).getString("runId"), "restored")).isFalse();
                }
                assertThat(in(messages("ai"), words)).containsExactlyElementsOf(in(messages("user"), words));
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void answerThatCannotBeStoredBecauseItsCharacterIsGoneIsAnError() {
        CompletableFuture<List<JsonObject>> sending = sends("8 sentences about whales");
        await().atMost(SOON).until(() -> underWay().contains("streaming"));
        String group = opened("group");
        Database.execute(cluster.database(), "DELETE FROM persona WHERE id = " + persona);

        for (List<JsonObject> events : List.of(sending.join(), events(user, "again"), events(user, group, "again"))) {
            JsonObject last = events.get(events.size() - 1);
            assertThat(last.getString("type")).isEqualTo("error");
            assertThat(last.getJsonObject("problem").getString("type")).endsWith("no-such-persona");
        }
        assertThat(messages("ai")).isEmpty();
    }

    private String opened(String kind) {
        return Cafe.created(user.post(ROOMS, "{\"kind\":\"%s\",\"personaIds\":[%d]}".formatted(kind, persona))).getString("id");
    }

    private CompletableFuture<List<JsonObject>> sends(String message) {
        return CompletableFuture.supplyAsync(() -> events(user, message), task -> new Thread(task, "send").start());
    }

    private List<JsonObject> events(Login sender, String message) {
        return events(sender, room, message);
    }

    private static List<JsonObject> events(Login sender, String room, String message) {
        return sender.post(ROOMS + '/' + room + "/send", "{\"message\":\"" + message + "\"}").body().lines()
                .filter(line -> line.startsWith("data: {")).map(line -> Http.json(line.substring("data: ".length()))).toList();
    }

    private static String type(List<JsonObject> events) {
        return events.get(events.size() - 1).getString("type");
    }

    private String underWay() {
        return user.get(ROOMS + '/' + room + "/runs").body();
    }

    /** @return which of the words each of the texts has, of those that have one */
    private static List<String> in(List<String> texts, List<String> words) {
        return texts.stream().flatMap(text -> words.stream().filter(text::contains)).toList();
    }

    /** @return what was said by such, newest first */
    private List<String> messages(String senderType) {
        return Http.json(user.get(ROOMS + '/' + room + "/messages?limit=200").body()).getJsonArray("items").getValuesAs(JsonObject.class).stream()
                .filter(message -> message.getString("senderType").equals(senderType)).map(message -> message.getString("content")).toList();
    }
}
