package io.pado.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.realtime.Envelope;
import io.pado.realtime.Start;
import io.pado.realtime.Tap;
import io.pado.realtime.log.LogUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TapTest extends HubRig {

    /** What the tap heard, each with what the reader had by then. */
    private final List<String> heard = new ArrayList<>();
    private final Tap tap = new Tap() {

        @Override
        public void heard(Envelope event) {
            heard.add(event.id().sequence() + peer.received());
        }

        @Override
        public void missed() {
            heard.add("missed" + peer.received());
        }

        @Override
        public void overtaken() {
            heard.add("overtaken");
        }
    };

    @Test
    void eventsAreHeardBeforeReadersHaveThem() {
        tap();
        join("", A);
        log.publish(A);
        log.publish(A);
        assertThat(heard).containsExactly("1", "2[a 1]");
    }

    @Test
    void holeIsToldBeforeReadersHearOfIt() {
        tap();
        join("", A);
        log.feedCut = true;
        log.publish(A);
        log.forgetFirst(A);
        log.feedCut = false;
        log.publish(A);
        assertThat(heard).containsExactly("missed", "2" + peer.received().replace("[a 2]", ""));
        assertThat(peer.received()).contains("reset");
    }

    @Test
    void newEpochIsToldBeforeReadersHearOfIt() {
        tap();
        join("", A);
        log.publish(A);
        log.lose();
        log.publish(A);
        assertThat(heard).contains("missed[a 1]");
        assertThat(peer.received()).contains("reset");
    }

    @Test
    void readersThatBeginWhereTheNodeIsNotYetAreTold() {
        tap();
        log.publish(A);
        join("", A);
        assertThat(heard).containsExactly("1");

        log.feedCut = true;
        log.publish(A);
        join("", A);
        assertThat(heard).containsExactly("1", "overtaken");
        join("aaaa-1", A);
        assertThat(heard.subList(1, heard.size())).isNotEmpty().containsOnly("overtaken").hasSizeGreaterThan(1);
    }

    @Test
    void topicThatCouldNotBeFollowedForATapIsFollowedForTheNextReader() {
        log.away = true;
        assertThat(hub.tap(A, tap).toCompletableFuture()).isCompletedExceptionally();
        assertThatThrownBy(() -> hub.join(subscriber(), Set.of(A), Start.NOW)).isInstanceOf(LogUnavailable.class);
        log.away = false;
        join("", A);
        log.publish(A);
        assertThat(heard).contains("1");
        assertThat(peer.received()).isEqualTo("[a 1]");
    }

    /** The node knows where the log is. */
    private void tap() {
        assertThat(hub.tap(A, tap).toCompletableFuture()).isCompleted();
        hub.compare();
    }
}
