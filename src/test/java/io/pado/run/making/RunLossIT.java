package io.pado.run.making;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.realtime.log.EventLog.StateStep;
import io.pado.run.WhenBusy;
import io.pado.run.making.RunStore.Fate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What Redis has lost of a run is stored again, and nothing else is. */
class RunLossIT extends RunRig {

    @Test
    void runThatRedisHasLostIsStoredAgain() {
        Run run = opened("room", WhenBusy.ENQUEUE);
        run.text("before");
        take(run);
        redis.client().commands().flushAll();
        assertThat(store.renew(List.of(run)).get(0).kind()).isEqualTo(Fate.Kind.GONE);

        assertThat(store.restore(run)).isTrue();
        run.text(" after");
        take(run);

        assertThat(store.read(run.id()).orElseThrow().text()).isEqualTo("before after");
        assertThat(store.renew(List.of(run)).get(0).kind()).isEqualTo(Fate.Kind.LIVING);
    }

    @Test
    void stepsThatRedisHasLostAreStoredAgainBeforeOthersFollow() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.text("one ");
        take(run);
        Map<String, String> older = redis.client().commands().hgetAll("pado:state:run:" + run.id());
        run.text("two ");
        take(run);
        // As a Redis that was restored from an older copy.
        redis.client().commands().hset("pado:state:run:" + run.id(), older);
        redis.client().commands().set("pado:text:run:" + run.id(), "one ");
        run.text("three");
        take(run);

        assertThat(store.read(run.id()).orElseThrow().text()).isEqualTo("one ");
        assertThat(store.renew(List.of(run)).get(0).kind()).isEqualTo(Fate.Kind.GONE);
        assertThat(store.restore(run)).isTrue();
        run.trusted();
        take(run);
        assertThat(store.read(run.id()).orElseThrow().text()).isEqualTo("one two three");
    }

    /** The flusher goes on while the keeper asks. */
    @Test
    void stepsThatAreStoredWhileRunsAreRenewedAreNotLost() {
        Run run = opened("", WhenBusy.ENQUEUE);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> telling = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                run.text("x");
                take(run);
            }
        });
        try {
            for (int i = 0; i < 300; i++) {
                assertThat(store.renew(List.of(run))).extracting(Fate::kind).containsExactly(Fate.Kind.LIVING);
            }
        } finally {
            over.set(true);
            telling.join();
        }
        assertThat(store.read(run.id()).orElseThrow().text()).isEqualTo(run.text()).isNotEmpty();
    }

    /** As what was restored from what was known before a step that was on its way. */
    @Test
    void whatIsThereIsNotSetBack() {
        Run run = opened("room", WhenBusy.ENQUEUE);
        Run next = opened("room", WhenBusy.ENQUEUE);
        run.text("one ");
        take(run);
        run.text("two");
        List<StateStep> onTheWay = run.steps(RunRig::entry);
        assertThat(log.take(onTheWay)).containsOnly(true);

        assertThat(store.restore(run)).isFalse();

        assertThat(store.read(run.id()).orElseThrow()).satisfies(view -> {
            assertThat(view.text()).isEqualTo("one two");
            assertThat(view.number()).isEqualTo(2);
            assertThat(view.fields()).doesNotContainKey("restored");
        });
        assertThat(store.ofRoom("room")).containsExactly(run.id(), next.id());
    }

    @Test
    void runThatHasLostItsLastStepsKeepsItsTurn() {
        Run run = opened("room", WhenBusy.ENQUEUE);
        Run next = opened("room", WhenBusy.INTERRUPT);
        run.text("one");
        take(run);
        redis.client().commands().hset("pado:state:run:" + run.id(), "number", "0");

        assertThat(store.restore(run)).isTrue();

        assertThat(store.ofRoom("room")).containsExactly(run.id(), next.id());
        store.interruptOthers(next);
        assertThat(store.read(run.id()).orElseThrow().isToStop()).isTrue();
    }

    /** Its maker may hear of that by the renewal before the flusher is answered. */
    @Test
    void whatItsMakerHasEndedIsNotLost() {
        Run run = opened("", WhenBusy.ENQUEUE);
        run.complete("stop", null);
        assertThat(log.take(run.steps(RunRig::entry))).containsOnly(true);

        assertThat(store.renew(List.of(run))).extracting(Fate::kind).containsExactly(Fate.Kind.ENDED);
        assertThat(store.restore(run)).isFalse();
    }
}
