package io.pado.realtime.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final int PEERS = 40;

    private final Queue<Runnable> left = new ConcurrentLinkedQueue<>();
    private final Turns turns = new Turns(left::add);
    private final CountDownLatch store = new CountDownLatch(1);
    private final ExecutorService server = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        store.countDown();
        server.shutdownNow();
    }

    @Test
    void peersWhoseCommandsWaitHoldFewThreadsOfTheServer() {
        List<Peer> peers = new ArrayList<>();
        List<CompletableFuture<Void>> calls = new ArrayList<>();
        for (int i = 0; i < PEERS; i++) {
            Peer peer = new Peer(this::waitForStore);
            peers.add(peer);
            calls.add(CompletableFuture.runAsync(() -> peer.sends("a"), server));
        }

        await().until(() -> calls.stream().filter(CompletableFuture::isDone).count() == PEERS - Turns.MOST);
        assertThat(left).hasSize(PEERS - Turns.MOST);

        store.countDown();
        calls.forEach(CompletableFuture::join);
        runHearers();
        assertThat(peers).allMatch(peer -> String.join("", peer.heard).equals("a"));
    }

    @Test
    void nobodyIsLeftToHearersWhenThereAreTurns() {
        Peer peer = new Peer(() -> { });
        for (int i = 0; i < 2 * Turns.MOST; i++) {
            peer.sends("a");
        }

        assertThat(peer.heard).hasSize(2 * Turns.MOST);
        assertThat(left).isEmpty();
    }

    @Test
    void whatAPeerSaysIsHeardInItsOrderAPortionAtATime() {
        takeAllTurns();
        Peer one = new Peer(TurnsTest::takeSomeTime);
        Peer other = new Peer(() -> { });
        String much = "0123456789".repeat(200);
        one.sends(much);
        other.sends("b");
        turns.end();
        one.sends("c");
        assertThat(one.heard).isEmpty();

        left.remove().run();
        assertThat(one.heard).hasSize(1);
        left.remove().run();
        assertThat(other.heard).as("its turn comes before the rest of the other").containsExactly("b");
        runHearers();
        assertThat(one.heard).hasSizeGreaterThan(3);
        assertThat(String.join("", one.heard)).isEqualTo(much + "c");
        one.sends("d");
        assertThat(one.heard).endsWith("d");
        assertThat(left).isEmpty();
    }

    @Test
    void peerThatSaysMoreThanMayWaitIsTold() {
        takeAllTurns();
        Peer peer = new Peer(() -> { });
        String part = "x".repeat(4_096);
        int parts = 0;
        for (; peer.overruns.get() == 0; parts++) {
            peer.sends(part);
        }

        assertThat(parts * part.length()).isBetween(Turns.MOST_OF_ONE / 2, Turns.MOST_OF_ONE + part.length());
        runHearers();
        assertThat(peer.heard).as("what waited is not heard in part").isEmpty();
    }

    @Test
    void peersOfOneAddressMayNotTakeWhatIsForAll() {
        takeAllTurns();
        int parts = 100;
        String part = "x".repeat(4_096);
        List<Peer> crowd = new ArrayList<>();
        do {
            Peer next = new Peer(() -> { }, "192.0.2.1");
            crowd.add(next);
            for (int i = 0; i < parts && next.overruns.get() == 0; i++) {
                next.sends(part);
            }
        } while (crowd.get(crowd.size() - 1).overruns.get() == 0);
        Peer other = new Peer(() -> { }, "192.0.2.2");
        other.sends(part);

        assertThat((long) crowd.size() * parts * part.length()).isBetween(Turns.MOST_OF_ADDRESS / 2, Turns.MOST_OF_ADDRESS * 2);
        assertThat(other.overruns).hasValue(0);
        runHearers();
        assertThat(String.join("", other.heard)).isEqualTo(part);
        assertThat(crowd.stream().filter(peer -> peer.overruns.get() > 0)).as("who added, and no other").hasSize(1);
        assertThat(String.join("", crowd.get(0).heard)).hasSize(parts * part.length());
    }

    @Test
    void partsOfALongMessageNeedFewRounds() {
        takeAllTurns();
        Peer peer = new Peer(() -> { });
        int portions = 0;
        for (int i = 0; i < 75; i++) {
            peer.sends("x".repeat(4_096));
            portions += 8;
        }

        assertThat(peer.connection.isHeard()).isFalse();
        assertThat(runHearers()).isLessThan(portions);
        assertThat(peer.heard).hasSize(portions);
        assertThat(peer.connection.isHeard()).isTrue();
    }

    @Test
    void whatAPeerSaidBeforeItWentIsHeard() throws IOException {
        takeAllTurns();
        Peer peer = new Peer(() -> { });
        peer.sends("abc");
        peer.connection.onAllDataRead();
        assertThat(peer.ends).hasValue(0);
        assertThat(peer.connection.write(List.of(), frame -> frame, () -> { })).as("nobody gets the answer").isTrue();

        runHearers();
        assertThat(peer.heard).containsExactly("abc");
        assertThat(peer.ends).hasValue(1);
    }

    @Test
    void whatAPeerSaidIsNotHeardOnceTheServerHasClosed() {
        takeAllTurns();
        Peer peer = new Peer(() -> { });
        Peer gone = new Peer(() -> { });
        peer.sends("abc");
        gone.sends("abc");
        gone.connection.onAllDataRead();
        peer.connection.close(new byte[0]);
        gone.connection.close(new byte[0]);

        assertThat(peer.ends).hasValue(1);
        assertThat(gone.ends).hasValue(1);
    }

    @Test
    void peerThatSaysSomethingAllTheTimeHasATurnNowAndThen() {
        Peer peer = new Peer(() -> { });
        for (int i = 0; i < 40; i++) {
            peer.sent.add(new byte[] {'a'});
        }
        peer.sends("b");
        assertThat(peer.heard).hasSize(16);
        assertThat(peer.looks).as("it ends after a read, not after a look").isEqualTo(16);

        while (!peer.sent.isEmpty()) {
            peer.isCalled();
        }
        assertThat(String.join("", peer.heard)).isEqualTo("a".repeat(40) + "b");
    }

    private void takeAllTurns() {
        for (int i = 0; i < Turns.MOST; i++) {
            assertThat(turns.begin()).isTrue();
        }
        assertThat(turns.begin()).isFalse();
    }

    private int runHearers() {
        int rounds = 0;
        for (Runnable task = left.poll(); task != null; task = left.poll()) {
            task.run();
            rounds++;
        }
        return rounds;
    }

    /** More than a turn. */
    private static void takeSomeTime() {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < 2_000_000) {
            Thread.onSpinWait();
        }
    }

    private void waitForStore() {
        try {
            store.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** A peer, its connection, and what the container gives for it. */
    private final class Peer extends ServletInputStream implements WebConnection, BareConnection.Listener {

        private final Queue<String> heard = new ConcurrentLinkedQueue<>();
        private final AtomicInteger overruns = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private final Queue<byte[]> sent = new ArrayDeque<>();
        private int looks;
        private final Runnable command;
        private final BareConnection connection = new BareConnection();

        Peer(Runnable command) {
            this(command, "192.0.2.0");
        }

        Peer(Runnable command, String address) {
            this.command = command;
            connection.isOf(address);
            connection.prepare(this, new SlowPeers(), new Carriers() {

                @Override
                public boolean hearsWithOneThread() {
                    return false;
                }

                @Override
                public Turns turns() {
                    return turns;
                }
            });
            connection.init(this);
        }

        /** At most as much as is read at once. */
        void sends(String text) {
            sent.add(text.getBytes(StandardCharsets.US_ASCII));
            isCalled();
        }

        private void isCalled() {
            try {
                connection.onDataAvailable();
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }

        @Override
        public boolean received(byte[] bytes, int count) {
            command.run();
            heard.add(new String(bytes, 0, count, StandardCharsets.US_ASCII));
            return true;
        }

        @Override
        public void overrun() {
            overruns.incrementAndGet();
        }

        @Override
        public void opened() {
            assertThat(heard).isEmpty();
        }

        @Override
        public void gone() {
            ends.incrementAndGet();
        }

        @Override
        public int read(byte[] into) {
            byte[] next = sent.remove();
            System.arraycopy(next, 0, into, 0, next.length);
            return next.length;
        }

        @Override
        public int read() {
            throw new AssertionError("not byte by byte");
        }

        @Override
        public boolean isReady() {
            looks++;
            return !sent.isEmpty();
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            assertThat(listener).isSameAs(connection);
        }

        @Override
        public ServletInputStream getInputStream() {
            return this;
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {

                @Override
                public void write(int each) {
                    throw new AssertionError("nothing is written");
                }

                @Override
                public boolean isReady() {
                    return true;
                }

                @Override
                public void setWriteListener(WriteListener listener) {
                    throw new AssertionError("nothing is written");
                }
            };
        }

        @Override
        public void close() {
            if (ends.get() == 0) {
                connection.destroy();
            }
        }
    }
}
