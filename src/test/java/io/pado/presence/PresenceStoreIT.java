package io.pado.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.presence.PresenceStore.Answer;
import io.pado.presence.PresenceStore.Known;
import io.pado.presence.PresenceStore.Moment;
import io.pado.presence.PresenceStore.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of {@code presence.lua} in real Redis. */
class PresenceStoreIT extends PresenceRig {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @BeforeEach
    void graces() {
        config.grace = 1;
        config.moving = 15;
    }

    @Test
    void hidingLooksExactlyLikeClosingTheLastStream() {
        come("n", ANN, "a");
        come("n", BEN, "b");
        store.active(Map.of(BEN, 0L));
        Instant active = store.states(List.of(BEN)).get(BEN).lastActivity();
        hide(BEN, 1, true);
        awaitNextMillisecond();
        leave("n", ANN, "a", 0);
        assertThat(store.states(List.of(ANN, BEN)).values()).allMatch(StatusView::isOnline);
        store.active(Map.of(BEN, 0L));
        come("n", BEN, "b2");
        leave("n", BEN, "b", 0);

        told();
        List<StatusView> gone = sweptUntil(2);
        assertThat(gone).extracting(StatusView::userId).containsExactlyInAnyOrder(ANN, BEN);
        assertThat(gone).allSatisfy(each -> {
            assertThat(each.isOnline()).isFalse();
            assertThat(each.version() - each.lastSeen().toEpochMilli()).isBetween(1_000L, 5_000L);
        });
        assertThat(store.states(List.of(BEN)).get(BEN).lastActivity()).isEqualTo(active);

        leave("n", BEN, "b2", 0);
        assertThat(store.sweep()).isFalse();
        assertThat(told()).isEmpty();
        come("n", BEN, "b3");
        hide(BEN, 2, false);
        assertThat(told()).singleElement().matches(StatusView::isOnline);
    }

    @Test
    void whoShowsAgainWithinTheGraceHasNotBeenAway() {
        come("n", ANN, "a");
        hide(ANN, 1, true);
        hide(ANN, 2, false);
        assertThat(commands().zcard(KEYS + "due")).isZero();
        assertThat(store.states(List.of(ANN)).get(ANN).isOnline()).isTrue();
    }

    @Test
    void whoHidesAfterTheLastStreamHasClosedLeftWhenItClosed() {
        come("n", ANN, "a");
        told();
        leave("n", ANN, "a", 0);
        String due = commands().zrangeWithScores(KEYS + "due", 0, -1).toString();
        hide(ANN, 1, true);
        come("n", ANN, "b");
        assertThat(commands().zrangeWithScores(KEYS + "due", 0, -1)).hasToString(due);
        assertThat(sweptUntil(1)).singleElement().matches(gone -> !gone.isOnline());
    }

    @Test
    void olderWishDoesNotCountAndANewerOneOfTheDatabaseDoes() {
        come("n", ANN, "a");
        told();
        hide(ANN, 3, true);
        hide(ANN, 2, false);
        assertThat(sweptUntil(1)).singleElement().matches(gone -> !gone.isOnline());
        hide(ANN, 4, false);
        assertThat(told()).singleElement().matches(StatusView::isOnline);
    }

    @Test
    void offlineStateIsForgottenAfterSevenDaysThoughTheUserHides() {
        come("n", ANN, "a");
        told();
        hide(ANN, 1, true);
        sweptUntil(1);
        assertThat(store.states(List.of(ANN))).containsKey(ANN);
        assertThat(commands().ttl(KEYS + "user:" + ANN)).isEqualTo(-1);
        commands().hset(KEYS + "user:" + ANN, "version", Long.toString(System.currentTimeMillis() - Duration.ofDays(7).toMillis() - 1_000));
        assertThat(store.states(List.of(ANN))).isEmpty();
    }

    @Test
    void deathOfTheNodeOfTwoTabsHasNoGrace() {
        config.grace = 8;
        come("n", ANN, "a");
        come("n", ANN, "b");
        told();
        long renewed = die("n");
        lookedLatelyAndCalm();
        store.sweep();
        assertThat(told()).singleElement().satisfies(gone -> {
            assertThat(gone.isOnline()).isFalse();
            assertThat(gone.lastSeen().toEpochMilli()).isEqualTo(renewed);
        });
    }

    @Test
    void whoClosedATabElsewhereAMomentAgoHasTheGraceOfThatThoughTheOtherNodeDies() {
        config.grace = 8;
        come("n", ANN, "a");
        come("m", ANN, "b");
        leave("m", ANN, "b", 0);
        die("n");
        lookedLatelyAndCalm();
        store.sweep();
        assertThat(told()).extracting(StatusView::isOnline).containsExactly(true);
        assertThat(commands().zscore(KEYS + "due", Long.toString(ANN))).isNotNull();
    }

    @Test
    void nodeWhoseLastStepsAreLostIsToldSo() {
        come("n", ANN, "a");
        come("n", BEN, "b");
        commands().hset(KEYS + "steps", "n", Long.toString(step - 1));
        Answer answer = store.attend(new Step("n", false, false, step, ++step), List.of(), List.of());
        assertThat(answer.counts()).isFalse();
        assertThat(answer.isLost()).isTrue();
    }

    @Test
    void stepWhoseAnswerWasLostIsNoLossAndNeitherIsOneThatWasNotDone() {
        come("n", ANN, "a");
        long confirmed = step;
        store.attend(new Step("n", false, false, confirmed, ++step), List.of(), List.of());
        assertThat(store.attend(new Step("n", false, false, confirmed, ++step), List.of(), List.of()).counts()).isTrue();
        assertThat(store.attend(new Step("n", false, false, confirmed, step += 2), List.of(), List.of()).counts()).isTrue();
    }

    @Test
    void whoIsStillHeldByAnEpochThatIsGivenUpHasTheGrace() {
        come("n", ANN, "a");
        come("n", BEN, "b");
        come("n2", ANN, "a");
        told();
        store.retire("n");
        lookedLatelyAndCalm();
        store.sweep();
        assertThat(told()).isEmpty();
        assertThat(sweptUntil(1)).extracting(StatusView::userId).containsExactly(BEN);
    }

    @Test
    void timeGoesOnAfterRedisClockWentBack() {
        long ahead = System.currentTimeMillis() + 60_000;
        commands().hset(KEYS + "clock", "last", Long.toString(ahead));
        come("n", ANN, "a");
        leave("n", ANN, "a", 0);
        long begun = System.nanoTime();
        List<StatusView> all = sweptUntil(2);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
        assertThat(all).extracting(StatusView::isOnline).containsExactly(true, false);
        assertThat(all).allMatch(each -> each.version() >= ahead);
    }

    @Test
    void clockThatWentBackIsCaughtUpWith() {
        commands().hset(KEYS + "clock", "last", Long.toString(System.currentTimeMillis() + 100));
        come("n", ANN, "a");
        await().atMost(DEADLINE).untilAsserted(() -> {
            store.sweep();
            assertThat(Math.abs(Long.parseLong(commands().hget(KEYS + "clock", "last")) - System.currentTimeMillis())).isLessThan(15);
        });
    }

    @Test
    void versionsGrowThoughAnotherRedisWithAnEarlierClockTakesOver() {
        commands().hset(KEYS + "clock", "last", Long.toString(System.currentTimeMillis() + 60_000));
        come("n", ANN, "a");
        long before = told().get(0).version();
        commands().flushAll();
        come("m", ANN, "a");
        assertThat(store.states(List.of(ANN)).get(ANN).version()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void endThatWasHeldUpHasTheWholeGraceFromWhenItIsTold() {
        come("n", ANN, "a");
        told();
        leave("n", ANN, "a", 20_000);
        lookedLatelyAndCalm();
        store.sweep();
        assertThat(told()).isEmpty();
        assertThat(sweptUntil(1)).singleElement().satisfies(gone ->
                assertThat(gone.version() - gone.lastSeen().toEpochMilli()).isBetween(21_000L, 25_000L));
    }

    private void come(String node, long user, String stream) {
        boolean isNew = commands().zscore(KEYS + "nodes", node) == null;
        assertThat(store.attend(new Step(node, isNew, false, 0, ++step), List.of(new Moment(user, stream, 0)), List.of()).counts()).isTrue();
        if (store.unknown().contains(user)) {
            store.settle(List.of(new Known(user, 0, false, "")));
        }
    }

    private void leave(String node, long user, String stream, long since) {
        assertThat(store.attend(new Step(node, false, false, 0, ++step), List.of(), List.of(new Moment(user, stream, since))).counts()).isTrue();
    }

    private void hide(long user, long revision, boolean hides) {
        store.settle(List.of(new Known(user, revision, hides, "")));
    }

    /** What happens in the millisecond in which somebody leaves is not after they left. */
    private static void awaitNextMillisecond() {
        long now = System.currentTimeMillis();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> System.currentTimeMillis() > now);
    }

    private List<StatusView> sweptUntil(int changes) {
        List<StatusView> all = new ArrayList<>();
        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(() -> {
            lookedLatelyAndCalm();
            store.sweep();
            all.addAll(told());
            return all.size() >= changes;
        });
        return all;
    }
}
