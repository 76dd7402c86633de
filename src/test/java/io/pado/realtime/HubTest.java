package io.pado.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.identity.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubTest {

    private static final Topic A = new Topic("a");
    private static final Topic B = new Topic("b");

    private final MemoryLog log = new MemoryLog();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Hub hub = new Hub(log, log, new TopicPolicies(List.of(new OpenPolicy())), Runnable::run, timer);
    private final RecordingConnection peer = new RecordingConnection();

    @BeforeEach
    void listen() {
        log.listener = hub::announced;
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

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
        Join join = hub.join(subscriber(), Set.of(A), "aaaa-1");
        log.publish(A);
        join.begin();
        log.publish(A);

        assertThat(peer.received()).isEqualTo("[a 2][a 3][a 4]");
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

    @Test
    void firstFrameOfAResumedStreamCarriesTheReadersOwnId() {
        log.publish(A);
        log.publish(A);

        assertThat(hub.join(subscriber(), Set.of(A), "aaaa-1").start()).isEqualTo(new EventId("aaaa", 1));
        assertThat(hub.join(subscriber(), Set.of(A), "").start()).isEqualTo(new EventId("aaaa", 2));
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
    void topicIsFollowedWhileItHasSubscribers() {
        Subscriber one = subscriber();
        Subscriber two = subscriber();
        hub.join(one, Set.of(A), "").begin();
        hub.join(two, Set.of(A), "").begin();

        hub.leave(one);
        assertThat(log.followed).containsExactly(A);
        hub.leave(two);
        hub.leave(two);
        assertThat(log.followed).isEmpty();
        assertThat(hub.subscribers()).isEmpty();
    }

    @Test
    void failedJoinLeavesNothingBehind() {
        log.away = true;

        Subscriber subscriber = subscriber();
        assertThatThrownBy(() -> hub.join(subscriber, Set.of(A), "")).isInstanceOf(LogUnavailable.class);
        assertThat(subscriber.subscriptions()).isEmpty();
        assertThat(log.followed).isEmpty();
    }

    @Test
    void joinSaysHowItWent() {
        log.publish(A);
        log.publish(A);

        Join fresh = hub.join(subscriber(), Set.of(A), "");
        Join resumed = hub.join(subscriber(), Set.of(A), "aaaa-1");
        log.forgetFirst(A);
        log.forgetFirst(A);
        Join late = hub.join(subscriber(), Set.of(A, B), "aaaa-1");
        Join strange = hub.join(subscriber(), Set.of(A), "zzzz-1");

        assertThat(List.of(fresh, resumed, late, strange)).extracting(Join::recovered).containsExactly(false, true, false, false);
        assertThat(List.of(fresh, resumed, late, strange)).extracting(Join::gaps)
                .containsExactly(Set.of(), Set.of(), Set.of(A), Set.of());
    }

    @Test
    void topicsComeAndGoOnOneConnection() {
        log.publish(B);
        Subscriber subscriber = subscriber();
        hub.join(subscriber, Set.of(A), "").begin();
        log.publish(A);
        Join second = hub.join(subscriber, Set.of(B), "aaaa-0");
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
    void nothingIsWrittenBeforeTheConnectionIsOpen() {
        Subscriber subscriber = closedSubscriber();
        hub.join(subscriber, Set.of(A), "").begin();
        log.publish(A);
        subscriber.heartbeat();
        assertThat(peer.received()).isEmpty();

        subscriber.open();
        assertThat(peer.received()).isEqualTo("[heartbeat][a 1]");
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
        Join join = hub.join(subscriber(), Set.of(A), "aaaa-1");
        log.lose();
        log.publish(A);
        join.begin();

        assertThat(peer.received()).isEqualTo("[reset epoch][reset epoch][a 1][a 1]");
    }

    @Test
    void subscriberThatLeftJoinsNothingMore() {
        Subscriber subscriber = subscriber();
        hub.leave(subscriber);

        assertThatThrownBy(() -> hub.join(subscriber, Set.of(A), "")).isInstanceOf(LogUnavailable.class);
        assertThat(log.followed).isEmpty();
    }

    private void join(String lastEventId, Topic... topics) {
        hub.join(subscriber(), Set.of(topics), lastEventId).begin();
    }

    private Subscriber subscriber() {
        Subscriber subscriber = closedSubscriber();
        subscriber.open();
        return subscriber;
    }

    private Subscriber closedSubscriber() {
        Subscriber subscriber =
                new Subscriber("s", Caller.ANONYMOUS, new TextWire(), peer, Runnable::run, new OutboxLimits(1_000, 1 << 20, 1 << 30, new LongAdder()));
        hub.enter(subscriber);
        return subscriber;
    }

    private static final class OpenPolicy implements TopicPolicy {

        @Override
        public boolean covers(Topic topic) {
            return true;
        }

        @Override
        public boolean mayRead(Caller caller, Topic topic) {
            return true;
        }

        @Override
        public Continuity continuity(Topic topic) {
            return Continuity.REPLAY;
        }
    }
}
