package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code /asyncapi.yaml} describes the frames of the samples, which other tests compare with what is sent. */
class AsyncApiTest {

    private static final Path SAMPLES = Path.of("contract");
    /** Bodies of calls with one answer; {@code /openapi} has those. */
    private static final List<String> CALLS = List.of("system2/order_request", "system2/order", "system2/stats", "system2/setting", "system2/cell_change",
            "system3/poll", "system3/vote_request", "system3/problem", "system4/friend");

    private final AsyncApi description = AsyncApi.read();

    @Test
    void referencesLeadSomewhere() {
        assertThat(description.references()).isNotEmpty().allSatisfy(reference -> assertThat(description.at(reference)).isNotNull());
    }

    @Test
    void operationsNameMessagesOfTheirChannels() {
        description.operations().forEach((name, operation) -> {
            Map<String, Object> fields = AsyncApi.map(operation);
            String channel = AsyncApi.references(fields.get("channel")).get(0);
            assertThat(AsyncApi.references(fields.get("messages"))).as(name).allMatch(message -> message.startsWith(channel + "/messages/"));
        });
    }

    @Test
    void everyMessageIsOnAChannel() {
        List<String> used = description.references();
        assertThat(description.messages().keySet()).allMatch(message -> used.contains("#/components/messages/" + message));
    }

    @Test
    void everySampleOfAFrameIsDescribed() throws IOException {
        List<String> described = new ArrayList<>(CALLS);
        description.messages().values().forEach(message -> described.addAll(samples(message)));
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            List<String> all = files.map(file -> SAMPLES.relativize(file).toString().replace('\\', '/')).filter(file -> file.endsWith(".json"))
                    .map(file -> file.replace(".json", "")).toList();
            assertThat(described).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @Test
    void samplesAreAsDescribed() {
        description.messages().forEach((key, message) -> samples(message).forEach(sample -> {
            JsonObject json = Fields.read(SAMPLES.resolve(sample + ".json"));
            assertThat(description.faults(AsyncApi.map(message).get("payload"), json, sample)).isEmpty();
            assertThat(nameOf(sample, json)).as(key).isEqualTo(AsyncApi.map(message).get("name"));
        }));
    }

    /** Named events have their name outside of the JSON. */
    private static String nameOf(String sample, JsonObject json) {
        boolean named = sample.startsWith("system1/") || sample.startsWith("system4/");
        return named ? sample.substring(sample.indexOf('/') + 1) : json.getString(json.containsKey("type") ? "type" : "event");
    }

    private static List<String> samples(Object message) {
        return AsyncApi.list(AsyncApi.map(message).get("x-samples")).stream().map(Object::toString).toList();
    }
}
