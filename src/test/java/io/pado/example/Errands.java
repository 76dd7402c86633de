package io.pado.example;

import io.pado.platform.problem.ProblemException;
import io.pado.platform.queue.Job;
import io.pado.platform.queue.JobHandler;
import io.pado.platform.redis.Redis;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An example of a feature's work. A job's body says what happens: {@code "note"} nothing; {@code "hold"} the first attempt does not end by itself;
 * {@code "fail"} each attempt fails; {@code "away"} the first attempts find a store away. All of it is noted in Redis: what, id, attempt, process.
 */
@ApplicationScoped
public class Errands implements JobHandler {

    static final String KIND = "errand";

    @Inject
    private Redis redis;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void work(Job job) throws Exception {
        note("begun", job);
        job.onLost(() -> note("lost", job));
        switch (job.body()) {
            case "\"hold\"" -> hold(job);
            case "\"fail\"" -> throw new IllegalArgumentException("asked to fail");
            case "\"away\"" -> findAStoreAway(job);
            default -> note("worked", job);
        }
    }

    private void hold(Job job) throws InterruptedException {
        if (job.attempt() == 1) {
            new CountDownLatch(1).await(60, TimeUnit.SECONDS);
        }
        note("worked", job);
    }

    private void findAStoreAway(Job job) {
        if (job.attempt() < 2) {
            throw ProblemException.unavailable("Not now.");
        }
        note("worked", job);
    }

    private void note(String what, Job job) {
        redis.commands().rpush("test:errands", String.join(" ", what, job.id(), Integer.toString(job.attempt()), Long.toString(ProcessHandle.current().pid())));
    }
}
