package io.pado.realtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.redis.TestRedis;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog.Entry;
import io.pado.realtime.policy.History;
import io.pado.realtime.redis.RedisEventLog;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;

/** Keys of the log that hold something else than they should, by a foreign hand, in real Redis: that counts as lost, and events go on. */
class StrangeLogKeysIT {

    private static final Topic A = new Topic("strange:a");
    private static final Topic B = new Topic("strange:b");
    private static final int MANY = 1_000;
    private static final long LATE = 9_000_000_000_000L;
    private static final String EPOCH = "pado:epoch";
    private static final String SEQUENCE = "pado:sequence";
    private static final String MARKS = "pado:marks";

    private static TestRedis redis;

    private final UnifiedJedis keys = redis.client().commands();
    private final EventLog log = new RedisEventLog(redis.client());

    @BeforeAll
    static void start() {
        redis = new TestRedis();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        keys.flushAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9", "abc", "-5", "1.5", "9007199254740991", "9223372036854775807", " 7", "007", "inf", "nan", ""})
    void aCounterThatIsNoneIsANewEpochThatKnowsNothingOfTheOldLog(String counter) {
        List<EventId> old = append(A, B, A);
        keys.set(SEQUENCE, counter);

        assertThat(log.tops(List.of(A, B)).sequence()).isZero();
        assertThat(log.read(Map.of(A, old.get(2).sequence()), MANY).position()).isEqualTo(new EventId(old.get(0).epoch(), 0));
        List<EventId> fresh = append(A, A);
        assertThat(fresh.get(0).epoch()).isNotEqualTo(old.get(0).epoch());
        assertThat(fresh).containsExactly(new EventId(fresh.get(0).epoch(), 1), new EventId(fresh.get(0).epoch(), 2));
        assertThat(read(A, 0)).containsExactlyElementsOf(fresh);
        assertThat(read(B, 0)).isEmpty();
        assertThat(log.read(Map.of(A, 0L, B, 0L), MANY).holes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9", "abc", "-5", "9007199254740991", ""})
    void aLogThatBeginsAnewHasACounterThatCounts(String counter) {
        EventId old = append(A, A).get(1);
        keys.set(SEQUENCE, counter);
        String fresh = log.beginAnew(old.epoch());

        assertThat(fresh).isNotEqualTo(old.epoch());
        assertThat(append(A)).containsExactly(new EventId(fresh, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Not an epoch", "two\nlines", "x", "", "much-too-long-for-the-name-of-an-epoch"})
    void anEpochThatIsNoneIsANewOne(String name) {
        EventId old = append(A).get(0);
        keys.set(EPOCH, name);

        assertThat(log.tops(List.of(A)).epoch()).isEmpty();
        EventId fresh = append(A).get(0);
        assertThat(EventId.parse(fresh.toString())).contains(fresh);
        assertThat(fresh.epoch()).isNotEqualTo(old.epoch());
        assertThat(read(A, 0)).containsExactly(fresh);

        keys.set(EPOCH, name);
        String next = log.read(Map.of(A, 0L), MANY).epoch();
        assertThat(next).isNotEqualTo(fresh.epoch());
        assertThat(append(A).get(0).epoch()).isEqualTo(next);
    }

    @Test
    void aMarkThatIsNoneIsLost() {
        EventId first = append(A).get(0);
        String hour = keys.hkeys(MARKS).iterator().next();
        keys.hset(MARKS, hour, "abc");
        assertThat(read(A, 0)).containsExactly(first);
        assertThat(read(B, 0)).isEmpty();

        keys.del(MARKS);
        keys.hset(MARKS, Map.of("no hour", "7", "1", "abc"));
        EventId next = append(A).get(0);
        assertThat(next.epoch()).isEqualTo(first.epoch());
        assertThat(read(A, 0)).containsExactly(first, next);
        assertThat(keys.hkeys(MARKS)).doesNotContain("no hour", "1").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "p x t t k k d d", "p 1", "p 1 t t k k d d more x", "d d k k t t p 1"})
    void anEntryThatIsNoEventIsSkipped(String fields) {
        List<EventId> ids = append(A, B, A);
        add(A, after(ids.get(2)), fields);

        LogSlice both = log.read(Map.of(A, 0L, B, 0L), MANY);
        assertThat(both.events()).extracting(Envelope::id).containsExactlyElementsOf(ids);
        assertThat(both.holes()).isEmpty();
        assertThat(both.complete()).isTrue();
        EventId next = append(A).get(0);
        assertThat(next.epoch()).isEqualTo(ids.get(0).epoch());
        assertThat(read(A, 0)).containsExactly(ids.get(0), ids.get(2), next);
        LogSlice page = log.read(Map.of(A, ids.get(0).sequence()), 1);
        assertThat(page.events()).extracting(Envelope::id).containsExactly(ids.get(2));
        assertThat(page.complete()).isFalse();
    }

    @Test
    void anyNumberOfEntriesThatAreNoEventsIsSkipped() {
        EventId other = append(B).get(0);
        for (int i = 1; i <= 250; i++) {
            add(A, new StreamEntryID(other.sequence(), i), "a b");
        }
        assertThat(log.read(Map.of(A, 0L, B, 0L), MANY).events()).extracting(Envelope::id).containsExactly(other);

        List<EventId> ids = append(A, A);
        assertThat(log.read(Map.of(A, other.sequence()), 1).events()).extracting(Envelope::id).containsExactly(ids.get(0));
        assertThat(read(A, other.sequence())).containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "p 0 t t k k d d"})
    void anEntryThatIsAheadOfTheCounterIsANewEpoch(String fields) {
        List<EventId> ids = append(A, B);
        add(A, new StreamEntryID(Long.MAX_VALUE, 1), fields);

        assertThat(read(A, 0)).containsExactly(ids.get(0));
        EventId next = append(A).get(0);
        assertThat(next.epoch()).isNotEqualTo(ids.get(0).epoch());
        assertThat(read(A, 0)).containsExactly(next);
        assertThat(read(B, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e9", "abc", "-5", "inf", "9223372036854775807", ""})
    void aTopThatIsNoneIsKnownFromTheLog(String top) {
        List<EventId> ids = append(A, B, A);
        keys.set("pado:top:" + A + "@" + ids.get(0).epoch(), top);

        assertThat(log.tops(List.of(A, B)).tops()).containsOnlyKeys(B);
        assertThat(read(A, ids.get(0).sequence())).containsExactly(ids.get(2));
        EventId next = append(A).get(0);
        assertThat(next).isEqualTo(new EventId(ids.get(0).epoch(), 4));
        LogSlice rest = log.read(Map.of(A, ids.get(2).sequence()), MANY);
        assertThat(rest.events()).extracting(Envelope::id).containsExactly(next);
        assertThat(rest.holes()).isEmpty();
    }

    @Test
    void anIdempotencyKeyThatIsNoneIsNewOnce() {
        append(A);
        keys.set("pado:once:mine", "abc");
        Entry entry = new Entry(new Publication(A, "t", "", "{}", "mine"), History.DEFAULT);

        EventId first = log.append(List.of(entry)).get(0);
        assertThat(log.append(List.of(entry))).containsExactly(first);
        assertThat(read(A, 1)).containsExactly(first);
    }

    private List<EventId> append(Topic... topics) {
        return log.append(Arrays.stream(topics).map(topic -> new Entry(new Publication(topic, "t", "", "{}", ""), History.DEFAULT)).toList());
    }

    private List<EventId> read(Topic topic, long after) {
        return log.read(Map.of(topic, after), MANY).events().stream().map(Envelope::id).toList();
    }

    private void add(Topic topic, StreamEntryID id, String fields) {
        String[] words = fields.split(" ");
        Map<String, String> entry = new LinkedHashMap<>();
        for (int i = 0; i < words.length; i += 2) {
            entry.put(words[i], words[i + 1]);
        }
        keys.xadd("pado:log:" + topic + "@" + keys.get(EPOCH), id, entry);
    }

    /** Still of the same number. */
    private static StreamEntryID after(EventId id) {
        return new StreamEntryID(id.sequence(), LATE);
    }
}
