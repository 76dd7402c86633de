package io.pado.platform.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.model.ModelOutcome.Kind;
import io.pado.platform.model.openai.FaultServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ListenerQueueTest {

    private final Rig rig = new Rig();
    private FaultServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new FaultServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        rig.close();
    }

    @Test
    void listenerThatThrowsEndsTheCallWhichIsLoggedAndTold() throws Exception {
        CompletableFuture<ModelOutcome> ended = new CompletableFuture<>();
        List<String> heard = new ArrayList<>();
        try (Log log = Log.start()) {
            rig.model(server.url("endless"), Rig.PATIENT).start(Rig.QUESTION, new ModelListener() {
                @Override
                public void text(String piece) {
                    heard.add(piece);
                    throw new IllegalStateException("no more of that");
                }

                @Override
                public void ended(ModelOutcome outcome) {
                    ended.complete(outcome);
                }
            });

            ModelOutcome outcome = ended.get(10, TimeUnit.SECONDS);

            assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
            assertThat(outcome.failure()).get().extracting(ModelFailure::code).isEqualTo(ModelFailure.INTERNAL);
            assertThat(heard).hasSize(1);
            assertThat(log.text()).contains("no more of that");
        }
        assertThat(server.visit("endless").closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void listenerThatIsSlowHoldsNobodyAndHearsTheRestInOnePiece() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Heard heard = new Heard();
        List<String> pieces = new ArrayList<>();
        ListenerQueue queue = new ListenerQueue(new ModelListener() {
            @Override
            public void text(String piece) {
                await(goOn);
                pieces.add(piece);
                heard.text(piece);
            }

            @Override
            public void ended(ModelOutcome outcome) {
                heard.ended(outcome);
            }
        }, rig.threads, () -> { });

        queue.text("a");
        for (int i = 0; i < 1_000; i++) {
            queue.text("b");
        }
        queue.end(outcome(Kind.COMPLETED));
        queue.end(outcome(Kind.STOPPED));
        queue.text("late");
        goOn.countDown();

        assertThat(heard.end().kind()).isEqualTo(Kind.COMPLETED);
        assertThat(heard.text()).isEqualTo("a" + "b".repeat(1_000));
        assertThat(pieces.size()).isLessThan(1_000);
    }

    private static ModelOutcome outcome(Kind kind) {
        return new ModelOutcome(kind, Optional.empty(), Optional.empty(), Optional.empty(),
                OptionalLong.empty(), "m");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }
}
