package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.channel.ConnectionAck;
import io.pado.platform.json.Json;
import io.pado.platform.problem.Problem;
import io.pado.poll.PollView;
import io.pado.poll.VotesTopic;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.TopicPattern;
import io.pado.realtime.topic.EventText;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The samples in {@code contract/system3} have exactly the fields that the server's own types have, of the same kinds. What the
 * server really sends is compared with them by the tests that run it: encoding needs the container's JSON-B.
 */
class ContractTest {

    private static final Path SAMPLES = Path.of("contract", "system3");

    @Test
    void acknowledgementHasTheFieldsOfItsType() {
        Fields.assertMatch(sample("connection_ack"), ConnectionAck.class);
        assertThat(sample("connection_ack").getString("type")).isEqualTo("connection_ack");
        assertThat(Instant.parse(sample("connection_ack").getString("timestamp"))).isNotNull();
    }

    @Test
    void pollHasTheFieldsOfItsType() {
        Fields.assertMatch(sample("poll"), PollView.class);
    }

    @Test
    void voteUpdateCarriesThePollOnItsChannel() {
        JsonObject update = sample("vote_update");
        assertThat(update.keySet()).containsExactlyInAnyOrder("type", "channel", "data");
        assertThat(update.getString("type")).isEqualTo("vote_update");
        assertThat(update.getString("channel")).isEqualTo("votes");
        assertThat(new VotesTopic().topics()).containsExactly(new TopicPattern("votes"));
        Fields.assertMatch(update.getJsonObject("data"), PollView.class);
    }

    @Test
    void totalsAndPercentagesOfThePollFitItsVotes() {
        JsonObject poll = sample("poll");
        List<JsonObject> options = poll.getJsonArray("options").getValuesAs(JsonObject.class);
        int total = options.stream().mapToInt(option -> option.getInt("votes")).sum();
        assertThat(poll.getInt("totalVotes")).isEqualTo(total);
        assertThat(options).allSatisfy(option -> assertThat(option.getJsonNumber("percent").doubleValue())
                .isEqualTo(Math.round(option.getInt("votes") * 1_000.0 / total) / 10.0));
    }

    static List<Notice> notices() {
        return List.of(Notice.HISTORY_GONE, Notice.DEGRADED, Notice.RECOVERED, Notice.TOKEN_EXPIRING, Notice.RIGHTS_LOST.of(Set.of(new Topic("app:orders"))),
                Notice.closing(CloseReason.LOGGED_OUT),
                Notice.lagged(3, 12));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void noticeIsSentAsInItsSample(Notice notice) {
        assertThat(Json.parseObject(EventText.of(notice))).hasValue(sample(notice.type()));
    }

    @Test
    void logThatRefusesIsSaidAsInItsSample() {
        assertThat(Json.parseObject(EventText.of(Notice.LOG_REFUSES))).hasValue(sample("degraded_log_refuses"));
    }

    @Test
    void eventOfAnyTopicIsSentAsInItsSample() {
        Envelope envelope = new Envelope(new EventId("k3x9v2ab", 7), new Topic("app:orders:7"), "order_placed", "7",
                Instant.parse("2026-11-21T14:40:03.927Z"), "{\"n\":1}");
        assertThat(Json.parseObject(EventText.of(envelope))).hasValue(Fields.read(Path.of("contract", "generic", "event.json")));
    }

    @Test
    void everyResetHasTheSameShape() {
        assertThat(Stream.of(Notice.HISTORY_GONE, Notice.UNKNOWN_ID, Notice.NEW_EPOCH, Notice.UNTOLD).map(Notice::type)).containsOnly("reset");
        assertThat(Stream.of(Notice.HISTORY_GONE, Notice.UNKNOWN_ID, Notice.NEW_EPOCH, Notice.UNTOLD).map(Notice::reason))
                .containsExactly("history", "unknown-id", "epoch", "fault");
    }

    @Test
    void problemHasTheFieldsOfItsType() {
        Fields.assertMatch(sample("problem"), Problem.class);
    }

    @Test
    void noSampleIsForgottenHere() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("ai_complete.json", "ai_error.json", "ai_response.json",
                    "ai_status.json", "chat_message.json", "closing.json",
                    "connection_ack.json", "degraded.json", "degraded_log_refuses.json", "lagged.json", "poll.json", "problem.json", "recovered.json", "reset.json", "rights_lost.json",
                    "token_expiring.json", "vote_request.json", "vote_update.json");
        }
    }

    private static JsonObject sample(String name) {
        return Fields.read(SAMPLES.resolve(name + ".json"));
    }
}
