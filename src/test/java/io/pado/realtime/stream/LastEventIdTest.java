package io.pado.realtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LastEventIdTest {

    private static final List<String> NONE = List.of();

    @Test
    void whatAClientAddsCountsMoreThanWhatAPageWrote() {
        assertThat(LastEventId.chosen(List.of("h"), List.of("f"), List.of("p"))).hasValue("h");
        assertThat(LastEventId.chosen(NONE, List.of("f"), List.of("p"))).hasValue("f");
        assertThat(LastEventId.chosen(NONE, NONE, List.of("p"))).hasValue("p");
        assertThat(LastEventId.chosen(NONE, NONE, NONE)).isEmpty();
    }

    @Test
    void lastOfSeveralCountsAndEmptyOnesOnlyAlone() {
        assertThat(LastEventId.chosen(NONE, NONE, List.of("old", " new "))).hasValue("new");
        assertThat(LastEventId.chosen(List.of(" "), List.of(""), List.of("p", ""))).hasValue("p");
        assertThat(LastEventId.chosen(NONE, NONE, List.of(""))).hasValue("");
    }
}
