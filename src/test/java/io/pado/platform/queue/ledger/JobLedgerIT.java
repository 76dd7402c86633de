package io.pado.platform.queue.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ledger's scripts on real Redis: one worker at a time, whatever dies, and nothing done twice. */
@ExtendWith(OneLedger.class)
class JobLedgerIT {

    private final LedgerRig rig;

    JobLedgerIT(LedgerRig rig) {
        this.rig = rig;
    }

    @BeforeEach
    void empty() {
        rig.empty();
    }

    @Test
    void jobIsGivenToOneWorkerAndIsDoneOnce() {
        assertThat(rig.ledger.add("a", "test", "", "{\"n\":1}")).isEqualTo(new Added(true, true, false));

        Claim claim = rig.claim("a");
        assertThat(claim).returns("test", Claim::kind).returns("{\"n\":1}", Claim::body).returns(1, Claim::attempt);
        assertThat(rig.claim("a").refusal()).isEqualTo("running");
        assertThat(rig.ledger.complete(claim)).isEqualTo(new Ending("done", Optional.empty()));
        assertThat(rig.claim("a").refusal()).isEqualTo("done");
        assertThat(rig.ledger.add("a", "test", "", "{}")).isEqualTo(new Added(false, false, false));
        assertThat(rig.ledger.counts()).isEqualTo(new QueueCounts(0, 0, 0));
        assertThat(rig.redis.client().commands().pttl("pado:job:a")).isPositive();
        assertThat(rig.field("a", "body")).isNull();
    }

    @Test
    void unknownJobIsForNobody() {
        assertThat(rig.claim("nobody-added-this").refusal()).isEqualTo("unknown");
    }

    @Test
    void renewedLeaseStaysWithItsWorker() {
        rig.awaitCrashesCount();
        String id = rig.job();
        Claim claim = rig.claim(id);
        long end = System.nanoTime() + 3 * rig.config.lease.toNanos();

        assertThat(rig.sweepUntil(() -> {
            assertThat(rig.ledger.renew(List.of(claim))).containsExactly(claim);
            return System.nanoTime() > end;
        })).isEmpty();
        assertThat(rig.ledger.complete(claim).state()).isEqualTo("done");
    }

    @Test
    void jobOfASilentWorkerIsSentAgainAndTheLateOneWritesNothing() {
        rig.awaitCrashesCount();
        String id = rig.job();
        Claim silent = rig.claim(id);
        assertThat(rig.sweepUntilLost(id)).containsExactly(id);
        assertThat(rig.ledger.renew(List.of(silent))).isEmpty();
        assertThat(rig.ledger.complete(silent).isLate()).isTrue();

        Claim next = rig.claim(id);
        assertThat(next.fence()).isGreaterThan(silent.fence());
        assertThat(next.attempt()).isEqualTo(2);
        assertThat(rig.ledger.fail(silent, "late").isLate()).isTrue();
        assertThat(rig.ledger.release(silent, "late", LedgerRig.NOW).isLate()).isTrue();
        assertThat(rig.ledger.renew(List.of(silent, next))).containsExactly(next);
        assertThat(rig.ledger.complete(next).state()).isEqualTo("done");
        assertThat(rig.ledger.complete(silent).isLate()).isTrue();
    }

    @Test
    void jobWhoseWorkersDieThreeTimesIsDead() {
        rig.awaitCrashesCount();
        String id = rig.job();
        for (int i = 0; i < 3; i++) {
            assertThat(rig.claim(id).isGiven()).isTrue();
            rig.sweepUntilLost(id);
        }

        assertThat(rig.state(id)).isEqualTo("dead");
        assertThat(rig.claim(id).refusal()).isEqualTo("dead");
        assertThat(rig.ledger.dead(10)).singleElement().returns(id, DeadJob::id).returns("{\"n\":1}", DeadJob::body)
                .returns(3, DeadJob::crashes).returns(0, DeadJob::failures).returns(3, DeadJob::attempts)
                .satisfies(dead -> assertThat(dead.cause()).contains("3 times"));
    }

    @Test
    void jobThatFailsThreeTimesIsDeadWithItsCauseAndMayBeTriedAgain() {
        String id = rig.job();
        assertThat(rig.ledger.fail(rig.claim(id), "first").state()).isEqualTo("waiting");
        assertThat(rig.claim(id).refusal()).isEqualTo("early");
        assertThat(rig.ledger.fail(rig.claimSoon(id), "second").state()).isEqualTo("waiting");
        assertThat(rig.ledger.fail(rig.claimSoon(id), "third").state()).isEqualTo("dead");
        assertThat(rig.ledger.dead(10)).singleElement().returns("third", DeadJob::cause).returns(3, DeadJob::failures);
        assertThat(rig.ledger.counts()).isEqualTo(new QueueCounts(0, 0, 1));

        assertThat(rig.ledger.retry(id)).contains(Optional.of(new Notice(id, "")));
        assertThat(rig.ledger.retry(id)).isEmpty();
        assertThat(rig.ledger.counts()).isEqualTo(new QueueCounts(1, 0, 0));
        assertThat(rig.ledger.complete(rig.claim(id)).state()).isEqualTo("done");
    }

    @Test
    void deadJobThatIsGivenUpIsNotDoneAgain() {
        String id = dead("");

        assertThat(rig.ledger.drop(id)).isTrue();
        assertThat(rig.ledger.drop(id)).isFalse();
        assertThat(rig.ledger.dead(10)).isEmpty();
        assertThat(rig.ledger.add(id, "test", "", "{}").isNew()).isFalse();
        assertThat(rig.claim(id).refusal()).isEqualTo("done");
    }

    @Test
    void releasedJobIsNotCounted() {
        String id = rig.job();
        for (int i = 0; i < 5; i++) {
            assertThat(rig.ledger.release(rig.claim(id), "a store is away", LedgerRig.NOW).state()).isEqualTo("waiting");
        }
        assertThat(rig.field(id, "failures")).isEqualTo("0");
        assertThat(rig.field(id, "crashes")).isEqualTo("0");
        assertThat(rig.sweepUntil(() -> true)).containsExactly(id);
    }

    @Test
    void jobThatNobodyClaimsIsSentAgainButNotAtOnce() {
        String id = rig.job();
        assertThat(rig.ledger.sweep()).isEmpty();
        rig.redis.client().commands().zadd("pado:jobs:waiting", rig.now(), id);

        assertThat(rig.ledger.sweep()).containsExactly(new Notice(id, ""));
        assertThat(rig.ledger.sweep()).isEmpty();
    }

    @Test
    void workerMayNotHoldAJobForEver() {
        rig.config.longest = Duration.ofMillis(50);
        try {
            String id = rig.job();
            Claim stuck = rig.claim(id);
            LedgerRig.soon(() -> rig.ledger.renew(List.of(stuck)).isEmpty());
            rig.sweepUntilLost(id);
            assertThat(rig.claim(id).isGiven()).isTrue();
        } finally {
            rig.config.longest = Duration.ofMinutes(1);
        }
    }

    @Test
    void outageOfEverybodyCountsAsNobodysCrash() {
        String id = rig.job();
        Claim claim = rig.claim(id);
        // As if nobody could sweep, and so renew, for longer than the lease.
        rig.redis.client().commands().zadd("pado:jobs:running", 1, id);
        rig.redis.client().commands().hset("pado:jobs:sweeps", "last", "1");

        assertThat(rig.ledger.sweep()).isEmpty();
        assertThat(rig.ledger.renew(List.of(claim))).containsExactly(claim);
        assertThat(rig.field(id, "crashes")).isEqualTo("0");
    }

    @Test
    void workerOfBeforeRedisLostItsDataIsLate() {
        String id = rig.job();
        Claim before = rig.claim(id);
        rig.empty();

        assertThat(rig.ledger.renew(List.of(before))).isEmpty();
        assertThat(rig.ledger.complete(before).isLate()).isTrue();
        assertThat(rig.ledger.add(id, "test", "", "{}").isNew()).isTrue();
        Claim after = rig.claim(id);
        assertThat(after.fence()).isGreaterThan(before.fence());
        assertThat(rig.ledger.complete(before).isLate()).isTrue();
        assertThat(rig.ledger.complete(after).state()).isEqualTo("done");
    }

    @Test
    void queueThatIsFullTakesNothingMore() {
        rig.config.most = 1;
        try {
            rig.job();
            assertThat(rig.ledger.add("too-many", "test", "", "{}").isFull()).isTrue();
            assertThat(rig.state("too-many")).isNull();
        } finally {
            rig.config.most = 1_000;
        }
    }

    @Test
    void unfinishedJobThatIsTooOldIsDeadAndOldDeadOnesAreForgotten() {
        String id = rig.job();
        rig.redis.client().commands().hset("pado:job:" + id, "added", "1");
        rig.redis.client().commands().zadd("pado:jobs:waiting", 1, id);
        assertThat(rig.ledger.sweep()).isEmpty();
        assertThat(rig.state(id)).isEqualTo("dead");

        rig.redis.client().commands().zadd("pado:jobs:dead", 1, id);
        rig.ledger.sweep();
        assertThat(rig.redis.client().commands().exists("pado:job:" + id)).isFalse();
        assertThat(rig.ledger.dead(10)).isEmpty();
    }

    @Test
    void onlySoManyDeadJobsAreKept() {
        rig.config.mostDead = 2;
        try {
            String oldest = dead("");
            String older = dead("");
            String newest = dead("");
            rig.ledger.sweep();
            assertThat(rig.ledger.dead(10)).extracting(DeadJob::id).containsExactly(newest, older);
            assertThat(rig.state(oldest)).isNull();
        } finally {
            rig.config.mostDead = 100;
        }
    }

    @Test
    void waitingKeyThatIsNoJobHoldsUpNoSweep() {
        String strange = strange();
        String other = rig.job();
        rig.redis.client().commands().zadd("pado:jobs:waiting", 1, strange);
        rig.redis.client().commands().zadd("pado:jobs:waiting", 2, other);

        assertThat(rig.ledger.sweep()).containsExactly(new Notice(other, ""));
        assertThat(rig.ledger.counts()).isEqualTo(new QueueCounts(1, 0, 0));
        assertThat(rig.claim(strange).refusal()).isEqualTo("unknown");
    }

    @Test
    void runningKeyThatIsNoJobHoldsUpNeitherRenewalsNorSweeps() {
        Claim lost = rig.claim(rig.job());
        Claim other = rig.claim(rig.job());
        rig.redis.client().commands().set("pado:job:" + lost.id(), "x");
        rig.redis.client().commands().zadd("pado:jobs:running", 1, lost.id());

        assertThat(rig.ledger.renew(List.of(lost, other))).containsExactly(other);
        assertThat(rig.ledger.sweep()).isEmpty();
        assertThat(rig.ledger.counts()).isEqualTo(new QueueCounts(0, 1, 0));
        assertThat(rig.ledger.complete(lost).isLate()).isTrue();
        assertThat(rig.ledger.complete(other).state()).isEqualTo("done");
    }

    @Test
    void deadKeyThatIsNoJobHidesNoOtherDeadJob() {
        String other = dead("");
        String strange = dead("");
        rig.redis.client().commands().set("pado:job:" + strange, "x");

        assertThat(rig.ledger.dead(10)).extracting(DeadJob::id).containsExactly(other);
        assertThat(rig.ledger.retry(strange)).isEmpty();
        assertThat(rig.ledger.drop(strange)).isFalse();
    }

    @Test
    void sweepsGoOnWhenWhatTheyRememberIsSomethingElse() {
        String id = rig.job();
        rig.redis.client().commands().set("pado:jobs:sweeps", "x");
        rig.redis.client().commands().zadd("pado:jobs:waiting", 1, id);

        assertThat(rig.ledger.sweep()).containsExactly(new Notice(id, ""));
    }

    private String strange() {
        String id = rig.job();
        rig.redis.client().commands().set("pado:job:" + id, "x");
        return id;
    }

    private String dead(String group) {
        String id = rig.jobOf(group);
        for (int i = 0; i < 3; i++) {
            rig.ledger.fail(rig.claimSoon(id), "always");
        }
        return id;
    }
}
