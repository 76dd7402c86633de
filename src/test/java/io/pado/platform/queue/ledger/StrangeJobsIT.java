package io.pado.platform.queue.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;

/** Fields of jobs that hold something else than they should, by a foreign hand: they count as lost, and no other job is held up. */
@ExtendWith(OneLedger.class)
class StrangeJobsIT {

    private static final String JOB = "pado:job:";
    private static final String WAITING = "pado:jobs:waiting";
    private static final String RUNNING = "pado:jobs:running";
    private static final String SWEEPS = "pado:jobs:sweeps";

    private final LedgerRig rig;
    private final UnifiedJedis keys;

    StrangeJobsIT(LedgerRig rig) {
        this.rig = rig;
        this.keys = rig.redis.client().commands();
    }

    @BeforeEach
    void empty() {
        rig.empty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"attempts", "crashes", "failures", "sends", "pause", "fence", "longest"})
    void jobWithAFieldThatIsNoNumberIsSentAndDone(String field) {
        String strange = rig.jobOf("group");
        String other = rig.job();
        keys.hset(JOB + strange, field, "abc");
        keys.zadd(WAITING, 1, strange);
        keys.zadd(WAITING, 2, other);

        assertThat(rig.ledger.sweep()).containsExactly(new Notice(strange, "group"), new Notice(other, ""));
        Claim claim = rig.claim(strange);
        assertThat(claim).returns("", Claim::refusal).returns(1, Claim::attempt);
        assertThat(rig.ledger.renew(List.of(claim))).containsExactly(claim);
        assertThat(rig.ledger.complete(claim).state()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"attempts", "crashes", "failures", "sends", "pause", "longest", "added"})
    void runningJobWithAFieldThatIsNoNumberHoldsUpNoOther(String field) {
        rig.awaitCrashesCount();
        Claim strange = rig.claim(rig.job());
        Claim other = rig.claim(rig.job());
        keys.hset(JOB + strange.id(), field, "abc");

        assertThat(rig.ledger.renew(List.of(strange, other))).contains(other);
        keys.zadd(RUNNING, 1, strange.id());
        rig.sweepUntil(() -> {
            assertThat(rig.ledger.renew(List.of(other))).containsExactly(other);
            return !"running".equals(rig.state(strange.id()));
        });
        assertThat(rig.state(strange.id())).isEqualTo(field.equals("added") ? "dead" : "waiting");
        assertThat(rig.ledger.complete(other).state()).isEqualTo("done");
    }

    @Test
    void deadJobWithFieldsThatAreNoNumbersIsShownAndGetsItsAttemptsAgain() {
        String id = rig.job();
        keys.hset(JOB + id, Map.of("added", "abc", "attempts", "abc", "failures", "abc", "crashes", "abc"));
        keys.zadd(WAITING, 1, id);
        assertThat(rig.ledger.sweep()).isEmpty();

        assertThat(rig.ledger.dead(10)).singleElement().returns(id, DeadJob::id).returns(0, DeadJob::attempts);
        assertThat(rig.ledger.retry(id)).contains(Optional.of(new Notice(id, "")));
        assertThat(rig.ledger.complete(rig.claim(id)).state()).isEqualTo("done");
    }

    @Test
    void jobWithoutMostOfItsFieldsHoldsUpNoSweep() {
        String other = rig.job();
        keys.hset(JOB + "bare", Map.of("state", "waiting", "added", Long.toString(rig.now())));
        keys.zadd(WAITING, 1, "bare");
        keys.zadd(WAITING, 2, other);

        assertThat(rig.ledger.sweep()).containsExactly(new Notice("bare", ""), new Notice(other, ""));
        Claim claim = rig.claim("bare");
        assertThat(claim).returns("", Claim::kind).returns("", Claim::group).returns("", Claim::body);
        assertThat(rig.ledger.complete(claim).state()).isEqualTo("done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "9000000000000000", ""})
    void sweepsGoOnWhateverTheyRemember(String time) {
        String id = rig.job();
        keys.hset(SWEEPS, Map.of("last", time, "quiet", time));
        keys.zadd(WAITING, 1, id);

        assertThat(rig.ledger.sweep()).containsExactly(new Notice(id, ""));
        rig.awaitCrashesCount();
        Claim claim = rig.claim(id);
        rig.sweepUntilLost(claim.id());
        assertThat(rig.state(id)).isEqualTo("waiting");
    }
}
