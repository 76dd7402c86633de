package io.pado.platform.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.OptionalLong;
import java.util.UUID;
import org.bson.BsonTimestamp;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static final String HEX = "65f0a1b2c3d4e5f601234567";

    @Test
    void userIsReadFromEveryTypeThatProgramsUse() {
        for (Object value : new Object[] {42, 42L, 42.0, "42", " 42 ", Decimal128.parse("42"), Decimal128.parse("42.0")}) {
            assertThat(of(value).user("f")).as("%s", value).isEqualTo(OptionalLong.of(42));
        }
        for (Object value : new Object[] {0, -1, 1.5, "", "x", "042", true, Double.NaN, Double.POSITIVE_INFINITY, Decimal128.NaN, new ObjectId(), new Document(), null}) {
            assertThat(of(value).user("f")).as("%s", value).isEmpty();
        }
    }

    @Test
    void usersOfListLeaveOutWhatIsNone() {
        assertThat(of(Arrays.asList(1, null, "2", "x", 1L, new Document())).users("f")).containsExactly(1L, 2L);
        assertThat(of("7").users("f")).containsExactly(7L);
        assertThat(of(null).users("f")).isEmpty();
    }

    @Test
    void timeIsReadFromEveryTypeThatProgramsUse() {
        Instant time = Instant.parse("2026-01-02T03:04:05Z");
        for (Object value : new Object[] {Date.from(time), new BsonTimestamp((int) time.getEpochSecond(), 7), time.toEpochMilli(), "2026-01-02T03:04:05Z",
            "2026-01-02T12:04:05+09:00", "2026-01-02T03:04:05", "2026-01-02T12:04:05+09:00[Asia/Seoul]"}) {
            assertThat(of(value).time("f")).as("%s", value).contains(time);
        }
        assertThat(of("2026-01-02").time("f")).contains(Instant.parse("2026-01-02T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2026-13-01", "2026-02-30", "99999999999", "2026-01-02T25:00:00Z"})
    void whatIsNoTimeReadsAsMissing(String text) {
        assertThat(of(text).time("f")).isEmpty();
    }

    @Test
    void numberKeepsItsDigits() {
        assertThat(of(Decimal128.parse("30000.50")).number("f")).contains(new BigDecimal("30000.50"));
        assertThat(of("12").number("f")).contains(new BigDecimal("12"));
        assertThat(of(Double.NaN).number("f")).isEmpty();
        assertThat(of(Decimal128.parse("1E+6000")).number("f")).isEmpty();
        assertThat(of("1e999999999").number("f")).isEmpty();
    }

    @Test
    void idsOfEqualValueHaveOneWordAndOneText() {
        UUID uuid = UUID.fromString("3f2b8f9e-1111-4222-8333-444455556666");
        assertThat(DocumentIds.text(new ObjectId(HEX))).isEqualTo(HEX);
        assertThat(DocumentIds.text(7.0)).isEqualTo("7");
        assertThat(DocumentIds.text(uuid)).isEqualTo(uuid.toString());
        assertThat(DocumentIds.text(new Document("a", 1).append("b", "c"))).isEqualTo("{\"a\": 1, \"b\": \"c\"}");
        assertThat(DocumentIds.word(7)).isEqualTo(DocumentIds.word(7.0)).isEqualTo(DocumentIds.word(7L)).isNotEqualTo(DocumentIds.word("7"));
        assertThat(DocumentIds.word(HEX)).isEqualTo(DocumentIds.word(new ObjectId(HEX))).isEqualTo(HEX);
        assertThat(DocumentIds.word(uuid)).isNotEqualTo(DocumentIds.word(uuid.toString()));
        assertThat(DocumentIds.text(new Document("u", uuid))).contains("u");
        assertThat(DocumentIds.word("방 1")).matches("[A-Za-z0-9_-]{25}");
        assertThat(DocumentIds.word(new Document("a", 1))).isNotEqualTo(DocumentIds.word(new Document("a", 2)));
    }

    @Test
    void everyTextLeadsBackToItsId() {
        UUID uuid = UUID.randomUUID();
        assertThat(DocumentIds.candidates(HEX)).contains(new ObjectId(HEX), HEX);
        assertThat(DocumentIds.candidates("7")).contains(7L, "7");
        assertThat(DocumentIds.candidates(uuid.toString())).contains(uuid, uuid.toString());
    }

    @Test
    void referencesAreTheIdAndItsDigits() {
        assertThat(DocumentIds.references(new ObjectId(HEX))).containsExactly(new ObjectId(HEX), HEX);
        assertThat(DocumentIds.references(HEX)).containsExactly(HEX, new ObjectId(HEX));
        assertThat(DocumentIds.references(7)).containsExactly(7);
        assertThat(DocumentIds.references("7")).containsExactly("7");
    }

    private static Fields of(Object value) {
        return new Fields(new Document("f", value));
    }
}
