package io.pado.realtime.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.identity.Caller;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.audience.UserTopics;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {

    @ParameterizedTest
    @CsvSource({"votes,votes,true", "votes,votes:1,false", "user:#,user:42,true", "user:#,user:me,false", "user:#,user:42:x,false", "room:*,room:x,true",
            "room:*,room,false", "app:**,app,true", "app:**,app:a:b,true", "app:**,apps,false", "**,a:b,true", "run:*:end,run:7:end,true"})
    void matchesTheTopicsThatItNames(String pattern, String topic, boolean matches) {
        assertThat(new TopicPattern(pattern).matches(new Topic(topic))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({"votes,votes,true", "votes,polls,false", "user:#,user:*,true", "user:#,user:me,false", "user:*,user:**,true", "user,user:**,true",
            "a:*:c,a:b:*,true", "a:*:c,a:b:d,false", "**,votes,true", "user:#,user:*:x,false"})
    void overlapsWhatHasATopicInCommon(String one, String other, boolean overlaps) {
        assertThat(new TopicPattern(one).overlaps(new TopicPattern(other))).isEqualTo(overlaps);
        assertThat(new TopicPattern(other).overlaps(new TopicPattern(one))).isEqualTo(overlaps);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:", ":a", "a:**:b", "a b", "a*"})
    void isNotAnyText(String text) {
        assertThatThrownBy(() -> new TopicPattern(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(text);
    }

    @Test
    void policiesThatSpeakForTheSameTopicAreRefusedByASentence() {
        assertThatThrownBy(() -> new TopicPolicies(List.of(new UserTopics(), new OpenPolicy(SlowReaders.LIVE))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("user:# of UserTopics").hasMessageContaining("** of OpenPolicy").hasMessageContaining("pado.topics");
    }

    @Test
    void rightsAreAskedForASetOfTopics() {
        TopicPolicies policies = new TopicPolicies(List.of(new UserTopics(), new Audiences(null)));

        assertThat(policies.readable(Caller.ANONYMOUS, Set.of(UserTopics.of(42), Audiences.TOPIC))).isEmpty();
    }
}
