package io.pado.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

class RefusalTest {

    @ParameterizedTest
    @ValueSource(strings = {"WRONGTYPE Operation against a key holding the wrong kind of value script: 8c, on @user_script:10.",
            "ERR Error running script (call to f_8c): @user_script:10: WRONGTYPE Operation against a key holding the wrong kind of value",
            "NOPERM User pado has no permissions to run the 'zadd' command",
            "ERR The user executing the script can't run this command or subcommand script: 8c, on @user_script:1.",
            "ERR The user executing the script can't publish to the channel mentioned in the command script: 8c, on @user_script:1."})
    void whatOnlyAHandCanMendIsLasting(String answer) {
        assertThat(Refusal.of(new JedisDataException(answer))).get().returns(true, Refusal::isLasting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OOM command not allowed when used memory > 'maxmemory'.", "READONLY You can't write against a read only replica.",
            "LOADING Redis is loading the dataset in memory"})
    void whatPassesIsNot(String answer) {
        assertThat(Refusal.of(new JedisDataException(answer))).get().returns(false, Refusal::isLasting);
    }

    @Test
    void silenceIsNoRefusal() {
        assertThat(Refusal.of(new JedisConnectionException("no answer"))).isEmpty();
    }
}
