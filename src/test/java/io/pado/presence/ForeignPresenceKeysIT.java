package io.pado.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pado.platform.Logged;
import io.pado.presence.PresenceStore.Answer;
import io.pado.presence.PresenceStore.Known;
import io.pado.presence.PresenceStore.Moment;
import io.pado.presence.PresenceStore.Step;
import io.pado.realtime.log.LogUnavailable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.StreamEntryID;

/** A foreign hand has written something else where {@code presence.lua} keeps a user, in real Redis: nobody else is held up, and the user begins anew. */
class ForeignPresenceKeysIT extends PresenceRig {

    private static final String NODE = "n";
    private static final long CAT = 3;
    private static final long DAN = 4;

    @BeforeEach
    void allAreOnline() {
        config.grace = 0;
        config.moving = 0;
        come(ANN, BEN, CAT);
        assertThat(told()).hasSize(3).allMatch(StatusView::isOnline);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:", "streams:"})
    void whoComesIsOnlineAndSoIsWhoComesAtTheSameTime(String key) {
        leave(BEN);
        told();
        write(key);
        come(ANN, BEN);
        assertThat(told()).extracting(StatusView::userId).contains(BEN);
        assertThat(store.states(List.of(ANN, BEN)).values()).hasSize(2).allMatch(StatusView::isOnline);

        leave(ANN, BEN);
        assertThat(told()).extracting(StatusView::userId).containsExactly(ANN, BEN);
        assertThat(store.states(List.of(ANN, BEN)).values()).noneMatch(StatusView::isOnline);
    }

    @Test
    void whoLeavesIsGoneThoughTheStreamsAreLost() {
        write("streams:");
        leave(ANN, BEN);
        assertThat(told()).extracting(StatusView::userId).containsExactly(ANN, BEN);
    }

    @Test
    void whoLeavesIsForgottenIfTheUserIsLostAndOthersAreGone() {
        write("user:");
        leave(ANN, BEN);
        assertThat(told()).extracting(StatusView::userId).containsExactly(BEN);
        assertThat(store.unknown()).isEmpty();
        assertThat(commands().exists(KEYS + "user:" + ANN, KEYS + "streams:" + ANN)).isZero();
    }

    @Test
    void statesOfFriendsAreReadAndWhoIsActiveIsOnlineAgain() {
        write("user:");
        assertThat(store.states(List.of(ANN, BEN, CAT))).containsOnlyKeys(BEN, CAT);
        store.active(Map.of(ANN, 0L));
        settleUnknown();
        assertThat(told()).singleElement().matches(each -> each.userId() == ANN && each.isOnline());
        assertThat(store.states(List.of(ANN, BEN, CAT))).containsOnlyKeys(ANN, BEN, CAT);
    }

    @Test
    void wishToHideCounts() {
        write("user:");
        store.settle(List.of(new Known(ANN, 1, true, ""), new Known(BEN, 1, true, "")));
        lookedLatelyAndCalm();
        store.sweep();
        assertThat(told()).extracting(StatusView::userId).containsExactly(BEN);
        assertThat(store.states(List.of(ANN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:", "streams:"})
    void graceOfOthersEnds(String key) {
        Stream.of(ANN, BEN).forEach(user -> commands().zadd(KEYS + "due", 1, user.toString()));
        commands().del(KEYS + "streams:" + BEN);
        write(key);
        store.sweep();
        assertThat(told()).extracting(StatusView::userId).contains(BEN).doesNotContain(CAT);
        assertThat(commands().zcard(KEYS + "due")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:", "streams:"})
    void othersOfADeadNodeAreGone(String key) {
        write(key);
        die(NODE);
        assertThat(store.sweep()).isFalse();
        assertThat(told()).extracting(StatusView::userId).contains(BEN, CAT);
        assertThat(store.states(List.of(ANN, BEN, CAT)).values()).noneMatch(StatusView::isOnline);
        assertThat(commands().exists(KEYS + "held:" + NODE, KEYS + "dying", KEYS + "streams:" + ANN)).isZero();
    }

    /** It fails in the middle, for those who left have some time to move. */
    @Test
    void nobodyOfADeadNodeIsLostIfTheStepFails() {
        config.moving = 15;
        store.resign(NODE);
        acl("-zadd");
        assertThatThrownBy(store::sweep).isInstanceOf(LogUnavailable.class);
        acl("+@all");
        assertThat(store.sweep()).isFalse();
        assertThat(commands().zrange(KEYS + "due", 0, -1)).containsExactlyInAnyOrder("1", "2", "3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodes", "dying", "patience", "steps", "clock", "due", "unknown", "changes", "seen", "held:" + NODE})
    void presenceGoesOnWhateverAKeyOfAllIs(String key) {
        commands().del(KEYS + key);
        commands().set(KEYS + key, "x");
        assertThatPresenceGoesOn();
    }

    @ParameterizedTest
    @ValueSource(strings = {"swept", "calm", "incarnation"})
    void presenceGoesOnWhateverAValueOfAllIs(String key) {
        commands().del(KEYS + key);
        commands().hset(KEYS + key, "x", "y");
        assertThatPresenceGoesOn();
    }

    /** It is a dangerous command, which a careful administrator takes away. What cannot be listed now is listed later. */
    @ParameterizedTest
    @ValueSource(strings = {"nodes", "due", "held:" + NODE})
    void presenceGoesOnWithoutTheCommandKeysOrLater(String key) {
        commands().del(KEYS + key);
        commands().set(KEYS + key, "x");
        acl("-keys");
        try {
            acl("-scan");
            assertThatThrownBy(this::leave).isInstanceOf(LogUnavailable.class);
            acl("+scan");
            assertThatPresenceGoesOn();
        } finally {
            acl("+@all");
        }
    }

    private void assertThatPresenceGoesOn() {
        try (Logged logged = Logged.of(PresenceStore.class)) {
            store.sweep();
            come(DAN);
            assertThat(told()).extracting(StatusView::userId).containsExactly(DAN);
            leave(ANN);
            assertThat(told()).extracting(StatusView::userId).containsExactly(ANN);
            die(NODE);
            lookedLatelyAndCalm();
            assertThat(store.sweep()).isFalse();
            assertThat(told()).hasSize(3).extracting(StatusView::userId).containsExactlyInAnyOrder(BEN, CAT, DAN);
            assertThat(logged.lines()).singleElement().asString().contains("Presence has begun anew");
        }
    }

    @Test
    void nodeTellsAnewAfterAKeyOfAllWasSomethingElse() {
        Answer before = store.attend(new Step(NODE, false, false, step, ++step), List.of(), List.of());
        commands().del(KEYS + "nodes");
        commands().set(KEYS + "nodes", "x");
        Answer after = store.attend(new Step(NODE, false, false, step, ++step), List.of(), List.of());
        assertThat(after.isLost()).isTrue();
        assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
    }

    @Test
    void whoWasDueIsGoneThoughItIsLostWhoIsDue() {
        config.grace = 8;
        leave(BEN);
        commands().del(KEYS + "due");
        commands().set(KEYS + "due", "x");
        store.sweep();
        assertThat(told()).extracting(StatusView::userId).containsExactly(BEN);
    }

    @Test
    void whatCouldNotBeToldIsToldOnce() {
        leave(BEN);
        told();
        commands().del(KEYS + "streams:" + CAT);
        commands().zadd(KEYS + "due", 1, Long.toString(CAT));
        acl("-xadd");
        try {
            assertThatThrownBy(() -> come(BEN)).isInstanceOf(LogUnavailable.class);
            assertThatThrownBy(() -> leave(ANN)).isInstanceOf(LogUnavailable.class);
            assertThatThrownBy(() -> come(DAN)).isInstanceOf(LogUnavailable.class);
            assertThatThrownBy(store::sweep).isInstanceOf(LogUnavailable.class);
        } finally {
            acl("+@all");
        }
        come(BEN);
        leave(ANN);
        store.sweep();
        assertThat(told()).extracting(StatusView::userId).containsExactly(BEN, DAN, ANN, CAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "active", "seen", "left", "lost", "until", "hides"})
    void whatIsNoNumberOfAUserIsLostAndHoldsUpNobody(String field) {
        commands().hset(KEYS + "user:" + ANN, field, "abc");
        assertThat(store.states(List.of(ANN, BEN))).containsKey(BEN);
        leave(ANN, BEN);
        assertThat(told()).extracting(StatusView::userId).containsExactly(ANN, BEN);

        commands().hset(KEYS + "user:" + ANN, field, "abc");
        come(ANN, BEN);
        assertThat(told()).hasSize(2).allMatch(StatusView::isOnline).extracting(StatusView::userId).containsExactlyInAnyOrder(ANN, BEN);
        commands().hset(KEYS + "user:" + ANN, field, "abc");
        store.settle(List.of(new Known(ANN, 1, false, ""), new Known(BEN, 1, false, "")));
        store.active(Map.of(ANN, 0L, BEN, 0L));
        die(NODE);
        lookedLatelyAndCalm();
        store.sweep();
        assertThat(told()).extracting(StatusView::userId).containsExactlyInAnyOrder(ANN, BEN, CAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "9000000000000000", ""})
    void presenceGoesOnWhateverItsTimesAre(String time) {
        for (String key : List.of("swept", "calm")) {
            commands().set(KEYS + key, time);
        }
        for (String field : List.of("ahead", "since")) {
            commands().hset(KEYS + "clock", field, "abc");
        }
        commands().hset(KEYS + "clock", "last", "abc");
        store.sweep();
        lookedLatelyAndCalm();
        commands().set(KEYS + "calm", time);
        die(NODE);
        assertThat(store.sweep()).isFalse();
        assertThat(told()).extracting(StatusView::userId).containsExactlyInAnyOrder(ANN, BEN, CAT);
    }

    @Test
    void whatNobodyKeepsThereIsTakenAwayAndHoldsUpNothing() {
        commands().xadd(KEYS + "changes", StreamEntryID.NEW_ENTRY, Map.of("a", "b"));
        commands().xadd(KEYS + "changes", StreamEntryID.NEW_ENTRY, Map.of("u", "nobody", "o", "1", "v", "7"));
        commands().zadd(KEYS + "seen", 5, "nobody");
        commands().zadd(KEYS + "seen", Double.POSITIVE_INFINITY, Long.toString(ANN));
        commands().sadd(KEYS + "unknown", "nobody");
        leave(BEN);

        assertThat(told()).extracting(StatusView::userId).containsExactly(BEN);
        assertThat(commands().xlen(KEYS + "changes")).isZero();
        assertThat(store.unstored()).containsOnlyKeys(BEN);
        assertThat(store.unknown()).isEmpty();
        assertThat(commands().exists(KEYS + "unknown")).isFalse();
    }

    private static void acl(String rule) {
        commands().sendCommand(Protocol.Command.ACL, "SETUSER", "default", rule);
    }

    private static void write(String key) {
        commands().set(KEYS + key + ANN, "not what is kept of a user");
    }

    private void come(long... users) {
        boolean isNew = commands().zscore(KEYS + "nodes", NODE) == null;
        assertThat(store.attend(new Step(NODE, isNew, false, 0, ++step), moments(users), List.of()).counts()).isTrue();
        settleUnknown();
    }

    private void leave(long... users) {
        assertThat(store.attend(new Step(NODE, false, false, 0, ++step), List.of(), moments(users)).counts()).isTrue();
    }

    private void settleUnknown() {
        store.settle(store.unknown().stream().map(user -> new Known(user, 0, false, "")).toList());
    }

    private static List<Moment> moments(long... users) {
        return Arrays.stream(users).mapToObj(user -> new Moment(user, "of-" + user, 0)).toList();
    }
}
