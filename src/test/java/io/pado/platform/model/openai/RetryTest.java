package io.pado.platform.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.model.Heard;
import io.pado.platform.model.ModelFailure;
import io.pado.platform.model.ModelOutcome.Kind;
import io.pado.platform.model.Rig;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static Rig rig;
    private static FaultServer server;

    private final Heard heard = new Heard();

    @BeforeAll
    static void serve() throws Exception {
        rig = new Rig();
        server = new FaultServer();
        rig.warmUp(server);
    }

    @AfterAll
    static void close() throws IOException {
        rig.close();
        server.close();
    }

    @Test
    void refusedQuestionIsPutAgainWhenTheModelSaid() throws Exception {
        OpenAiModel model = rig.model(server.url("503-then-ok"), Rig.PATIENT);
        long asked = System.nanoTime();
        model.start(Rig.QUESTION, heard);

        assertThat(heard.end().kind()).isEqualTo(Kind.COMPLETED);
        assertThat(heard.text()).isEqualTo(FaultServer.TEXT);
        assertThat((System.nanoTime() - asked) / 1_000_000).isGreaterThanOrEqualTo(1_000);
        assertThat(heard.outcome.join().firstTextMillis().getAsLong()).isGreaterThanOrEqualTo(1_000);
        assertThat(model.state()).isEqualTo("answers");
    }

    @Test
    void questionIsPutAgainAfterBrokenConnections() throws Exception {
        start("reset-twice-then-ok");

        assertThat(heard.end().kind()).isEqualTo(Kind.COMPLETED);
        assertThat(heard.text()).isEqualTo(FaultServer.TEXT);
        assertThat(server.visit("reset-twice-then-ok").requests).hasValue(3);
    }

    @Test
    void retriesEnd() throws Exception {
        start("500");

        assertThat(heard.end().failure()).get().extracting(ModelFailure::code).isEqualTo(ModelFailure.UNAVAILABLE);
        assertThat(server.visit("500").requests).hasValue(1 + Rig.PATIENT.retries());
    }

    @Test
    void modelThatWantsToBeLeftAloneForLongIsNotAskedAgain() throws Exception {
        start("503-for-long");

        assertThat(heard.end().failure()).get().extracting(failure -> failure.retryAfterSeconds().getAsLong()).isEqualTo(3_600L);
        assertThat(server.visit("503-for-long").requests).hasValue(1);
    }

    @Test
    void nothingIsAskedAgainAfterTheFirstText() throws Exception {
        start("reset-after-10");

        assertThat(heard.end().failure()).get().extracting(ModelFailure::code).isEqualTo(ModelFailure.TRUNCATED);
        assertThat(server.visit("reset-after-10").requests).hasValue(1);
    }

    @Test
    void nothingIsAskedAgainThatCannotHelp() throws Exception {
        start("401");

        assertThat(heard.end().failure()).get().extracting(ModelFailure::retryable).isEqualTo(false);
        assertThat(server.visit("401").requests).hasValue(1);
    }

    private void start(String fault) {
        rig.model(server.url(fault), Rig.PATIENT).start(Rig.QUESTION, heard);
    }
}
