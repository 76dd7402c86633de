package io.pado.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import io.pado.presence.Connected;
import io.pado.presence.FriendRemoved;
import io.pado.presence.Heartbeat;
import io.pado.presence.StatusView;
import io.pado.presence.friend.FriendView;
import io.pado.presence.friend.RequestView;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples in {@code contract/system4}. {@code PresenceIT} and {@code FriendsIT} compare what is sent. */
class PresenceContractTest {

    private static final Path SAMPLES = Path.of("contract", "system4");
    private static final Map<String, Class<?>> TYPES = Map.of("connected", Connected.class, "status_change", StatusView.class, "heartbeat",
            Heartbeat.class, "friend_removed", FriendRemoved.class, "friend", FriendView.class, "friend_request", RequestView.class);

    @ParameterizedTest
    @ValueSource(strings = {"connected", "status_change", "heartbeat", "friend_removed", "friend", "friend_request"})
    void sampleHasTheFieldsOfItsType(String name) {
        Fields.assertMatch(sample(name), TYPES.get(name));
    }

    @Test
    void statesAreNamedByTheirUsersAndWhatIsNotKnownIsNull() {
        JsonObject initial = sample("initial");
        Fields.assertMatch(initial.getJsonObject("7"), StatusView.class);
        JsonObject unknown = Json.parseObject(Json.text(new StatusView(8, false, null, null, 0))).orElseThrow();
        assertThat(unknown).isEqualTo(initial.getJsonObject("8"));
        assertThat(List.copyOf(unknown.keySet())).containsExactly("user_id", "is_online", "last_activity", "last_seen", "version");
    }

    private static JsonObject sample(String name) {
        return Fields.read(SAMPLES.resolve(name + ".json"));
    }
}
