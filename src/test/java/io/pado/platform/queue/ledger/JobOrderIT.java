package io.pado.platform.queue.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol;

/** Jobs of one group are done one after the other; and calls whose answers were lost may be repeated. */
@ExtendWith(OneLedger.class)
class JobOrderIT {

    private final LedgerRig rig;

    JobOrderIT(LedgerRig rig) {
        this.rig = rig;
    }

    @BeforeEach
    void empty() {
        rig.empty();
    }

    @Test
    void laterJobOfAGroupWaitsForTheEarlierOne() {
        assertThat(rig.ledger.add("a", "test", "room", "{}")).isEqualTo(new Added(true, true, false));
        assertThat(rig.ledger.add("b", "test", "room", "{}")).isEqualTo(new Added(true, false, false));
        assertThat(rig.ledger.add("c", "test", "room", "{}")).isEqualTo(new Added(true, false, false));
        assertThat(rig.ledger.add("x", "test", "other", "{}").isNext()).isTrue();

        assertThat(rig.claim("b").refusal()).isEqualTo("behind");
        Claim a = rig.claim("a");
        assertThat(rig.claim("b").refusal()).isEqualTo("behind");
        assertThat(rig.claim("x").isGiven()).isTrue();
        assertThat(rig.ledger.complete(a)).isEqualTo(new Ending("done", Optional.of(new Notice("b", "room"))));
        assertThat(rig.claim("c").refusal()).isEqualTo("behind");
        assertThat(rig.ledger.complete(rig.claim("b")).next()).contains(new Notice("c", "room"));
        assertThat(rig.ledger.complete(rig.claim("c")).next()).isEmpty();
        assertThat(rig.redis.client().commands().exists("pado:jobs:group:room")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"waiting", "running", "dead"})
    void listOfAllJobsThatIsSomethingElseIsFoundAgain(String list) {
        String dead = dead();
        rig.ledger.add("a", "test", "room", "{}");
        rig.ledger.add("b", "test", "room", "{}");
        Claim a = rig.claim("a");
        QueueCounts before = rig.ledger.counts();
        rig.redis.client().commands().del("pado:jobs:" + list);
        rig.redis.client().commands().set("pado:jobs:" + list, "x");

        assertThat(rig.ledger.renew(List.of(a))).containsExactly(a);
        assertThat(rig.ledger.counts()).isEqualTo(before).isEqualTo(new QueueCounts(1, 1, 1));
        assertThat(rig.ledger.complete(a).next()).contains(new Notice("b", "room"));
        assertThat(rig.ledger.complete(rig.claim("b")).state()).isEqualTo("done");
        assertThat(rig.ledger.dead(10)).extracting(DeadJob::id).containsExactly(dead);
    }

    /** It is a dangerous command, which a careful administrator takes away. */
    @Test
    void listsOfAllJobsAreFoundAgainWithoutTheCommandKeysOrLater() {
        rig.ledger.add("a", "test", "", "{}");
        rig.redis.client().commands().del("pado:jobs:waiting");
        rig.redis.client().commands().set("pado:jobs:waiting", "x");
        acl("-hmget");
        try {
            assertThatThrownBy(rig.ledger::sweep).isInstanceOf(RuntimeException.class);
        } finally {
            acl("+@all");
        }
        acl("-keys");
        try {
            assertThat(rig.ledger.sweep()).containsExactly(new Notice("a", ""));
        } finally {
            acl("+@all");
        }
    }

    private void acl(String rule) {
        rig.redis.client().commands().sendCommand(Protocol.Command.ACL, "SETUSER", "default", rule);
    }

    private String dead() {
        String id = rig.job();
        for (int i = 0; i < 3; i++) {
            rig.ledger.fail(rig.claimSoon(id), "fails");
        }
        return id;
    }

    @Test
    void failedOrReleasedJobKeepsItsPlaceAndADeadOneLeavesIt() {
        rig.ledger.add("a", "test", "room", "{}");
        rig.ledger.add("b", "test", "room", "{}");
        assertThat(rig.ledger.release(rig.claim("a"), "stopped", LedgerRig.NOW).next()).isEmpty();
        for (int i = 0; i < 2; i++) {
            assertThat(rig.ledger.fail(rig.claimSoon("a"), "fails").next()).isEmpty();
            assertThat(rig.claim("b").refusal()).isEqualTo("behind");
        }

        assertThat(rig.ledger.fail(rig.claimSoon("a"), "fails")).isEqualTo(new Ending("dead", Optional.of(new Notice("b", "room"))));
        assertThat(rig.ledger.retry("a")).contains(Optional.empty());
        assertThat(rig.claim("a").refusal()).isEqualTo("behind");
        assertThat(rig.ledger.complete(rig.claim("b")).next()).contains(new Notice("a", "room"));
        assertThat(rig.claim("a").isGiven()).isTrue();
    }

    @Test
    void nextJobIsSentByTheSweepIfItsPredecessorsWorkerCouldNotSendIt() {
        rig.ledger.add("a", "test", "room", "{}");
        rig.ledger.add("b", "test", "room", "{}");
        rig.ledger.complete(rig.claim("a"));

        assertThat(rig.sweepUntil(() -> Integer.parseInt(rig.field("b", "sends")) > 0)).containsExactly("b");
    }

    @Test
    void predecessorThatGotLostHoldsUpNobody() {
        rig.ledger.add("a", "test", "room", "{}");
        rig.ledger.add("b", "test", "room", "{}");
        rig.redis.client().commands().del("pado:job:a");

        assertThat(rig.claim("b").isGiven()).isTrue();
    }

    @Test
    void predecessorThatIsNoJobHoldsUpNobody() {
        rig.ledger.add("a", "test", "room", "{}");
        rig.ledger.add("b", "test", "room", "{}");
        rig.redis.client().commands().set("pado:job:a", "x");

        assertThat(rig.claim("b").isGiven()).isTrue();
    }

    @Test
    void listThatIsSomethingElseBeginsAnewBehindTheJobThatRuns() {
        for (String id : List.of("a", "b", "c")) {
            rig.ledger.add(id, "test", "room", "{}");
            rig.redis.client().commands().zadd("pado:jobs:waiting", 1, id);
        }
        rig.ledger.add("x", "test", "other", "{}");
        rig.redis.client().commands().zadd("pado:jobs:waiting", 1, "x");
        Claim a = rig.claim("a");
        rig.redis.client().commands().set("pado:jobs:group:room", "x");

        assertThat(rig.ledger.sweep()).containsExactly(new Notice("x", "other"));
        assertThat(rig.redis.client().commands().lrange("pado:jobs:group:room", 0, -1)).containsExactly("a", "b", "c");
        assertThat(rig.ledger.complete(a).next()).contains(new Notice("b", "room"));
    }

    @Test
    void jobEndsAndAnotherIsAddedWhereTheListIsSomethingElse() {
        rig.ledger.add("a", "test", "room", "{}");
        Claim a = rig.claim("a");
        rig.redis.client().commands().set("pado:jobs:group:room", "x");
        assertThat(rig.ledger.complete(a)).isEqualTo(new Ending("done", Optional.empty()));

        rig.redis.client().commands().set("pado:jobs:group:room", "x");
        assertThat(rig.ledger.add("b", "test", "room", "{}")).isEqualTo(new Added(true, true, false));
        assertThat(rig.claim("b").isGiven()).isTrue();
    }

    @Test
    void addedAgainItKeepsItsPlace() {
        rig.ledger.add("a", "test", "room", "{}");
        rig.ledger.add("b", "test", "room", "{}");
        assertThat(rig.ledger.add("a", "test", "room", "{\"other\":1}")).isEqualTo(new Added(false, true, false));
        assertThat(rig.ledger.add("b", "test", "room", "{}")).isEqualTo(new Added(false, false, false));

        assertThat(rig.claim("a").body()).isEqualTo("{}");
        assertThat(rig.redis.client().commands().llen("pado:jobs:group:room")).isEqualTo(2);
    }

    @Test
    void claimAskedTwiceForOneAttemptIsTheSame() {
        String id = rig.job();
        Claim claim = rig.ledger.claim(id, "attempt-1");

        assertThat(rig.ledger.claim(id, "attempt-1")).returns(claim.fence(), Claim::fence).returns(1, Claim::attempt);
        assertThat(rig.ledger.claim(id, "attempt-2").refusal()).isEqualTo("running");
    }

    @Test
    void endsAskedTwiceCountOnce() {
        String done = rig.job();
        Claim claim = rig.claim(done);
        assertThat(rig.ledger.complete(claim).state()).isEqualTo("done");
        assertThat(rig.ledger.complete(claim).state()).isEqualTo("done");
        assertThat(rig.ledger.fail(claim, "no").isLate()).isTrue();

        String failing = rig.job();
        Claim failed = rig.claim(failing);
        assertThat(List.of(rig.ledger.fail(failed, "x").state(), rig.ledger.fail(failed, "x").state())).containsOnly("waiting");
        assertThat(rig.field(failing, "failures")).isEqualTo("1");

        String given = rig.job();
        Claim released = rig.claim(given);
        rig.ledger.release(released, "stopped", LedgerRig.NOW);
        assertThat(rig.ledger.release(released, "stopped", LedgerRig.NOW).state()).isEqualTo("waiting");
        rig.claim(given);
        assertThat(rig.ledger.release(released, "stopped", LedgerRig.NOW).isLate()).isTrue();
    }
}
