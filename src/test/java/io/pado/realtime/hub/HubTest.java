package io.pado.realtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Awaitility.await;

import io.pado.identity.Caller;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.log.Announcement;
import io.pado.realtime.log.FeedLost;
import io.pado.realtime.log.FeedRestored;
import io.pado.realtime.stream.TopicShares;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HubTest extends HubRig {

    @Test
    void eventsOfABusyTopicShareWritesAndAllArriveInOrder() {
        join("", A);
        int writesBefore = peer.writes.size();
        StringBuilder expected = new StringBuilder();
        for (int sequence = 1; sequence <= 100; sequence++) {
            log.publish(A);
            expected.append("[a ").append(sequence).append(']');
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> peer.received().equals(expected.toString()));
        assertThat(peer.writes.size() - writesBefore).isLessThan(100);
    }

    @Test
    void eventsOfOtherTopicsDoNotOvertakeThoseOfABusyOne() {
        join("", A, B);
        StringBuilder expected = new StringBuilder();
        for (int sequence = 1; sequence <= 300; sequence++) {
            boolean busy = sequence % 10 != 0;
            log.publish(busy ? A : B);
            expected.append(busy ? "[a " : "[b ").append(sequence).append(']');
        }

        await().atMost(Duration.ofSeconds(10)).until(() -> peer.received().length() >= expected.length());
        assertThat(peer.received()).isEqualTo(expected.toString());
    }

    @Test
    void wireThatFailsAtAnEventCostsItsReadersThisEventAndTellsThem() {
        join("", A);
        RecordingConnection other = new RecordingConnection();
        Subscriber faulty = subscriber(new TextWire(2L), other);
        hub.join(faulty, Set.of(A), Start.NOW).begin();
        log.publish(A);
        log.publish(A);
        hub.beat(faulty);
        log.publish(A);
        hub.beat(faulty);

        assertThat(peer.received()).isEqualTo("[a 1][a 2][a 3]");
        assertThat(other.received()).isEqualTo("[a 1][reset fault][heartbeat 1][a 3][heartbeat 3]");
        assertThat(other.closes).isEmpty();
    }

    @Test
    void wireThatFailsAtTheLastEventOfItsStreamsEndsThem() {
        join("", A);
        RecordingConnection other = new RecordingConnection();
        hub.join(subscriber(TextWire.failsAtTheLast(2), other), Set.of(A), Start.NOW).begin();
        log.publish(A);
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 1][a 2]");
        assertThat(other.received()).isEqualTo("[a 1]");
        assertThat(other.closes).containsExactly(CloseReason.FAULT);
    }

    @Test
    void holeIsHealedForAllTopicsInTheirCommonOrder() {
        join("", A, B);
        log.publish(A);
        log.feedCut = true;
        log.publish(B);
        log.publish(A);
        log.publish(B);
        log.feedCut = false;
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 1][b 2][a 3][b 4][a 5]");
    }

    @Test
    void subscriberGetsWhatIsPublishedAfterItsJoin() {
        log.publish(A);
        join("", A);
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 2]");
    }

    @Test
    void holeInTheAnnouncementsIsHealedFromTheLog() {
        join("", A);
        log.publish(A);
        log.feedCut = true;
        log.publish(A);
        log.publish(A);
        log.feedCut = false;
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 1][a 2][a 3][a 4]");
    }

    @Test
    void lastAnnouncementThatWasLostIsMissedByComparingWithTheLog() {
        join("", A);
        log.publish(A);
        log.feedCut = true;
        log.publish(A);
        log.publish(B);
        log.feedCut = false;
        assertThat(peer.received()).isEqualTo("[a 1]");

        hub.compare();
        hub.compare();

        assertThat(peer.received()).isEqualTo("[a 1][a 2]");
    }

    @Test
    void heartbeatCarriesTheLastEventThatCameLive() {
        log.publish(A);
        Subscriber subscriber = subscriber();
        hub.join(subscriber, Set.of(A, B), Start.after("aaaa-0")).begin();
        hub.beat(subscriber);
        log.publish(B);
        log.publish(A);
        hub.beat(subscriber);
        log.publish(B);
        hub.beat(subscriber);

        assertThat(peer.received()).isEqualTo("[a 1][heartbeat][b 2][a 3][heartbeat 3][b 4][heartbeat 4]");
    }

    @Test
    void heartbeatPromisesNothingOfWhatIsNotHandedOutYetNorWhileTheReaderJoins() {
        Subscriber subscriber = subscriber();
        hub.join(subscriber, Set.of(A), Start.NOW).begin();
        log.publish(A);
        Join second = hub.join(subscriber, Set.of(B), Start.NOW);
        hub.beat(subscriber);
        second.begin();
        hub.beat(subscriber);
        log.goBack(0);
        hub.compare();
        hub.beat(subscriber);

        assertThat(peer.received()).startsWith("[a 1][heartbeat][heartbeat 1][reset ").endsWith("][heartbeat]");
    }

    @Test
    void logWhoseNumbersWentBackGetsANewName() {
        join("", A);
        log.publish(A);
        log.publish(A);
        log.goBack(1);

        hub.compare();
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 1][a 2][reset epoch][a 2]");
        assertThat(log.epoch).isEqualTo("cccc");
    }

    @Test
    void feedThatWasLostIsMadeUpForInTheOrderOfAllTopics() {
        join("", A, B);
        hub.feedLost(new FeedLost());
        log.feedCut = true;
        log.publish(B);
        log.publish(A);
        log.publish(B);
        log.feedCut = false;
        hub.feedRestored(new FeedRestored());
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[degraded feed-lost][b 1][a 2][b 3][recovered feed-restored][a 4]");
    }

    @Test
    void emptiedLogIsSaidInBandAndLiveEventsGoOn() {
        join("", A);
        log.publish(A);
        log.lose();
        log.publish(A);
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 1][reset epoch][a 1][a 2]");
    }

    @Test
    void announcementThatComesTwiceIsHandedOutOnce() {
        List<Announcement> all = new ArrayList<>();
        log.listener = all::add;
        join("", A);
        log.publish(A);
        hub.announced(all.get(0));
        hub.announced(all.get(0));

        assertThat(peer.received()).isEqualTo("[a 1]");
    }

    @Test
    void setOfAThousandTopicsIsReplayedAndThenHeardInOneOrder() {
        List<Topic> topics = IntStream.range(0, 1_000).mapToObj(i -> new Topic("set:" + i)).toList();
        log.publish(A);
        topics.forEach(log::publish);
        join("aaaa-1", topics.toArray(Topic[]::new));
        for (int i = topics.size() - 1; i >= 0; i -= 10) {
            log.publish(topics.get(i));
        }

        String replayed = IntStream.range(0, 1_000).mapToObj(i -> "[set:" + i + ' ' + (i + 2) + ']').collect(Collectors.joining());
        String live = IntStream.range(0, 100).mapToObj(i -> "[set:" + (999 - 10 * i) + ' ' + (1_002 + i) + ']').collect(Collectors.joining());
        assertThat(peer.received()).isEqualTo(replayed + live);
    }

    /** Events come as ever while the log is asked, however long that takes. */
    @Test
    void comparingWithTheLogHoldsUpNoEvent() {
        join("", A, B);
        log.feedCut = true;
        log.publish(A);
        log.feedCut = false;
        log.beforeTops = () -> {
            log.beforeTops = () -> { };
            Thread feed = new Thread(() -> log.publish(B));
            feed.start();
            await().until(() -> !feed.isAlive());
            assertThat(peer.received()).isEqualTo("[b 2]");
        };
        hub.compare();

        assertThat(peer.received()).isEqualTo("[b 2][a 1]");
        assertThat(log.epoch).isEqualTo("aaaa");
    }

    @Test
    void topicsOfReadersWithoutALoginAreBoundedAndCountForTheFirstAddress() {
        TopicShares shares = new TopicShares(5, 3);
        Subscriber one = subscriber();
        one.countsIn(shares.of("1"));
        Subscriber other = subscriber();
        other.countsIn(shares.of("2"));
        Topic c = new Topic("c");
        hub.join(one, Set.of(A, B, c), Start.NOW).begin();
        hub.join(other, Set.of(A, B, c), Start.NOW).begin();
        refusedWith429(() -> hub.join(one, Set.of(new Topic("d")), Start.NOW));
        hub.join(one, Set.of(A), Start.NOW).begin();
        hub.join(other, Set.of(new Topic("d"), new Topic("e")), Start.NOW).begin();
        refusedWith429(() -> hub.join(other, Set.of(new Topic("f")), Start.NOW));
        assertThat(hub.topics()).hasSize(5);
        Subscriber user = subscriber();
        hub.join(user, Set.of(new Topic("f"), new Topic("g")), Start.NOW).begin();

        hub.leave(one);
        refusedWith429(() -> hub.join(other, Set.of(new Topic("h")), Start.NOW));
        hub.leave(other);
        Subscriber again = subscriber();
        again.countsIn(shares.of("1"));
        hub.join(again, Set.of(A, B, c), Start.NOW).begin();
        assertThat(hub.topics()).hasSize(5);
    }

    private static void refusedWith429(ThrowingCallable join) {
        assertThatThrownBy(join).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(refused.problem().status()).isEqualTo(429));
    }

    @Test
    void topicIsFollowedWhileItHasSubscribers() {
        Subscriber one = subscriber();
        Subscriber two = subscriber();
        hub.join(one, Set.of(A), Start.NOW).begin();
        hub.join(two, Set.of(A), Start.NOW).begin();

        hub.leave(one);
        assertThat(log.followed).containsExactly(A);
        hub.leave(two);
        hub.leave(two);
        assertThat(log.followed).isEmpty();
        assertThat(hub.subscribers()).isEmpty();
    }
}
