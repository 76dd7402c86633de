package io.pado.feed.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.realtime.Topic;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

    private static final Position AFTER = Position.after(new BsonDocument("_data", new BsonString("82ab")));

    @Test
    void textIsReadAsThePlaceThatItWas() {
        for (Position each : Set.of(AFTER, AFTER.seeded(false), AFTER.behind(Set.of(new Topic("room:1"), new Topic("feed:7"))),
                Position.at(new BsonTimestamp(1_700_000_000, 3)))) {
            assertThat(Position.parse(each.text())).isEqualTo(each);
        }
    }

    @Test
    void textOfAnOlderNodeNamesNoTopics() {
        assertThat(Position.parse("{\"seeded\": true, \"token\": {\"_data\": \"82ab\"}}")).isEqualTo(AFTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"token\": 7}", "{\"seeded\": true}", "{\"seeded\": true, \"token\": {}, \"behind\": [\"no topic!\"]}"})
    void damagedTextIsTheEndOfTheStream(String text) {
        assertThatThrownBy(() -> Position.parse(text)).isInstanceOfSatisfying(StreamOver.class, over -> assertThat(over.reason()).isEqualTo("token"));
    }
}
