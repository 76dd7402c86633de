package io.pado.platform.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.model.Heard;
import io.pado.platform.model.ModelCall;
import io.pado.platform.model.ModelOutcome;
import io.pado.platform.model.ModelOutcome.Kind;
import io.pado.platform.model.Rig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"no-headers", "no-first-byte", "endless", "stall-in-the-middle", "pings-only"})
    void connectionIsClosedAtOnceWhateverTheModelDoes(String fault) throws Exception {
        ModelCall call = start(fault);
        FaultServer.Visit visit = server.visit(fault);
        assertThat(visit.arrived.await(10, TimeUnit.SECONDS)).isTrue();
        if (fault.equals("endless") || fault.equals("stall-in-the-middle")) {
            assertThat(heard.begun.await(10, TimeUnit.SECONDS)).isTrue();
        } else if (!fault.equals("no-headers")) {
            assertThat(visit.streaming.await(10, TimeUnit.SECONDS)).isTrue();
        }

        long stopped = System.nanoTime();
        call.stop();
        call.stop();

        assertThat(heard.end().kind()).isEqualTo(Kind.STOPPED);
        assertThat(visit.closed.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.ofNanos(visit.closedAt - stopped)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void callThatIsStillConnectingIsStopped() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            ModelCall call = rig.model("http://127.0.0.1:" + full.getLocalPort() + "/v1", Rig.PATIENT).start(Rig.QUESTION, heard);

            call.stop();

            assertThat(heard.end().kind()).isEqualTo(Kind.STOPPED);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
    }

    @Test
    void callThatWaitsForItsRetryIsStoppedAndAsksNoMore() throws Exception {
        ModelCall call = start("503-then-ok");
        assertThat(server.visit("503-then-ok").arrived.await(10, TimeUnit.SECONDS)).isTrue();

        call.stop();

        assertThat(heard.end().kind()).isEqualTo(Kind.STOPPED);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1_300)); // the pause would be over
        assertThat(server.visit("503-then-ok").requests).hasValue(1);
    }

    @Test
    void stopAfterTheEndChangesNothingAndLeavesTheConnectionToOthers() throws Exception {
        ModelCall call = start("ok");
        assertThat(heard.end().kind()).isEqualTo(Kind.COMPLETED);

        call.stop();

        heard.isRight();
        for (int i = 0; i < 50; i++) {
            Heard next = new Heard();
            ModelCall used = rig.model(server.url("ok"), Rig.LIMITS).start(Rig.QUESTION, next);
            assertThat(next.end().kind()).isEqualTo(Kind.COMPLETED);
            used.stop();
        }
    }

    @Test
    void stopAtAnyMomentOfAnAnswerGivesOneEnd() throws Exception {
        for (int i = 0; i < 150; i++) {
            Heard one = new Heard();
            ModelCall call = rig.model(server.url("ok"), Rig.PATIENT).start(Rig.QUESTION, one);
            LockSupport.parkNanos(i * 20_000L);

            call.stop();

            ModelOutcome outcome = one.end();
            assertThat(outcome.kind()).isIn(Kind.STOPPED, Kind.COMPLETED);
            assertThat(FaultServer.TEXT).startsWith(one.text());
            assertThat(outcome.kind() == Kind.COMPLETED).as(one.text()).isEqualTo(outcome.finishReason().isPresent());
        }
    }

    private ModelCall start(String fault) {
        return rig.model(server.url(fault), Rig.PATIENT).start(Rig.QUESTION, heard);
    }
}
