package io.pado.platform.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.problem.ProblemException;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class PassingTest {

    @Test
    void storeThatIsAwayIsNobodysFault() {
        assertThat(Passing.is(new JedisConnectionException("no answer"))).isTrue();
        assertThat(Passing.is(new JedisDataException("OOM command not allowed"))).isTrue();
        assertThat(Passing.is(new JedisDataException("NOPERM User pado has no permissions"))).isTrue();
        assertThat(Passing.is(new JedisDataException("ERR The user executing the script can't run this command or subcommand"))).isTrue();
        assertThat(Passing.is(ProblemException.unavailable("later"))).isTrue();
        assertThat(Passing.is(new IllegalStateException(new JobPostponed("later")))).isTrue();
    }

    @Test
    void whatIsWrongNextTimeTooIsTheJobsFault() {
        assertThat(Passing.is(new JedisDataException("WRONGTYPE Operation against a key"))).isFalse();
        assertThat(Passing.is(ProblemException.badRequest("x", "y"))).isFalse();
        assertThat(Passing.is(new IllegalArgumentException("x"))).isFalse();
    }
}
