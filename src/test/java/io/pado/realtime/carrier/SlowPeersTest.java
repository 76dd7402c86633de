package io.pado.realtime.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowPeersTest {

    private static final int BUFFER = 16 * 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final SlowPeers slow = new SlowPeers();
    private final AtomicInteger threads = new AtomicInteger();
    private final List<SocketChannel> sockets = new ArrayList<>();
    private ServerSocketChannel server;

    @BeforeEach
    void listen() throws IOException {
        server = ServerSocketChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, BUFFER)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private void start(Duration timeout) throws IOException {
        slow.start(work -> {
            threads.incrementAndGet();
            return new Thread(work);
        }, timeout);
    }

    @AfterEach
    void stop() throws IOException {
        slow.stop();
        server.close();
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }

    @Test
    void restFollowsInOrderWhenThePeerReads() throws Exception {
        start(DEADLINE);
        Line line = new Line();
        ByteBuffer sent = numbers(2_000_000);
        line.write(sent.duplicate());

        ByteBuffer received = ByteBuffer.allocate(sent.remaining());
        while (received.hasRemaining()) {
            line.reader.read(received);
        }
        assertThat(received.flip()).isEqualTo(sent);
        assertThat(line.ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(line.givenUp).hasValue(0);
    }

    @Test
    void socketThatIsThroughCanComeAgain() throws Exception {
        start(DEADLINE);
        Line line = new Line();
        for (int i = 0; i < 20; i++) {
            line.ended = new CountDownLatch(1);
            line.write(numbers(500_000));
            ByteBuffer received = ByteBuffer.allocate(500_000);
            while (received.hasRemaining()) {
                line.reader.read(received);
            }
            assertThat(line.ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(line.givenUp).hasValue(0);
    }

    @Test
    void whoTakesNothingInTimeIsGivenUpOnceAndOthersGoOn() throws Exception {
        start(Duration.ofSeconds(1));
        Line stalled = new Line();
        stalled.write(numbers(2_000_000));
        Line reading = new Line();
        reading.write(numbers(20_000_000));
        ByteBuffer some = ByteBuffer.allocate(400_000);

        await().atMost(DEADLINE).pollInterval(Duration.ofMillis(50)).until(() -> {
            reading.reader.read(some.clear());
            return stalled.givenUp.get() > 0;
        });
        assertThat(reading.givenUp).hasValue(0);
        reading.reader.close();
        assertThat(reading.ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stalled.givenUp).hasValue(1);
    }

    @Test
    void whoTakesTheRestWhenItsTimeIsJustOverIsNotGivenUp() throws Exception {
        Duration timeout = Duration.ofMillis(1_200);
        start(timeout);
        Line late = new Line();
        AtomicInteger givenUp = new AtomicInteger();
        long begun = System.nanoTime();
        slow.await(late.writer, new SlowPeers.Peer() {

            @Override
            public long takeMore() {
                await().atMost(DEADLINE).until(() -> System.nanoTime() - begun > 2 * timeout.toNanos());
                return -1;
            }

            @Override
            public void giveUp() {
                givenUp.incrementAndGet();
            }
        });
        Line next = new Line();
        next.write(numbers(2_000_000));
        next.reader.close();

        assertThat(next.ended.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(givenUp).hasValue(0);
    }

    @Test
    void closedSocketIsGivenUpAtOnce() throws Exception {
        start(DEADLINE);
        Line line = new Line();
        line.writer.close();
        slow.await(line.writer, line);

        await().atMost(DEADLINE).until(() -> line.givenUp.get() == 1);
    }

    @Test
    void peerThatFailsIsGivenUpAndOthersGoOn() throws Exception {
        start(DEADLINE);
        Line failing = new Line();
        failing.faulty = true;
        failing.write(numbers(2_000_000));
        Line reading = new Line();
        reading.write(numbers(2_000_000));
        failing.reader.close();
        reading.reader.close();

        assertThat(reading.ended.await(5, TimeUnit.SECONDS)).isTrue();
        await().atMost(DEADLINE.dividedBy(2)).until(() -> failing.givenUp.get() == 1);
    }

    @Test
    void oneThreadWaitsForAll() throws Exception {
        start(DEADLINE);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add(new Line());
            lines.get(i).write(numbers(2_000_000));
        }
        for (Line line : lines) {
            line.reader.close();
        }

        for (Line line : lines) {
            assertThat(line.ended.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(threads).hasValue(1);
    }

    private static ByteBuffer numbers(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        while (buffer.remaining() >= Integer.BYTES) {
            buffer.putInt(buffer.position());
        }
        return buffer.flip();
    }

    /** A connection from a writer that never blocks to a reader with a small buffer. */
    private final class Line implements SlowPeers.Peer {

        private final SocketChannel reader;
        private final SocketChannel writer;
        private final AtomicInteger givenUp = new AtomicInteger();
        private volatile CountDownLatch ended = new CountDownLatch(1);
        private volatile ByteBuffer rest;
        private volatile boolean faulty;

        Line() throws IOException {
            reader = SocketChannel.open(server.getLocalAddress());
            writer = server.accept().setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
            writer.configureBlocking(false);
            sockets.addAll(List.of(reader, writer));
        }

        void write(ByteBuffer bytes) throws IOException {
            writer.write(bytes);
            assertThat(bytes.hasRemaining()).as("the peer does not take all at once").isTrue();
            rest = bytes;
            slow.await(writer, this);
        }

        @Override
        public long takeMore() {
            if (faulty) {
                throw new IllegalStateException("expected by the test");
            }
            try {
                long written = writer.write(rest);
                if (rest.hasRemaining()) {
                    return written;
                }
            } catch (IOException readerIsClosed) {
                rest = null;
            }
            ended.countDown();
            return -1;
        }

        @Override
        public void giveUp() {
            givenUp.incrementAndGet();
        }
    }
}
