package io.pado.run.making;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Publication;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.run.RunRequest;
import io.pado.run.RunState;
import io.pado.run.RunTopics;
import io.pado.run.RunView;
import io.pado.run.WhenBusy;
import io.pado.run.making.RunStore.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Runs in real Redis: what is told and what is stored go on together, for one maker at a time, and end once. */
class RunStoreIT extends RunRig {

    @Test
    void whatIsSaidIsStoredAndToldInOneStep() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.begin();
        run.text("파");
        take(run);
        run.text("도 ");
        run.text("🌊");
        take(run);
        run.complete("stop", null);
        take(run);

        RunView view = store.read(run.id()).orElseThrow();
        assertThat(view.text()).isEqualTo("파도 🌊");
        assertThat(view.state()).isEqualTo(RunState.COMPLETED);
        assertThat(view.ending().orElseThrow().getString("content")).isEqualTo("파도 🌊");
        assertThat(told(run)).containsExactly("status", "text", "text", "ended");
        assertThat(run.stored().toCompletableFuture()).isCompletedWithValue(RunState.COMPLETED);
    }

    @Test
    void readingARunCostsRedisTheSameHoweverManyPiecesItHas() {
        assertThat(commandsToRead(told(500))).isEqualTo(commandsToRead(told(5)));
    }

    private static String told(int pieces) {
        Run run = opened("", WhenBusy.ENQUEUE);
        for (int i = 0; i < pieces; i++) {
            run.text("piece ");
            take(run);
        }
        return run.id();
    }

    /** The least of some: the pool asks its connections now and then, too. */
    private static long commandsToRead(String run) {
        return LongStream.generate(() -> {
            long before = commands();
            assertThat(store.read(run)).isPresent();
            return commands() - before;
        }).limit(5).min().orElseThrow();
    }

    private static long commands() {
        return redis.client().commands().info("stats").lines().filter(line -> line.startsWith("total_commands_processed:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip())).findFirst().orElseThrow();
    }

    @Test
    void halfACharacterWaitsForItsOtherHalf() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.text("a\ud83c");
        take(run);
        run.text("\udf0a");
        take(run);

        assertThat(log.read(Map.of(RunTopics.of(run.id()), 0L), 100).events().stream().map(event -> event.json()))
                .anyMatch(json -> json.contains("\"content\":\"a\"")).anyMatch(json -> json.contains("🌊"));
    }

    @Test
    void stepThatComesAgainIsNotDoneAgain() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.text("once");
        List<StateStep> steps = run.steps(RunRig::entry);

        assertThat(log.take(steps)).containsOnly(true);
        assertThat(log.take(steps)).containsOnly(true);

        assertThat(store.read(run.id()).orElseThrow().text()).isEqualTo("once");
        assertThat(told(run)).containsExactly("text");
    }

    @Test
    void whoseRunWasTakenOverTellsNothingAnyMore() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.text("mine");
        take(run);
        expire();
        assertThat(store.sweep("other")).containsEntry(run.id(), "claimed");
        run.text(" late");

        assertThat(log.take(run.steps(RunRig::entry))).containsOnly(false);

        assertThat(store.renew(List.of(run)).get(0).kind()).isEqualTo(Fate.Kind.LOST);
        assertThat(store.read(run.id()).orElseThrow().text()).isEqualTo("mine");
        assertThat(told(run)).containsExactly("text");
    }

    @Test
    void whatItsMakerLeavesIsTakenOverAtOnce() {
        Run run = opened("", WhenBusy.ENQUEUE);
        Run other = opened("", WhenBusy.ENQUEUE);
        run.text("so far");
        take(run);

        store.release(List.of(run));
        run.text(" late");

        assertThat(log.take(run.steps(RunRig::entry))).containsOnly(false);
        assertThat(store.sweep("other")).containsExactly(Map.entry(run.id(), "claimed"));
        assertThat(store.renew(List.of(run, other))).extracting(Fate::kind).containsExactly(Fate.Kind.LOST, Fate.Kind.LIVING);
        assertThat(store.read(run.id()).orElseThrow().text()).isEqualTo("so far");
    }

    @Test
    void afterItsEndNothingIsTold() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.complete("stop", null);
        take(run);
        StateStep late = new StateStep("run:" + run.id(), run.fence(), 99, List.of(entry(new Publication(RunTopics.of(run.id()), "text", "", "{}", ""))), "x",
                Map.of(), Duration.ofHours(1));

        assertThat(log.take(List.of(late))).containsExactly(false);
        assertThat(told(run)).containsExactly("ended");
    }

    @Test
    void aRefusedStepHoldsUpNoOther() {
        Run lost = opened("", WhenBusy.ENQUEUE);
        Run living = opened("", WhenBusy.ENQUEUE);
        redis.client().commands().hset("pado:state:run:" + lost.id(), "fence", "other");
        lost.text("lost");
        living.text("living");
        List<StateStep> both = new ArrayList<>(lost.steps(RunRig::entry));
        both.addAll(living.steps(RunRig::entry));

        assertThat(log.take(both)).containsExactly(false, true);
        assertThat(store.read(living.id()).orElseThrow().text()).isEqualTo("living");
    }

    @Test
    void sameIdIsTheSameRun() {
        RunRequest request = request("", WhenBusy.ENQUEUE);
        assertThat(store.open(request, "one", 0, 0)).isEqualTo("opened");
        assertThat(store.open(request, "two", 0, 0)).isEqualTo("known");
    }

    @Test
    void roomTakesOneAfterTheOther() {
        Run first = opened("room", WhenBusy.ENQUEUE);
        Run second = opened("room", WhenBusy.ENQUEUE);
        assertThat(store.renew(List.of(first, second))).containsExactly(living(true, ""), living(false, ""));
        assertThat(store.open(request("room", WhenBusy.REJECT), "x", 0, 0)).isEqualTo("busy");

        first.complete("stop", null);
        take(first);
        store.close(first.id());

        assertThat(store.renew(List.of(second))).containsExactly(living(true, ""));
        assertThat(store.ofRoom("room")).containsExactly(second.id());
    }

    @Test
    void interruptStopsThoseBeforeOnceItBegins() {
        Run first = opened("room", WhenBusy.ENQUEUE);
        Run second = opened("room", WhenBusy.INTERRUPT);
        Run third = opened("room", WhenBusy.ENQUEUE);
        assertThat(store.renew(List.of(first, second, third))).containsExactly(living(true, ""), living(false, ""), living(false, ""));

        store.interruptOthers(second);

        assertThat(store.renew(List.of(first, second, third))).containsExactly(living(true, "interrupted"), living(false, ""), living(false, ""));
    }

    @Test
    void interruptStopsWhoseTurnItIsThoughItsBeginningIsNotStoredYet() {
        Run first = opened("room", WhenBusy.ENQUEUE);
        Run waiting = opened("room", WhenBusy.ENQUEUE);
        Run other = openedByAnother();

        store.interruptOthers(other);
        assertThat(store.renew(List.of(first, waiting, other))).extracting(Fate::stop).containsExactly("interrupted", "", "");
    }

    private static Run openedByAnother() {
        Run other = run(new RunRequest(UUID.randomUUID().toString(), "test", "user:2", "", "room", WhenBusy.INTERRUPT, "content", "", Set.of()));
        assertThat(store.open(other.request(), other.fence(), 0, 0)).isEqualTo("opened");
        return other;
    }

    @Test
    void interruptLeavesWhatOthersWaitFor() {
        Run first = opened("room", WhenBusy.ENQUEUE);
        first.begin();
        take(first);
        Run own = opened("room", WhenBusy.ENQUEUE);
        Run other = openedByAnother();
        Run last = opened("room", WhenBusy.INTERRUPT);

        store.interruptOthers(other);
        assertThat(store.renew(List.of(first, own, other))).extracting(Fate::stop).containsExactly("interrupted", "", "");
        store.interruptOthers(last);
        assertThat(store.renew(List.of(first, own, other))).extracting(Fate::stop).containsExactly("interrupted", "interrupted", "");
    }

    @Test
    void runsThatWaitAreLimited() {
        for (int i = 0; i < 20; i++) {
            assertThat(store.open(request("room", WhenBusy.ENQUEUE), "f" + i, 0, 0)).isEqualTo("opened");
        }
        assertThat(store.open(request("room", WhenBusy.ENQUEUE), "x", 0, 0)).isEqualTo("full");
        assertThat(store.open(request("", WhenBusy.ENQUEUE), "x", 0, 0)).isEqualTo("many");
    }

    @Test
    void stopIsRememberedForARunThatIsNotThereYet() {
        RunRequest request = request("", WhenBusy.ENQUEUE);
        assertThat(store.stop(request.id(), "stopped", "user:1", 0)).isEqualTo("unknown");
        Run run = run(request);
        assertThat(store.open(request, run.fence(), 0, 0)).isEqualTo("opened");

        assertThat(store.renew(List.of(run))).containsExactly(living(true, "stopped"));
    }

    @Test
    void nobodyIsTakenOverWhenRedisItselfWasAway() {
        Run run = opened("", WhenBusy.ENQUEUE);
        store.sweep("a");
        redis.client().commands().set("pado:runs:swept", "1");
        redis.client().commands().zadd("pado:runs:leases", 1, run.id());

        assertThat(store.sweep("b")).isEmpty();
        assertThat(store.renew(List.of(run)).get(0).kind()).isEqualTo(Fate.Kind.LIVING);
    }

    @Test
    void whatWasDiscardedWasNeverThere() {
        RunRequest request = request("room", WhenBusy.ENQUEUE);
        assertThat(store.open(request, "one", 0, 0)).isEqualTo("opened");
        store.discard(request);

        assertThat(store.read(request.id())).isEmpty();
        assertThat(store.ofRoom("room")).isEmpty();
        assertThat(store.open(request, "two", 0, 0)).isEqualTo("opened");
    }

    @Test
    void firstEndingCounts() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.fail(ProblemException.failed("x", "y").problem(), null);
        run.complete("stop", null);
        run.text("late");
        take(run);

        assertThat(store.read(run.id()).orElseThrow().state()).isEqualTo(RunState.FAILED);
        assertThat(told(run)).containsExactly("ended");
    }

    private static Fate living(boolean turn, String stop) {
        return new Fate(Fate.Kind.LIVING, turn, stop);
    }

    /** Nobody renews any more. */
    private static void expire() {
        redis.client().commands().zrange("pado:runs:leases", 0, -1).forEach(id -> redis.client().commands().zadd("pado:runs:leases", 1, id));
        await().atMost(Duration.ofSeconds(10)).until(() -> !redis.client().commands().exists("pado:runs:quiet"));
    }
}
