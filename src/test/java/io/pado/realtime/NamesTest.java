package io.pado.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"votes", "poll:7", "user:42:bookings", "cafe:orders", "a-b_c:X.y-z_1"})
    void topicsAreWordsJoinedByColons(String name) {
        assertThat(new Topic(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Votes", "poll:", ":poll", "poll::7", "a b", "a\n", "a*", "파도", "1a"})
    void everythingElseIsNoTopic(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic(name));
    }

    @Test
    void topicsHaveABoundedLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Topic("a".repeat(201)));
    }

    @Test
    void eventIdIsReadBackAsItWasWritten() {
        EventId id = new EventId("k3f9a2xx", 1_042);

        assertThat(EventId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1042", "aaaa-", "-1", "aaaa--1", "AAAA-1", "aaaa-1 ", "aaaa-1\n", "aaaa-9999999999999999999", "aaaa-٣"})
    void everythingElseIsNoEventId(String text) {
        assertThat(EventId.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\nb", "9a"})
    void typesFitIntoAFramesHead(String type) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Publication(new Topic("a"), type, "", "{}", ""));
    }

    @Test
    void keysHaveNoLineBreaks() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Publication(new Topic("a"), "t", "a\nb", "{}", ""));
    }
}
