package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.Json;
import io.pado.platform.Problem;
import io.pado.poll.PollView;
import io.pado.poll.VotesTopic;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Topic;
import io.pado.realtime.topic.EventText;
import io.pado.realtime.sse.ConnectionAck;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
        assertFields(sample("connection_ack"), ConnectionAck.class);
        assertThat(sample("connection_ack").getString("type")).isEqualTo("connection_ack");
        assertThat(Instant.parse(sample("connection_ack").getString("timestamp"))).isNotNull();
    }

    @Test
    void pollHasTheFieldsOfItsType() {
        assertFields(sample("poll"), PollView.class);
    }

    @Test
    void voteUpdateCarriesThePollOnItsChannel() {
        JsonObject update = sample("vote_update");
        assertThat(update.keySet()).containsExactlyInAnyOrder("type", "channel", "data");
        assertThat(update.getString("type")).isEqualTo("vote_update");
        assertThat(update.getString("channel")).isEqualTo(new VotesTopic().name());
        assertThat(new VotesTopic().carries(new Topic("votes"))).isTrue();
        assertFields(update.getJsonObject("data"), PollView.class);
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
        return List.of(Notice.HISTORY_GONE, Notice.DEGRADED, Notice.RECOVERED, Notice.TOKEN_EXPIRING, Notice.closing(CloseReason.LOGGED_OUT),
                Notice.lagged(3, 12));
    }

    @ParameterizedTest
    @MethodSource("notices")
    void noticeIsSentAsInItsSample(Notice notice) {
        assertThat(Json.parseObject(EventText.of(notice))).hasValue(sample(notice.type()));
    }

    @Test
    void eventOfAnyTopicIsSentAsInItsSample() {
        Envelope envelope = new Envelope(new EventId("k3x9v2ab", 7), new Topic("app:orders:7"), "order_placed", "7",
                Instant.parse("2026-11-21T14:40:03.927Z"), "{\"n\":1}");
        assertThat(Json.parseObject(EventText.of(envelope))).hasValue(read(Path.of("contract", "generic", "event.json")));
    }

    @Test
    void everyResetHasTheSameShape() {
        assertThat(Stream.of(Notice.HISTORY_GONE, Notice.UNKNOWN_ID, Notice.NEW_EPOCH).map(Notice::type)).containsOnly("reset");
        assertThat(Stream.of(Notice.HISTORY_GONE, Notice.UNKNOWN_ID, Notice.NEW_EPOCH).map(Notice::reason))
                .containsExactly("history", "unknown-id", "epoch");
    }

    @Test
    void problemHasTheFieldsOfItsType() {
        assertFields(sample("problem"), Problem.class);
    }

    @Test
    void noSampleIsForgottenHere() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("closing.json",
                    "connection_ack.json", "degraded.json", "lagged.json", "poll.json", "problem.json", "recovered.json", "reset.json",
                    "token_expiring.json", "vote_request.json", "vote_update.json");
        }
    }

    /** Checks names and kinds of a record's components, and of the records inside it. */
    private static void assertFields(JsonObject sample, Class<?> type) {
        Map<String, Type> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(name(component), component.getGenericType());
        }
        assertThat(sample.keySet()).as("fields of %s", type.getSimpleName()).isEqualTo(components.keySet());
        components.forEach((name, kind) -> assertKind(name, sample.get(name), kind));
    }

    private static void assertKind(String name, JsonValue value, Type kind) {
        if (kind instanceof ParameterizedType list) {
            assertThat(value).as(name).isInstanceOf(JsonArray.class);
            value.asJsonArray().forEach(element -> assertKind(name, element, list.getActualTypeArguments()[0]));
        } else if (kind instanceof Class<?> type && type.isRecord()) {
            assertFields(value.asJsonObject(), type);
        } else if (kind == boolean.class) {
            assertThat(value).as(name).isIn(JsonValue.TRUE, JsonValue.FALSE);
        } else if (kind == long.class || kind == Long.class || kind == int.class) {
            assertThat(((JsonNumber) value).isIntegral()).as(name).isTrue();
        } else if (kind == double.class) {
            assertThat(value).as(name).isInstanceOf(JsonNumber.class);
        } else {
            assertThat(Set.<Type>of(String.class, Instant.class)).as(name).contains(kind);
            assertThat(value).as(name).isInstanceOf(JsonString.class);
        }
    }

    /** JSON-B reads the annotation from a record's field. */
    private static String name(RecordComponent component) {
        try {
            return name(component.getDeclaringRecord().getDeclaredField(component.getName()));
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String name(Field field) {
        JsonbProperty property = field.getAnnotation(JsonbProperty.class);
        return property == null ? field.getName() : property.value();
    }

    private static JsonObject sample(String name) {
        return read(SAMPLES.resolve(name + ".json"));
    }

    private static JsonObject read(Path file) {
        try {
            return Json.parseObject(Files.readString(file)).orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file, unreadable);
        }
    }
}
