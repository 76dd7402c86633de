package io.pado.feed.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.chat.RoomChanges;
import io.pado.feed.Change;
import io.pado.feed.MalformedDocument;
import io.pado.feed.Watched;
import io.pado.platform.Logged;
import io.pado.platform.mongo.DocumentIds;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class TranslationTest {

    private static final String NAME = Translation.nameOf("things", 1L);

    /** Tells {@code before>after} of the field {@code s}; fails where it is {@code bug}, and refuses where it is {@code bad}. */
    private static final Watched THINGS = new Watched() {

        @Override
        public String collection() {
            return "things";
        }

        @Override
        public List<String> fields() {
            return List.of("s", "t");
        }

        @Override
        public Duration remembered() {
            return FOREVER;
        }

        @Override
        public List<Publication> told(Change change) {
            String after = change.after().text("s").orElse("-");
            if (after.equals("bug")) {
                throw new IllegalStateException("nobody foresaw this");
            }
            if (after.equals("bad")) {
                throw new MalformedDocument("it is bad");
            }
            return List.of(new Publication(new Topic("feed"), "t", "", '"' + change.before().text("s").orElse("-") + '>' + after + '"', ""));
        }
    };

    private final Translation translation = new Translation(Map.of("things", THINGS), Map.of(NAME, "{\"s\": \"a\", \"t\": 1}"),
            (collection, id) -> Optional.of(new Document("s", "now")));

    @Test
    void stepsOfOneBatchAreToldOnTopOfEachOther() {
        translation.add(update(1, new Document("s", "b"), List.of()));
        translation.add(update(1, new Document("s", "c"), List.of()));
        translation.add(update(1, new Document(), List.of("s")));
        translation.add(raw("delete", 1, null, new Document(), List.of()));

        assertThat(told()).containsExactly("\"a>b\"", "\"b>c\"", "\"c>-\"", "\"->-\"");
        assertThat(translation.states().get(NAME)).isEqualTo(LastState.FORGOTTEN);
    }

    @Test
    void changeOfWhatNobodyReadsIsNotTold() {
        translation.add(update(1, new Document(), List.of("other")));
        assertThat(told()).isEmpty();
        assertThat(translation.skipped()).isZero();
    }

    @Test
    void unknownDocumentIsReadAsItIsNowUnderItsChange() {
        translation.add(update(2, new Document("t", 5), List.of()));
        assertThat(told()).containsExactly("\"->now\"");
    }

    @Test
    void changeThatCannotBeToldIsSkippedAndWhatFollowsIsTold() {
        String document = "(insert of things " + DocumentIds.word(3L) + ')';
        try (Logged logged = Logged.of(Translation.class)) {
            translation.add(insert("bad"));
            translation.add(insert("bug"));
            translation.add(insert("x".repeat(300_000)));
            translation.add(insert("good"));

            assertThat(logged.lines()).containsExactly("WARNING A change is not told " + document + ": it is bad",
                    "SEVERE A change is not told " + document + " for a reason of our own: java.lang.IllegalStateException: nobody foresaw this",
                    "WARNING A change is not told " + document + ": what is to be told of it is larger than 262144 bytes");
        }
        assertThat(told()).containsExactly("\"->good\"");
        assertThat(translation.skipped()).isEqualTo(3);
    }

    @Test
    void onceTextDependsOnTheChangeAloneAndNotOnItsBatch() {
        translation.add(insert("a"));
        translation.add(update(1, new Document("s", "b"), List.of()));
        Translation later = new Translation(Map.of("things", THINGS), Map.of(NAME, "{\"s\": \"a\"}"), (collection, id) -> Optional.empty());
        later.add(update(1, new Document("s", "b"), List.of()));

        assertThat(later.publications().get(0)).isEqualTo(translation.publications().get(1));
    }

    @Test
    void damagedStateCountsAsUnknown() {
        Translation damaged = new Translation(Map.of("things", THINGS), Map.of(NAME, "{\"s\": "), (collection, id) -> Optional.of(new Document("s", "now")));
        damaged.add(update(1, new Document("s", "b"), List.of()));
        assertThat(damaged.publications().get(0).json()).isEqualTo("\"->b\"");
    }

    @Test
    void databaseThatCannotBeAskedStopsTheBatch() {
        Translation away = new Translation(Map.of("things", THINGS), Map.of(), (collection, id) -> {
            throw new IllegalStateException("away");
        });
        assertThatThrownBy(() -> away.add(update(1, new Document("s", "b"), List.of()))).hasMessage("away");
    }

    @Test
    void tooLargeChangeIsSteppedOverAndItsStateForgotten() {
        translation.addWithoutFields(raw("update", 1, null, new Document(), List.of()));
        assertThat(told()).isEmpty();
        assertThat(translation.skipped()).isEqualTo(1);
        assertThat(translation.states().get(NAME)).isEqualTo(LastState.FORGOTTEN);
    }

    @Test
    void roomThatAllHaveLeftMeanwhileIsToldToThemAndLaterToNobody() {
        assertThat(left(Optional.of(new Document("participants", List.of())), "update")).isEqualTo(Duration.ofDays(1));
        assertThat(left(Optional.empty(), "update")).isEqualTo(Duration.ofDays(1));
        assertThat(left(Optional.empty(), "delete")).isEqualTo(LastState.FORGOTTEN.lasting());
    }

    /** @return how long the room is remembered after an update and another change, if it is so now */
    private static Duration left(Optional<Document> now, String next) {
        Watched rooms = new RoomChanges() {
        };
        Map<String, Watched> watched = Map.of(rooms.collection(), rooms);
        String name = Translation.nameOf(rooms.collection(), 1L);
        Translation first = new Translation(watched, Map.of(name, "{\"participants\": [1, 2]}"), (collection, id) -> now);
        first.add(ofRoom(rooms, "update"));
        assertThat(first.publications()).singleElement().satisfies(each -> assertThat(each.json()).contains("1", "2"));

        Translation second = new Translation(watched, Map.of(name, first.states().get(name).text()), (collection, id) -> now);
        second.add(ofRoom(rooms, next));
        assertThat(second.publications()).isEmpty();
        return second.states().get(name).lasting();
    }

    private static RawChange ofRoom(Watched rooms, String operation) {
        return new RawChange(operation, rooms.collection(), 1L, Instant.EPOCH, null, new Document("participants", List.of(2)), List.of(), "x");
    }

    private List<String> told() {
        return translation.publications().stream().map(Publication::json).toList();
    }

    private static RawChange insert(String value) {
        return raw("insert", 3, new Document("_id", 3L).append("s", value), new Document(), List.of());
    }

    private static RawChange update(long id, Document set, List<String> removed) {
        return raw("update", id, null, set, removed);
    }

    private static RawChange raw(String operation, long id, Document full, Document set, List<String> removed) {
        return new RawChange(operation, "things", id, Instant.EPOCH, full, set, removed, "x" + operation + id + set.toJson());
    }
}
