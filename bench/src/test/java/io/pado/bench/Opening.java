package io.pado.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Opens a number of readers: at most so many per second and so many handshakes under way. Done when each of them is
 * open or has failed. Belongs to the loop's thread.
 */
final class Opening {
    private static final int READERS_PER_SOURCE = 20_000;
    private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(15);
    /** Looking through all of them costs too much to be done each time. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How fast to open. {@code perSecond}: handshakes begun per second; {@code underWay}: not yet open ones. */
    record Pace(int perSecond, int underWay) {
        /** No more than the limit of {@code underWay}. */
        static Pace asFastAsItGoes(int underWay) {
            return new Pace(1_000_000, underWay);
        }
    }

    /** How it went: seconds from the first connect until the last one was open, p99 of one handshake in ms. */
    record Outcome(int asked, int opened, int failed, double seconds, double p99Millis, String firstFailure) {
    }

    private final Crowd crowd;
    private final Loop loop;
    private final Endpoint endpoint;
    private final Pace pace;
    private final int count;
    private final int receiveBytes;
    private final long startedNanos = System.nanoTime();
    private final Histogram handshakes = new Histogram();
    private final List<Reader> readers = new ArrayList<>();
    private final CompletableFuture<Outcome> done = new CompletableFuture<>();
    private long lookedNanos = startedNanos;
    private int launched;
    private int opened;
    private int failed;
    private String firstFailure = "";

    /** Will open {@code count} readers; {@code receiveBytes}: of each socket's receive buffer, 0: the system's way. */
    Opening(Crowd crowd, Loop loop, Endpoint endpoint, int receiveBytes, int count, Pace pace) {
        this.crowd = crowd;
        this.loop = loop;
        this.endpoint = endpoint;
        this.receiveBytes = receiveBytes;
        this.count = count;
        this.pace = pace;
    }

    CompletableFuture<Outcome> done() {
        return done;
    }

    List<Reader> readers() {
        return readers;
    }

    /** Begins as many handshakes as the pace allows now, and ends those that take too long. */
    void advance() {
        long allowed = (System.nanoTime() - startedNanos) * pace.perSecond() / 1_000_000_000L + 1;
        while (launched < Math.min(count, allowed) && launched - opened - failed < pace.underWay()) {
            launch(launched++);
        }
        if (System.nanoTime() - lookedNanos > LOOK_NANOS) {
            lookedNanos = System.nanoTime();
            readers.forEach(reader -> reader.endIfOlderThan(HANDSHAKE_NANOS));
        }
    }

    /** A reader is open, {@code nanos} after its connect began. */
    void opened(long nanos) {
        opened++;
        handshakes.record(nanos);
        settle();
    }

    /** A reader has failed before it was open. */
    void failed(IOException cause) {
        failed++;
        firstFailure = firstFailure.isEmpty() ? String.valueOf(cause.getMessage()) : firstFailure;
        settle();
    }

    private void settle() {
        if (opened + failed == count) {
            double seconds = (System.nanoTime() - startedNanos) / 1e9;
            done.complete(new Outcome(count, opened, failed, seconds, handshakes.millis(0.99), firstFailure));
        }
    }

    private void launch(int number) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            if (receiveBytes > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
            }
            if (count > READERS_PER_SOURCE) {
                channel.bind(new InetSocketAddress("127.0.0." + (2 + number / READERS_PER_SOURCE), 0));
            }
            boolean connected = channel.connect(new InetSocketAddress("127.0.0.1", endpoint.port()));
            Reader reader = new Reader(crowd, channel, endpoint, number);
            SelectionKey key = loop.register(channel, SelectionKey.OP_CONNECT, reader);
            readers.add(reader);
            if (connected) {
                reader.ready(key);
            }
        } catch (IOException e) {
            failed(closeAfter(e, channel));
        }
    }

    private static IOException closeAfter(IOException cause, SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return cause;
    }
}
