package io.pado.realtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.OpenPolicy;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPolicies;
import io.pado.realtime.policy.TopicPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which of the rows that wait are published. */
class SortedTest {

    private static final TopicPolicies LATEST = new TopicPolicies() {
        @Override
        public Optional<TopicPolicy> find(Topic topic) {
            return Optional.of(new OpenPolicy(SlowReaders.LATEST));
        }
    };

    @Test
    void ofOneKeyOnlyTheNewestIsPublished() {
        DrainPass.Sorted sorted = DrainPass.Sorted.of(List.of(row("1", ""), row("2", ""), row("3", "")), LATEST, true);

        assertThat(sorted.due()).extracting(row -> row.publication().json()).containsExactly("3");
        assertThat(sorted.superseded()).extracting(row -> row.publication().json()).containsExactlyInAnyOrder("1", "2");
        assertThat(sorted.paced()).isTrue();
    }

    /** The log may know it already and would drop it then, and one that it does not get to know it would take later. */
    @Test
    void rowThatItsSenderMayRepeatTakesNobodysPlaceAndKeepsItsOwn() {
        DrainPass.Sorted sorted = DrainPass.Sorted.of(List.of(row("1", "k1"), row("2", ""), row("3", "k3")), LATEST, true);

        assertThat(sorted.due()).extracting(row -> row.publication().json()).containsExactly("1", "2", "3");
        assertThat(sorted.superseded()).isEmpty();
    }

    @Test
    void beforeItsTimeNothingIsPublished() {
        DrainPass.Sorted sorted = DrainPass.Sorted.of(List.of(row("1", "k1"), row("2", "")), LATEST, false);

        assertThat(sorted.due()).isEmpty();
        assertThat(sorted.early()).isTrue();
        assertThat(sorted.paced()).isFalse();
    }

    private static OutboxRow row(String json, String idempotencyKey) {
        return new OutboxRow(new Publication(new Topic("t"), "said", "key", json, idempotencyKey));
    }
}
