package io.pado.platform.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.queue.ledger.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobTest {

    private final Job job = new Job(new Claim("a", 7, "", "test", "room", "{}", 1, Duration.ZERO));
    private final List<String> told = new ArrayList<>();

    @Test
    void lossIsToldOnceAndInterruptsTheWorker() {
        job.onLost(() -> told.add("first"));
        assertThat(job.isLost()).isFalse();

        assertThat(job.lose()).isTrue();
        assertThat(job.lose()).isFalse();
        assertThat(job.isLost()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
        job.onLost(() -> told.add("late"));
        assertThat(told).containsExactly("first", "late");
    }

    @Test
    void oneListenerThatFailsKeepsNoOtherFromBeingTold() {
        job.onLost(() -> {
            throw new IllegalStateException("of the test");
        });
        job.onLost(() -> told.add("second"));

        job.lose();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).containsExactly("second");
    }

    @Test
    void workerThatIsThroughIsNotInterruptedAnyMore() {
        job.over();

        assertThat(job.lose()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
