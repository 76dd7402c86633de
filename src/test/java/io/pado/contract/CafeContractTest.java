package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.cafe.CafeTopic;
import io.pado.cafe.cell.BalanceChanged;
import io.pado.cafe.live.CafeText;
import io.pado.cafe.menu.MenuView;
import io.pado.cafe.menu.SoldOutChanged;
import io.pado.cafe.order.OrderCancelled;
import io.pado.cafe.order.OrderPlaced;
import io.pado.cafe.order.OrderStatusChanged;
import io.pado.cafe.setting.SettingChanged;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The samples in {@code contract/system2}, whose events stand in the café's own document. Answers are compared by the tests that get them. */
class CafeContractTest {

    private static final Path SAMPLES = Path.of("contract", "system2");
    private static final Map<String, Class<?>> DATA = Map.of("order:created", OrderPlaced.class, "order:status_changed", OrderStatusChanged.class,
            "order:cancelled", OrderCancelled.class, "menu:sold_out_changed", SoldOutChanged.class, "menu:changed", MenuView.class,
            "cell:balance_changed", BalanceChanged.class, "settings:changed", SettingChanged.class);

    @ParameterizedTest
    @EnumSource
    void eventIsSentAsInItsSampleAndHasTheFieldsOfItsType(CafeTopic topic) {
        JsonObject sample = sample(topic.event().replace(':', '_'));
        String id = sample.getString("id");
        Envelope envelope = new Envelope(EventId.parse(id).orElseThrow(), topic.topic(), topic.event(), "1", Instant.EPOCH,
                sample.getJsonObject("data").toString());

        assertThat(Json.parseObject(CafeText.of(envelope))).hasValue(sample);
        Fields.assertMatch(sample.getJsonObject("data"), DATA.get(topic.event()));
    }

    @Test
    void noticeNamesTheEventsThatItConcerns() {
        Notice reset = new Notice("reset", "history", Notice.HISTORY_GONE.detail(), Set.of(CafeTopic.ORDER_CREATED.topic()), Map.of());
        assertThat(Json.parseObject(CafeText.of(reset))).hasValue(sample("reset"));
        assertThat(Json.parseObject(CafeText.of(Notice.lagged(3, 12))).orElseThrow().getJsonObject("data").keySet())
                .containsExactlyInAnyOrder("reason", "detail", "dropped", "replaced");
    }

    @Test
    void answersAreSentAsInTheirSamples() {
        List<CafeTopic> orders = List.of(CafeTopic.ORDER_CREATED, CafeTopic.ORDER_STATUS_CHANGED, CafeTopic.ORDER_CANCELLED);
        assertThat(Json.parseObject(CafeText.subscribed(orders.stream().map(CafeTopic::topic).toList()))).hasValue(sample("subscribed"));
        assertThat(Json.parseObject(CafeText.pong())).hasValue(sample("pong"));
        assertThat(Json.parseObject(CafeText.error(ProblemException.badRequest("unknown-action",
                "action must be resume, subscribe or ping.").problem()))).hasValue(sample("error"));
    }

    @Test
    void noSampleIsForgottenHere() throws IOException {
        Set<String> events = Arrays.stream(CafeTopic.values()).map(topic -> topic.event().replace(':', '_')).collect(Collectors.toSet());
        Set<String> others = Set.of("cell_change", "error", "joined", "order", "order_request", "pong", "reset", "setting", "stats", "subscribed");
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")).toList())
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(events.stream(), others.stream()).toList());
        }
    }

    private static JsonObject sample(String name) {
        return Fields.read(SAMPLES.resolve(name + ".json"));
    }
}
