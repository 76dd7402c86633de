package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients as they come: how polyfills resume, what libraries make of a heartbeat, what a browser's own EventSource is told. */
@ExtendWith(TwoNodes.class)
class CallersIT {

    private static final String NO_ID = "&last_event_id=x-1";

    private final Cluster cluster;

    CallersIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @ValueSource(strings = {"&last_event_id=%s", "&lastEventId=%s", NO_ID + "&lastEventId=%s", "&lastEventId=%s" + NO_ID,
            NO_ID + "&last_event_id=%s", "&lastEventId=&last_event_id=%s", "&lastEventId=x-1&lastEventId=%s"})
    void idInTheQueryResumes(String query) {
        SamplePoll poll = SamplePoll.open(cluster.database());
        String topic = "public:callers-" + poll.path().hashCode();
        Login publisher = cluster.login("publisher");
        String last = Http.json(publish(publisher, topic, 1).body()).getString("id");
        Http.vote(cluster.a(), poll, 0, "a");
        publish(publisher, topic, 2);

        String resumed = query.formatted(last);
        try (Stream votes = Stream.open(cluster.b(), "/sse/votes?client_id=reader" + resumed).greeted();
                Stream stream = Stream.open(cluster.b(), "/api/stream?topic=" + topic + resumed)) {
            votes.first(e -> e.tellsOf(poll));
            assertThat(stream.first(e -> e.is("joined")).json().getBoolean("recovered")).isTrue();
            assertThat(stream.first(e -> e.is("event")).json().getInt("data")).isEqualTo(2);
        }
    }

    @Test
    void idInTheQueryResumesTheCafe() {
        String last;
        try (Socket socket = Socket.open(cluster.a(), "/ws?last_event_id=")) {
            last = socket.first(m -> m.getString("event").equals("joined")).getString("id");
        }
        for (String query : List.of("lastEventId=", "last_event_id=x-1&lastEventId=", "last_event_id=x-1&last_event_id=")) {
            try (Socket socket = Socket.open(cluster.b(), "/ws?" + query + last)) {
                assertThat(socket.first(m -> m.getString("event").equals("joined")).getJsonObject("data").getBoolean("recovered"))
                        .as(query).isTrue();
            }
        }
    }

    @Test
    void headerCountsMoreThanTheQuery() {
        String last;
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            last = stream.lastEventId();
        }
        try (Stream stream = Stream.open(cluster.b(), "/sse/votes?client_id=reader&lastEventId=x-1", last).greeted()) {
            assertThat(stream.first(e -> e.is("connection_ack")).json().getBoolean("recovered")).isTrue();
        }
    }

    /** An empty line after it would be one event more to some clients. */
    @Test
    void heartbeatIsOneLineAndNoEvent() {
        try (Stream stream = Stream.ofVotes(cluster.a())) {
            stream.awaitAnotherComment();
            stream.awaitAnotherComment();
            assertThat(stream.emptyEvents()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse/nothing", "/api/stream?topic=nothing:x", "/api/stream?topic=app:x", "/sse/votes", "/sse/votes?client_id=a&token=x"})
    void whatWouldBeRefusedAgainIsRefusedPlainlyForBrowsersToo(String path) {
        HttpResponse<String> answer = Http.getAsEventSource(cluster.a(), path);
        Problems.assertIs(answer.statusCode(), answer);
        assertThat(answer.statusCode()).isIn(400, 401, 404);
    }

    /** Of four topics one may be read by all, one by users, one is no name and one does not exist. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"subscribe\",\"topics\":[\"app:secret\",\"No name\",\"%s\",\"none:x\"]}",
            "{\"type\":\"resume\",\"positions\":{\"app:secret\":\"x-1\",\"No name\":\"x-1\",\"%s\":\"x-1\",\"none:x\":\"x-1\"}}"})
    void topicsThatMayNotBeReadCostTheOthersNothingOnALiveConnection(String command) {
        String topic = "public:callers-" + UUID.randomUUID();
        try (Live live = Live.open(cluster.a(), "/live")) {
            live.say(command.formatted(topic).replaceFirst("}$", ",\"ref\":7}"));
            assertThat(live.first(m -> Live.is(m, "joined")).getJsonArray("topics").getString(0)).isEqualTo(topic);
            live.ask("{\"type\":\"ping\"}");
            List<JsonObject> refusals = live.messages().stream().filter(m -> Live.is(m, "error")).toList();
            assertThat(refusals).allSatisfy(refusal -> assertThat(refusal.getInt("ref")).isEqualTo(7));
            assertThat(refusals).contains(Samples.generic("refused"));
            assertThat(refusals).extracting(refusal -> refusal.getString("topic") + ' ' + refusal.getJsonObject("problem").getInt("status"))
                    .containsExactlyInAnyOrder("app:secret 401", "No name 400", "none:x 404");

            publish(cluster.login("publisher"), topic, 1);
            live.first(m -> Live.is(m, "event"));
        }
    }

    @Test
    void topicsThatMayNotBeReadCostTheOthersNothingOnAStream() {
        String topic = "public:callers-" + UUID.randomUUID();
        try (Stream stream = Stream.open(cluster.a(), "/api/stream?topic=app:secret&topic=" + topic + "&topic=none:x")) {
            JsonObject joined = stream.first(e -> e.is("joined")).json();
            assertThat(joined.getJsonArray("topics").getString(0)).isEqualTo(topic);
            assertThat(joined.keySet()).containsExactlyElementsOf(Samples.generic("joined-refused").keySet());
            assertThat(joined.getJsonArray("refused")).containsAll(Samples.generic("joined-refused").getJsonArray("refused"));
            assertThat(joined.getJsonArray("refused").getValuesAs(JsonObject.class))
                    .extracting(refused -> refused.getString("topic") + ' ' + refused.getJsonObject("problem").getInt("status"))
                    .containsExactlyInAnyOrder("app:secret 401", "none:x 404");
            publish(cluster.login("publisher"), topic, 1);
            stream.first(e -> e.is("event"));
        }
        Problems.assertIs(401, Http.get(cluster.a(), "/api/stream?topic=app:secret&topic=app:more"));
        Problems.assertIs(403, cluster.login("user1").get("/api/stream?topic=user:0&topic=cafe:settings:internal"));
    }

    private static HttpResponse<String> publish(Login publisher, String topic, int data) {
        HttpResponse<String> answer = publisher.post("/api/topics/" + topic + "/events", "{\"data\":" + data + '}');
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return answer;
    }
}
