package io.pado.platform.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.Backoff;
import io.pado.platform.Logged;
import org.junit.jupiter.api.Test;

class SendingTest {

    private final Sending sending = new Sending();

    @Test
    void refusalLastsUntilAMessageIsTakenAndIsToldTwice() {
        try (Logged logged = Logged.of(Backoff.class)) {
            sending.failed(new IllegalStateException("WRONGTYPE"));
            sending.failed(new IllegalStateException("NOPERM"));
            assertThat(sending.isRefused()).isTrue();
            assertThat(sending.refusal()).isEqualTo("NOPERM");
            assertThat(sending.restMillis()).isPositive();

            sending.succeeded();
            assertThat(sending.isRefused()).isFalse();
            assertThat(sending.restMillis()).isZero();
            assertThat(logged.lines()).containsExactly("WARNING Sending messages about jobs failed and will be tried again: A message was refused; WRONGTYPE",
                    "INFO Sending messages about jobs works again after 2 failures");
        }
    }
}
