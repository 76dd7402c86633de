package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.booking.BookingChanges.BookingEvent;
import io.pado.chat.MessageChanges.MessageEvent;
import io.pado.feed.stream.Connected;
import io.pado.notification.NotificationChanges.NotificationEvent;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples in {@code contract/system1}: {@code data} of the feed's events. {@code FeedIT} compares what is sent. */
class FeedContractTest {

    private static final Path SAMPLES = Path.of("contract", "system1");
    private static final Map<String, Class<?>> TYPES = Map.of("connected", Connected.class, "message", MessageEvent.class, "booking", BookingEvent.class,
            "notification", NotificationEvent.class);

    @ParameterizedTest
    @ValueSource(strings = {"connected", "message", "booking", "notification"})
    void eventHasTheFieldsOfItsType(String name) {
        Fields.assertMatch(sample(name), TYPES.get(name));
    }

    @Test
    void resetLooksLikeTheNoticeOfThatName() {
        JsonObject notice = Fields.read(Path.of("contract", "system3", "reset.json"));
        assertThat(sample("reset").keySet()).isEqualTo(Set.copyOf(notice.keySet()));
    }

    private static JsonObject sample(String name) {
        return Fields.read(SAMPLES.resolve(name + ".json"));
    }
}
