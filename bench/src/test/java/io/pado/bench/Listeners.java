package io.pado.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Readers of {@code /sse/votes}, all on one thread. Only the last of what each has read is kept. */
final class Listeners implements AutoCloseable {
    private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int KEPT = 4_096;

    private final Selector selector;
    private final List<StringBuffer> read = new ArrayList<>();
    private final Thread thread;

    private Listeners(int port, int count) throws IOException {
        selector = Selector.open();
        for (int i = 0; i < count; i++) {
            StringBuffer last = new StringBuffer();
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(("GET /sse/votes?client_id=r" + i + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, last);
            read.add(last);
        }
        thread = new Thread(this::read, "listeners");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when all are greeted. */
    static Listeners open(int port, int count) throws IOException, InterruptedException {
        Listeners listeners = new Listeners(port, count);
        if (!listeners.hear("connection_ack")) {
            throw new IOException("not all readers are open");
        }
        return listeners;
    }

    /** Whether each reader has all these texts in the last of what it read, within 5 s. */
    synchronized boolean hear(String... texts) throws InterruptedException {
        long end = System.nanoTime() + DEADLINE_NANOS + TimeUnit.MILLISECONDS.toNanos(10L * read.size());
        while (System.nanoTime() < end) {
            if (haveRead(texts)) {
                return true;
            }
            // Woken by what is read.
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - System.nanoTime()));
        }
        return haveRead(texts);
    }

    private boolean haveRead(String... texts) {
        return read.stream().allMatch(last -> List.of(texts).stream().allMatch(text -> last.indexOf(text) >= 0));
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try {
            while (selector.isOpen()) {
                selector.select(key -> take(key, buffer.clear()));
                synchronized (this) {
                    notifyAll();
                }
            }
        } catch (IOException | ClosedSelectorException closed) {
            return;
        }
    }

    private static void take(SelectionKey key, ByteBuffer buffer) {
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                key.cancel();
            }
        } catch (IOException broken) {
            key.cancel();
        }
        StringBuffer last = (StringBuffer) key.attachment();
        last.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        if (last.length() > KEPT) {
            last.delete(0, last.length() - KEPT);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
