package io.pado.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.identity.Caller;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Envelope;
import io.pado.realtime.EventId;
import io.pado.realtime.Notice;
import io.pado.realtime.Start;
import io.pado.realtime.Wire;
import io.pado.realtime.log.FeedLost;
import io.pado.realtime.log.LogUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinTest extends HubRig {

    @Test
    void replaysMissedEventsBeforeLiveOnes() {
        log.publish(A);
        log.publish(B);
        log.publish(A);
        join("aaaa-1", A, B);
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[b 2][a 3][b 4]");
    }

    @Test
    void whatIsPublishedDuringTheReplayFollowsItOnce() {
        log.publish(A);
        log.publish(A);
        Join join = hub.join(subscriber(), Set.of(A), Start.after("aaaa-1"));
        log.publish(A);
        join.begin();
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 2][a 3][a 4]");
    }

    @Test
    void largeEventsAreReplayedAFewAtATime() {
        for (int i = 0; i < 10; i++) {
            log.publish(A);
        }
        byte[] large = new byte[40 * 1024];
        Wire wire = new Wire() {

            @Override
            public byte[] event(Envelope envelope) {
                return large;
            }

            @Override
            public byte[] notice(Notice notice) {
                return new byte[0];
            }

            @Override
            public byte[] heartbeat(Optional<EventId> last) {
                return new byte[0];
            }
        };
        Subscriber subscriber = new Subscriber("s", Caller.ANONYMOUS, wire, Runnable::run, LIMITS);
        hub.enter(subscriber);

        assertThat(hub.join(subscriber, Set.of(A), Start.after("aaaa-0")).next()).hasSize(2);
    }

    @Test
    void eventsAtWhichAWireFailsAreToldAsMissedOnceAndTheOthersFollow() {
        for (int i = 0; i < 5; i++) {
            log.publish(A);
        }
        hub.join(subscriber(new TextWire(2L, 3L), peer), Set.of(A), Start.after("aaaa-0")).begin();
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 1][reset fault][a 4][a 5][a 6]");
        assertThat(peer.closes).isEmpty();
    }

    @Test
    void wireThatFailsAtTheLastEventOfAStreamEndsItOnTheWayBackToo() {
        log.publish(A);
        log.publish(A);
        hub.join(subscriber(TextWire.failsAtTheLast(2), peer), Set.of(A), Start.after("aaaa-0")).begin();

        assertThat(peer.received()).doesNotContain("2", "reset");
        assertThat(peer.closes).containsExactly(CloseReason.FAULT);
    }

    @Test
    void longReplayComesPageByPageInOrder() {
        for (int i = 0; i < 3 * Join.PAGE + 7; i++) {
            log.publish(i % 2 == 0 ? A : B);
        }
        join("aaaa-5", A, B);

        List<String> expected = new ArrayList<>();
        for (int sequence = 6; sequence <= 3 * Join.PAGE + 7; sequence++) {
            expected.add((sequence % 2 == 1 ? "[a " : "[b ") + sequence + ']');
        }
        assertThat(peer.received()).isEqualTo(String.join("", expected));
    }

    /** A reader that does not read may have a hundred joins that wait. */
    @Test
    void joinThatWaitsForOthersKeepsNoLargePageAndMissesNothing() {
        for (int i = 0; i < 3 * Join.PAGE; i++) {
            log.publish(A, "\"" + "x".repeat(1_000) + '"');
            log.publish(B);
        }
        log.forgetFirst(A);
        Subscriber subscriber = closedSubscriber();
        hub.join(subscriber, Set.of(B), Start.after("aaaa-" + (6 * Join.PAGE - 2))).begin();
        Join waiting = hub.join(subscriber, Set.of(A), Start.after("aaaa-0"));
        AtomicInteger reads = new AtomicInteger();
        log.beforeRead = reads::incrementAndGet;
        waiting.begin();
        log.publish(A);
        subscriber.open(peer);

        assertThat(reads).as("what was forgotten is read again").hasValue(1);
        String missed = IntStream.range(1, 3 * Join.PAGE).mapToObj(i -> "[a " + (2 * i + 1) + ']').collect(Collectors.joining());
        assertThat(peer.received()).isEqualTo("[b " + 6 * Join.PAGE + "][reset history]" + missed + "[a " + (6 * Join.PAGE + 1) + ']');
    }

    @Test
    void firstFrameOfAResumedStreamCarriesTheReadersOwnId() {
        log.publish(A);
        log.publish(A);

        assertThat(hub.join(subscriber(), Set.of(A), Start.after("aaaa-1")).start()).isEqualTo(new EventId("aaaa", 1));
        assertThat(hub.join(subscriber(), Set.of(A), Start.NOW).start()).isEqualTo(new EventId("aaaa", 2));
    }

    @Test
    void idsThatThisLogNeverGaveAreAnsweredByAReset() {
        log.publish(A);
        for (String strange : new String[] {"garbage", "zzzz-1", "aaaa-99"}) {
            join(strange, A);
        }

        assertThat(peer.received()).isEqualTo("[reset unknown-id][reset unknown-id][reset unknown-id]");
    }

    @Test
    void historyThatNoLongerReachesBackIsSaidInBand() {
        log.publish(A);
        log.publish(A);
        log.publish(A);
        log.forgetFirst(A);
        log.forgetFirst(A);
        join("aaaa-1", A);

        assertThat(peer.received()).isEqualTo("[reset history][a 3]");
    }

    @Test
    void failedJoinLeavesNothingBehind() {
        log.away = true;

        Subscriber subscriber = subscriber();
        assertThatThrownBy(() -> hub.join(subscriber, Set.of(A), Start.NOW)).isInstanceOf(LogUnavailable.class);
        assertThat(subscriber.subscriptions()).isEmpty();
        assertThat(log.followed).isEmpty();
    }

    @Test
    void joinSaysHowItWent() {
        log.publish(A);
        log.publish(A);

        Join fresh = hub.join(subscriber(), Set.of(A), Start.NOW);
        Join resumed = hub.join(subscriber(), Set.of(A), Start.after("aaaa-1"));
        log.forgetFirst(A);
        log.forgetFirst(A);
        Join late = hub.join(subscriber(), Set.of(A, B), Start.after("aaaa-1"));
        Join strange = hub.join(subscriber(), Set.of(A), Start.after("zzzz-1"));

        assertThat(List.of(fresh, resumed, late, strange)).extracting(Join::recovered).containsExactly(false, true, false, false);
        assertThat(List.of(fresh, resumed, late, strange)).extracting(Join::gaps)
                .containsExactly(Set.of(), Set.of(), Set.of(A), Set.of());
    }

    @Test
    void topicsComeAndGoOnOneConnection() {
        log.publish(B);
        Subscriber subscriber = subscriber();
        hub.join(subscriber, Set.of(A), Start.NOW).begin();
        log.publish(A);
        Join second = hub.join(subscriber, Set.of(B), Start.after("aaaa-0"));
        log.publish(A);
        log.publish(B);
        second.begin();
        log.publish(B);
        hub.leave(second.subscription());
        log.publish(B);
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 2][a 3][b 1][b 4][b 5][a 7]");
        assertThat(subscriber.topics()).containsExactly(A);
    }

    @Test
    void topicThatWasLeftReplaysNothingMore() {
        log.publish(A);
        Subscriber subscriber = closedSubscriber();
        Join join = hub.join(subscriber, Set.of(A), Start.after("aaaa-0"));
        join.begin();
        log.publish(A);
        hub.leave(join.subscription());
        subscriber.open(peer);

        assertThat(peer.received()).isEmpty();
    }

    @Test
    void someTopicsOfASubscriptionAreLeftAndTheOthersGoOn() {
        Subscriber subscriber = subscriber();
        Join join = hub.join(subscriber, Set.of(A, B), Start.NOW);
        join.begin();
        log.publish(A);
        hub.leave(join.subscription(), Set.of(A));
        log.publish(A);
        log.publish(B);
        assertThat(subscriber.topics()).containsExactly(B);
        assertThat(log.followed).containsExactly(B);
        hub.leave(join.subscription(), Set.of(A, B));
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[a 1][b 3]");
        assertThat(subscriber.subscriptions()).isEmpty();
        assertThat(log.followed).isEmpty();
    }

    @Test
    void topicThatWasLeftDuringAReplayIsReplayedNoFurtherAndTheOthersGoLive() {
        log.publish(A);
        log.publish(A);
        Subscriber subscriber = closedSubscriber();
        Join join = hub.join(subscriber, Set.of(A, B), Start.after("aaaa-0"));
        join.begin();
        hub.leave(join.subscription(), Set.of(A));
        subscriber.open(peer);
        log.publish(B);

        assertThat(peer.received()).isEqualTo("[b 3]");
    }

    @Test
    void nothingIsWrittenBeforeTheConnectionIsOpen() {
        Subscriber subscriber = closedSubscriber();
        hub.join(subscriber, Set.of(A), Start.NOW).begin();
        log.publish(A);
        subscriber.heartbeat(Optional.empty());
        assertThat(peer.received()).isEmpty();

        subscriber.open(peer);
        assertThat(peer.received()).as("no heartbeat comes before the greeting").isEqualTo("[a 1]");
    }

    @Test
    void whoJoinsWhileNodesCannotHearEachOtherIsTold() {
        hub.feedLost(new FeedLost());
        join("", A);

        assertThat(peer.received()).isEqualTo("[degraded feed-lost]");
    }

    @Test
    void logThatBeginsAnewDuringAJoinIsJoinedAtItsBeginning() {
        log.publish(A);
        log.publish(A);
        log.publish(A);
        join("", A);
        Join join = hub.join(subscriber(), Set.of(A), Start.after("aaaa-1"));
        log.lose();
        log.publish(A);
        join.begin();

        assertThat(peer.received()).isEqualTo("[reset epoch][reset epoch][a 1][a 1]");
    }

    @Test
    void subscriberThatLeftJoinsNothingMore() {
        Subscriber subscriber = subscriber();
        hub.leave(subscriber);

        assertThatThrownBy(() -> hub.join(subscriber, Set.of(A), Start.NOW)).isInstanceOf(LogUnavailable.class);
        assertThat(log.followed).isEmpty();
    }
}
