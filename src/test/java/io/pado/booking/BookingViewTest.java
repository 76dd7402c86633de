package io.pado.booking;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.MinKey;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

class BookingViewTest {

    private static final List<String> FIELDS = List.of("customerId", "partnerId", "serviceName", "startsAt", "amount", "status", "paymentStatus",
            "createdAt", "updatedAt");
    private static final List<Object> VALUES = Arrays.asList(null, 7, -7L, 0.5, Double.NaN, Decimal128.parse("1E6000"), Decimal128.NaN, true, "",
            "x", "7", "a\ud800", new Date(Long.MAX_VALUE), new BsonTimestamp(-1, 1), List.of(), List.of(1), new Document("a", 1), new MinKey(),
            new ObjectId(), new org.bson.types.Code("x"), Long.MIN_VALUE);

    @Test
    void whatIsWrittenAsTheContractSaysIsRead() {
        Instant now = Instant.parse("2026-11-25T10:00:00.123Z");
        ObjectId id = new ObjectId();
        Document document = new Document("_id", id).append("customerId", 7L).append("partnerId", 8).append("serviceName", "s")
                .append("startsAt", Date.from(now)).append("amount", Decimal128.parse("30000.50")).append("status", "pending")
                .append("paymentStatus", "unpaid").append("createdAt", now.toString()).append("updatedAt", now.toEpochMilli()).append("slot", 1);

        BookingView view = BookingView.of(document);

        assertThat(view.id()).isEqualTo(id.toHexString()).isEqualTo(view.bookingId());
        assertThat(List.of(view.customerId(), view.partnerId())).containsExactly(7L, 8L);
        assertThat(view.amount()).isEqualByComparingTo("30000.5");
        assertThat(List.of(view.startsAt(), view.createdAt(), view.updatedAt())).containsOnly(now);
    }

    @Test
    void nothingInADocumentMakesItFail() {
        for (String field : FIELDS) {
            for (Object value : VALUES) {
                String json = Json.text(BookingView.of(new Document("_id", value).append(field, value)));
                assertThat(Json.parseObject(json)).as("%s %s: %s", field, value, json).isPresent();
            }
        }
    }
}
