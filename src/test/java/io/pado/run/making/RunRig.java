package io.pado.run.making;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.redis.TestRedis;
import io.pado.realtime.Publication;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.EventLog.StateStep;
import io.pado.realtime.policy.History;
import io.pado.realtime.redis.RedisEventLog;
import io.pado.run.RunRequest;
import io.pado.run.RunTopics;
import io.pado.run.WhenBusy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The store of runs on real Redis, which is empty before each test; and runs of a kind that keeps nothing. */
abstract class RunRig {

    static TestRedis redis;
    static RunStore store;
    static EventLog log;

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        store = new RunStore(redis.client());
        log = new RedisEventLog(redis.client());
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.client().commands().flushAll();
    }

    static RunRequest request(String room, WhenBusy busy) {
        return new RunRequest(UUID.randomUUID().toString(), "test", "user:1", "", room, busy, "content", "", Set.of());
    }

    static Run run(RunRequest request) {
        return new Run(request, UUID.randomUUID().toString(), () -> { }, run -> run.end(List.of()));
    }

    static Run opened(String room, WhenBusy busy) {
        Run run = run(request(room, busy));
        assertThat(store.open(run.request(), run.fence(), 0, 0)).isEqualTo("opened");
        return run;
    }

    static EventLog.Entry entry(Publication publication) {
        return new EventLog.Entry(publication, History.DEFAULT);
    }

    static void take(Run run) {
        List<StateStep> steps = run.steps(RunRig::entry);
        run.taken(!log.take(steps).contains(false));
    }

    static List<String> told(Run run) {
        return log.read(Map.of(RunTopics.of(run.id()), 0L), 100).events().stream().map(event -> event.type()).toList();
    }
}
