package io.pado.realtime.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog.Entry;
import io.pado.realtime.log.EventLog.Tops;
import io.pado.realtime.policy.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link EventLog} does: the one in Redis, and the one in memory that stands for it in tests of the core. */
public abstract class EventLogContract {

    static final Topic A = new Topic("contract:a");
    static final Topic B = new Topic("contract:b");
    private static final int MANY = 1_000;
    private static final int LARGE = 60;

    /** @return an empty one */
    abstract EventLog log();

    @Test
    void numbersGrowOverAllTopicsInOneEpoch() {
        List<EventId> ids = append(log(), A, B, A);

        assertThat(ids).extracting(EventId::epoch).containsOnly(ids.get(0).epoch());
        assertThat(ids).extracting(EventId::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void onlyWhatIsWantedAndNewerIsReadInOneOrder() {
        EventLog log = log();
        List<EventId> ids = append(log, A, B, A, B, A);

        LogSlice both = log.read(Map.of(A, ids.get(0).sequence(), B, 0L), MANY);
        assertThat(both.events()).extracting(Envelope::id).containsExactlyElementsOf(ids.subList(1, 5));
        assertThat(both.position()).isEqualTo(ids.get(4));
        assertThat(both.complete()).isTrue();
        assertThat(both.holes()).isEmpty();
        assertThat(log.read(Map.of(B, ids.get(3).sequence()), MANY).events()).isEmpty();
    }

    @Test
    void eventIsReadAsItWasPublished() {
        EventLog log = log();
        EventId id = log.append(List.of(new Entry(new Publication(A, "said", "key", "{\"n\":\"파도\"}", ""), History.DEFAULT))).get(0);

        Envelope read = log.read(Map.of(A, 0L), MANY).events().get(0);
        assertThat(read.id()).isEqualTo(id);
        assertThat(List.of(read.topic().name(), read.type(), read.key(), read.json())).containsExactly(A.name(), "said", "key", "{\"n\":\"파도\"}");
    }

    @Test
    void pagesTogetherAreAllEventsOnceAndInOrder() {
        EventLog log = log();
        List<EventId> ids = append(log, A, A, B, A, A, B, B, A);
        List<EventId> read = new ArrayList<>();
        LogSlice page = log.read(Map.of(A, 0L, B, 0L), 2);
        while (true) {
            page.events().forEach(event -> read.add(event.id()));
            if (page.complete()) {
                break;
            }
            page = log.read(Map.of(A, page.reach(), B, page.reach()), 2);
        }

        assertThat(read).containsExactlyElementsOf(ids);
    }

    @Test
    void pageOfLargeEventsIsShortAndTheNextOnesHaveTheRest() {
        EventLog log = log();
        List<EventId> ids = new ArrayList<>();
        for (int i = 0; i < LARGE; i++) {
            Topic topic = i % 3 == 0 ? B : A;
            ids.addAll(log.append(List.of(new Entry(new Publication(topic, "t", "", '"' + "x".repeat(LogSlice.ENOUGH_BYTES / 16) + '"', ""), History.DEFAULT))));
        }
        List<EventId> read = new ArrayList<>();
        Map<Topic, Long> after = new HashMap<>(Map.of(A, 0L, B, 0L));
        LogSlice page;
        do {
            page = log.read(after, MANY);
            assertThat(page.events()).isNotEmpty();
            assertThat(page.events().size()).isLessThan(LARGE / 2);
            page.events().forEach(event -> read.add(event.id()));
            long reach = page.reach();
            after.replaceAll((topic, place) -> reach);
        } while (!page.complete());
        assertThat(read).containsExactlyElementsOf(ids);
    }

    /** A reader of both must not get a large one with each small one, and all the others again and again. */
    @Test
    void largeEventsOfOneTopicLeaveRoomForThoseOfAnother() {
        EventLog log = log();
        for (int i = 0; i < LARGE; i++) {
            append(log, B);
            log.append(List.of(new Entry(new Publication(A, "t", "", '"' + "x".repeat(LogSlice.ENOUGH_BYTES / 20) + '"', ""), History.DEFAULT)));
        }
        Map<Topic, Long> after = new HashMap<>(Map.of(A, 0L, B, 0L));
        int pages = 0;
        LogSlice page;
        do {
            page = log.read(after, MANY);
            pages++;
            long reach = page.reach();
            after.replaceAll((topic, place) -> reach);
        } while (!page.complete());
        assertThat(pages).isLessThanOrEqualTo(8);
    }

    @Test
    void withoutALimitOfEventsOnlyThePositionIsRead() {
        EventLog log = log();
        List<EventId> ids = append(log, A, A);

        LogSlice position = log.read(Map.of(A, 0L), 0);
        assertThat(position.events()).isEmpty();
        assertThat(position.position()).isEqualTo(ids.get(1));
        assertThat(log.read(Map.of(), 0).position()).isEqualTo(ids.get(1));
    }

    @Test
    void repetitionGetsTheFirstIdAndIsNotStoredAgain() {
        EventLog log = log();
        Entry entry = new Entry(new Publication(A, "t", "", "{}", "once"), History.DEFAULT);
        List<EventId> ids = List.of(log.append(List.of(entry)).get(0), append(log, A).get(0), log.append(List.of(entry)).get(0));

        assertThat(ids.get(2)).isEqualTo(ids.get(0));
        assertThat(log.read(Map.of(A, 0L), MANY).events()).extracting(Envelope::id).containsExactly(ids.get(0), ids.get(1));
    }

    @Test
    void whatIsNoLongerKeptIsAHoleForWhoWasBeforeIt() {
        EventLog log = log();
        Entry short2 = new Entry(new Publication(A, "t", "", "{}", ""), new History(2, Duration.ofHours(1)));
        List<EventId> ids = log.append(List.of(short2, short2, short2, short2));
        append(log, B);

        LogSlice all = log.read(Map.of(A, 0L, B, 0L), MANY);
        assertThat(all.holes()).isEqualTo(Set.of(A));
        assertThat(all.events()).extracting(Envelope::id).startsWith(ids.get(2), ids.get(3)).hasSize(3);
        assertThat(log.read(Map.of(A, ids.get(1).sequence()), MANY).holes()).isEmpty();
    }

    @Test
    void topsAreTheLastNumbersOfTopicsThatHaveEvents() {
        EventLog log = log();
        List<EventId> ids = append(log, A, A);

        Tops tops = log.tops(List.of(A, B));
        assertThat(tops).isEqualTo(new Tops(ids.get(1).epoch(), ids.get(1).sequence(), Map.of(A, ids.get(1).sequence())));
    }

    @Test
    void newEpochIsGivenOnceAndHasNothingOfTheOld() {
        EventLog log = log();
        String old = append(log, A).get(0).epoch();
        String fresh = log.beginAnew(old);

        assertThat(fresh).isNotEqualTo(old);
        assertThat(log.beginAnew(old)).isEqualTo(fresh);
        assertThat(log.read(Map.of(A, 0L), MANY).events()).isEmpty();
        assertThat(append(log, A).get(0).epoch()).isEqualTo(fresh);
    }

    private static List<EventId> append(EventLog log, Topic... topics) {
        return log.append(Arrays.stream(topics).map(topic -> new Entry(new Publication(topic, "t", "", "{}", ""), History.DEFAULT)).toList());
    }
}
