package io.pado.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.feed.Change;
import io.pado.feed.MalformedDocument;
import io.pado.platform.mongo.Fields;
import io.pado.realtime.Publication;
import java.time.Instant;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookingChangesTest {

    private static final String FINE = "customerId: 7, partnerId: '8', status: 'pending'";

    private final BookingChanges changes = new BookingChanges();

    @ParameterizedTest
    @ValueSource(strings = {"status: {a: 1}", "paymentStatus: 5", "serviceName: ['x']", "partnerId: {x: 1}", "startsAt: 'nope'", "updatedAt: true",
        "amount: 'NaN'", "amount: {$numberDouble: 'NaN'}"})
    void fieldOfAWrongTypeIsNotTold(String wrong) {
        Change change = new Change(Change.Kind.INSERT, 1, Instant.EPOCH, fields(""), fields("customerId: 7, " + wrong));

        assertThatThrownBy(() -> changes.told(change)).isInstanceOf(MalformedDocument.class).hasMessageStartingWith(wrong.substring(0, wrong.indexOf(':')));
    }

    @Test
    void fieldThatIsMissingIsToldAsNull() {
        assertThat(changes.told(new Change(Change.Kind.INSERT, 1, Instant.EPOCH, fields(""), fields("customerId: 7, status: null")))).hasSize(1);
    }

    @Test
    void whoIsNoPartyAnyMoreHearsSoThoughWhatItIsNowCannotBeTold() {
        Change change = new Change(Change.Kind.UPDATE, 1, Instant.EPOCH, fields(FINE), fields("customerId: 7, partnerId: {x: 1}, status: 'pending'"));

        assertThat(changes.told(change)).extracting(Publication::json).singleElement().asString().contains("\"operation\":\"deleted\"");
    }

    @Test
    void deletionIsToldWhateverTheBookingWas() {
        Change change = new Change(Change.Kind.DELETE, 1, Instant.EPOCH, fields(FINE + ", amount: 'NaN'"), fields(""));

        assertThat(changes.told(change)).hasSize(2);
    }

    private static Fields fields(String json) {
        return new Fields(Document.parse("{" + json + "}"));
    }
}
