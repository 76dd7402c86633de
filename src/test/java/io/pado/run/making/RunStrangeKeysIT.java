package io.pado.run.making;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.pado.realtime.Publication;
import io.pado.realtime.Start;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.policy.OpenPolicy;
import io.pado.realtime.policy.SlowReaders;
import io.pado.realtime.policy.TopicPolicies;
import io.pado.run.RunRequest;
import io.pado.run.RunState;
import io.pado.run.RunTopics;
import io.pado.run.RunView;
import io.pado.run.WhenBusy;
import io.pado.run.making.RunStore.Fate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.UnifiedJedis;

/** Keys of runs that a foreign hand has made something else of hold up only what they stand for. */
class RunStrangeKeysIT extends RunRig {

    private static final String STATE = "pado:state:run:";
    private static final String ROOM = "pado:runs:room:room";
    private static final String OWNER = "pado:runs:owner:user:1";
    private static final String LEASES = "pado:runs:leases";

    private final UnifiedJedis keys = redis.client().commands();

    @Test
    void whatIsNoRunHoldsUpNoOther() {
        Run run = opened("", WhenBusy.ENQUEUE);
        RunRequest strange = request("", WhenBusy.ENQUEUE);
        keys.set(STATE + strange.id(), "x");
        keys.zadd(LEASES, 1, strange.id());
        keys.zadd(LEASES, 2, run.id());

        assertThat(store.renew(List.of(run(strange), run))).extracting(Fate::kind).containsExactly(Fate.Kind.LOST, Fate.Kind.LIVING);
        assertThat(store.sweep("other")).isEmpty();
        assertThat(keys.zscore(LEASES, strange.id())).isNull();
    }

    @Test
    void whatIsNoRunAtTheHeadOfARoomHoldsUpNeitherThoseBehindItNorOtherRooms() {
        Run head = opened("room", WhenBusy.ENQUEUE);
        Run behind = opened("room", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        keys.set(STATE + head.id(), "x");

        assertThat(store.renew(List.of(behind, other))).containsExactly(living(true), living(true));
        assertThat(store.ofRoom("room")).containsExactly(behind.id());
    }

    @Test
    void whatIsNoRunIsNotUnderWayWhenAnotherOneIsOpened() {
        keys.set(STATE + opened("room", WhenBusy.ENQUEUE).id(), "x");

        RunRequest next = request("room", WhenBusy.REJECT);
        assertThat(store.open(next, "fence", 0, 0)).isEqualTo("opened");
        assertThat(store.ofOwner("user:1")).containsExactly(next.id());
    }

    @Test
    void whatIsNoQueueBeginsAnewAndHoldsUpNoOtherRoom() {
        Run first = opened("room", WhenBusy.ENQUEUE);
        Run second = opened("room", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        keys.set(ROOM, "x");

        assertThat(store.renew(List.of(first, second, other))).containsExactly(living(true), living(false), living(true));
        assertThat(store.ofRoom("room")).containsExactly(first.id(), second.id());
        assertThat(keys.pttl(ROOM)).isPositive();
    }

    @Test
    void runIsOpenedWhereItsListsAreSomethingElse() {
        keys.set(ROOM, "x");
        keys.set(OWNER, "x");

        RunRequest request = request("room", WhenBusy.ENQUEUE);
        assertThat(store.open(request, "fence", 0, 0)).isEqualTo("opened");
        assertThat(store.ofRoom("room")).containsExactly(request.id());
        assertThat(store.ofOwner("user:1")).containsExactly(request.id());
    }

    @Test
    void leasesThatAreSomethingElseBeginAnew() {
        Run run = opened("room", WhenBusy.ENQUEUE);
        keys.set(LEASES, "x");
        keys.hset("pado:runs:swept", "x", "y");
        keys.hset("pado:runs:quiet", "x", "y");
        assertThat(store.sweep("next")).isEmpty();
        assertThat(store.renew(List.of(run))).containsExactly(living(true));
        assertThat(keys.zscore(LEASES, run.id())).isNotNull();

        keys.del(LEASES);
        keys.set(LEASES, "x");
        Run next = opened("room", WhenBusy.ENQUEUE);
        assertThat(keys.zscore(LEASES, next.id())).isNotNull();
    }

    /** Its maker is dead, and does not renew it. */
    @Test
    void firstOfARoomWhoseLeaseIsLostIsTakenOver() {
        Run dead = opened("room", WhenBusy.ENQUEUE);
        Run behind = opened("room", WhenBusy.ENQUEUE);
        keys.del(LEASES);
        keys.set(LEASES, "x");
        assertThat(store.renew(List.of(behind))).containsExactly(living(false));

        assertThat(keys.zscore(LEASES, dead.id())).isNotNull();
        keys.zadd(LEASES, 1, dead.id());
        assertThat(store.renew(List.of(behind))).containsExactly(living(false));
        assertThat(store.sweep("next")).containsExactly(Map.entry(dead.id(), "claimed"));
    }

    /** Or it would be in the way of its room, and nobody would end it. */
    @ParameterizedTest
    @ValueSource(strings = {"zadd", "rpush", "sadd"})
    void runThatCouldNotBeOpenedIsForgottenOrEndedByASweep(String command) {
        RunRequest request = request("room", WhenBusy.ENQUEUE);
        acl("-" + command);
        try {
            assertThatThrownBy(() -> store.open(request, "fence", 0, 0)).rootCause().hasMessageContaining("The user executing the script can't");
        } finally {
            acl("+@all");
        }
        if (command.equals("zadd")) {
            assertThat(store.read(request.id())).isEmpty();
            assertThat(store.ofOwner("user:1")).isEmpty();
        } else {
            keys.zadd(LEASES, 1, request.id());
            assertThat(store.sweep("next")).containsExactly(Map.entry(request.id(), "claimed"));
        }
    }

    @Test
    void leaseWithoutARunIsForgotten() {
        keys.zadd(LEASES, 1, "none");
        assertThat(store.sweep("next")).isEmpty();
        assertThat(keys.exists(LEASES)).isFalse();
    }

    private void acl(String rule) {
        keys.sendCommand(Protocol.Command.ACL, "SETUSER", "default", rule);
    }

    @Test
    void runIsStoredAgainWhereItsListsAreSomethingElse() {
        Run run = opened("room", WhenBusy.ENQUEUE);
        keys.flushAll();
        keys.set(ROOM, "x");
        keys.set(OWNER, "x");

        assertThat(store.restore(run)).isTrue();
        assertThat(store.renew(List.of(run))).containsExactly(living(true));
    }

    @Test
    void runIsClosedWhateverItsKeysAre() {
        Run strange = opened("room", WhenBusy.ENQUEUE);
        keys.set(STATE + strange.id(), "x");
        store.close(strange.id());
        assertThat(keys.zscore(LEASES, strange.id())).isNull();

        Run ended = opened("room", WhenBusy.ENQUEUE);
        keys.hset(STATE + ended.id(), "ended", "{}");
        keys.set(ROOM, "x");
        store.close(ended.id());
        assertThat(keys.zscore(LEASES, ended.id())).isNull();
        assertThat(store.ofOwner("user:1")).doesNotContain(ended.id());
    }

    @Test
    void whatIsNoRunKeepsItsMakerFromLeavingNoOther() {
        Run strange = opened("", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        keys.set(STATE + strange.id(), "x");

        store.release(List.of(strange, other));

        assertThat(store.sweep("next")).containsExactly(Map.entry(other.id(), "claimed"));
    }

    @Test
    void textThatIsSomethingElseIsLostAndNothingOfOthersIsToldTwice() {
        Run strange = opened("", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        keys.hset("pado:text:run:" + strange.id(), "x", "y");
        assertThat(store.read(strange.id())).isPresent();
        keys.hset("pado:text:run:" + strange.id(), "x", "y");
        strange.text("strange");
        other.text("other");

        assertThat(log.take(steps(strange, other))).containsOnly(true);
        assertThat(store.read(strange.id()).orElseThrow().text()).isEqualTo("strange");
        assertThat(store.read(other.id()).orElseThrow().text()).isEqualTo("other");
        assertThat(told(other)).containsExactly("text");
    }

    @Test
    void numberOfStepsThatIsNoneHoldsUpNoOtherAndIsStoredAgainByItsMaker() {
        Run strange = opened("", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        keys.hset(STATE + strange.id(), "number", "abc");
        other.text("other");
        take(other);

        assertThat(store.read(other.id()).orElseThrow().text()).isEqualTo("other");
        assertThat(store.renew(List.of(strange, other))).extracting(Fate::kind).containsExactly(Fate.Kind.GONE, Fate.Kind.LIVING);
        assertThat(store.restore(strange)).isTrue();
        assertThat(store.renew(List.of(strange, other))).containsOnly(living(true));
    }

    @Test
    void stepOfARunWhoseNumberIsNoneIsRefusedAndThoseBesideItAreTaken() {
        Run strange = opened("", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        keys.hset(STATE + strange.id(), "number", "abc");
        strange.text("strange");
        other.text("other");
        assertThat(log.take(steps(strange, other))).containsExactly(false, true);
        assertThat(told(strange)).isEmpty();
        assertThat(told(other)).containsExactly("text");
    }

    @Test
    void runWhoseFieldsAreNoNumbersIsTakenOverAndRead() {
        Run run = opened("room", WhenBusy.ENQUEUE);
        keys.hset(STATE + run.id(), Map.of("number", "abc", "opened", "abc", "pieces", "abc", "state", "abc", "epoch", "abc", "place", "abc"));
        keys.set("pado:runs:quiet", "x");
        keys.zadd(LEASES, 1, run.id());

        assertThat(store.sweep("next")).containsExactly(Map.entry(run.id(), "claimed"));
        assertThat(store.read(run.id())).hasValueSatisfying(view -> assertThat(view).returns(0L, RunView::number).returns(0, RunView::pieces)
                .returns(RunState.QUEUED, RunView::state).returns(Start.EARLIEST, RunView::place));
        assertThat(store.open(request("room", WhenBusy.ENQUEUE), "fence", 0, 0)).isEqualTo("opened");
    }

    @Test
    void sweepsAndStopsGoOnWhateverTheyRemember() {
        Run run = opened("", WhenBusy.ENQUEUE);
        keys.set("pado:runs:swept", "abc");
        assertThat(store.sweep("next")).isEmpty();
        keys.set("pado:runs:quiet", "9000000000000000");
        keys.zadd(LEASES, 1, run.id());
        assertThat(store.sweep("next")).containsExactly(Map.entry(run.id(), "claimed"));

        keys.set("pado:runs:stops:somebody", "abc");
        assertThat(store.stop("none-1", "stopped", "somebody", 1)).isEqualTo("unknown");
        assertThat(store.stop("none-2", "stopped", "somebody", 1)).isEqualTo("many");
    }

    @Test
    void topicThatTakesNothingHoldsUpNoOtherRun() {
        Run strange = opened("", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        RunFlusher flusher = new RunFlusher(new Publisher(log, new TopicPolicies(List.of(new OpenPolicy(SlowReaders.REPLAY)))));
        flusher.add(strange);
        flusher.add(other);
        log.append(List.of(entry(new Publication(new Topic("first"), "t", "", "{}", ""))));
        String itsLog = "pado:log:" + RunTopics.of(strange.id()).name() + "@" + keys.get("pado:epoch");
        keys.set(itsLog, "x");

        strange.text("late");
        other.text("one ");
        assertThat(flusher.flush()).isTrue();
        other.text("two");
        assertThat(flusher.flush()).isTrue();
        assertThat(store.read(other.id()).orElseThrow().text()).isEqualTo("one two");
        assertThat(store.read(strange.id()).orElseThrow().text()).isEmpty();

        keys.del(itsLog);
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            flusher.flush();
            return store.read(strange.id()).orElseThrow().text().equals("late");
        });
        assertThat(told(strange)).containsExactly("text");
    }

    private static List<StateStep> steps(Run... runs) {
        return Arrays.stream(runs).flatMap(run -> run.steps(RunRig::entry).stream()).toList();
    }

    private static Fate living(boolean turn) {
        return new Fate(Fate.Kind.LIVING, turn, "");
    }
}
