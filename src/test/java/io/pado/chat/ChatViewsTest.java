package io.pado.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class ChatViewsTest {

    private static final List<String> FIELDS = List.of("name", "kind", "participants", "createdBy", "createdAt", "roomId", "senderId", "senderName",
            "senderType", "content");
    private static final List<Object> VALUES = Arrays.asList(null, 7, -7L, 0.5, Double.NaN, Decimal128.parse("1E6000"), true, "", "x", "a\ud800",
            new Date(Long.MIN_VALUE), new BsonTimestamp(-1, 1), List.of(), Arrays.asList(null, 1, "2", "x", List.of()), new Document("a", 1),
            UUID.randomUUID(), new MinKey(), new ObjectId());

    @Test
    void nothingInADocumentMakesThemFail() {
        for (String field : FIELDS) {
            for (Object value : VALUES) {
                Document document = new Document("_id", value).append(field, value);
                assertThat(Json.parseObject(Json.text(RoomView.of(document)))).as("%s %s", field, value).isPresent();
                assertThat(Json.parseObject(Json.text(MessageView.of(document)))).as("%s %s", field, value).isPresent();
            }
        }
    }

    @Test
    void participantsAreReadAsFarAsTheyAreUsers() {
        RoomView room = RoomView.of(new Document("_id", "r").append("participants", Arrays.asList(null, 1, "2", "x", 2L, -1, 3.0, Decimal128.parse("4"))));

        assertThat(room.participants()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(RoomView.of(new Document("_id", "r")).participants()).isEmpty();
    }
}
