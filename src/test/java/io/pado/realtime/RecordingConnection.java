package io.pado.realtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A peer that notes what it gets, and can be made to stop reading or to go away. */
final class RecordingConnection implements Connection {

    final List<String> writes = new CopyOnWriteArrayList<>();
    final List<CloseReason> closes = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch stalled = new CountDownLatch(0);
    private volatile boolean gone;

    void stall() {
        stalled = new CountDownLatch(1);
    }

    void readOn() {
        stalled.countDown();
    }

    void goAway() {
        gone = true;
    }

    String received() {
        return String.join("", writes);
    }

    @Override
    public void write(List<byte[]> frames) throws IOException {
        try {
            stalled.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        if (gone) {
            throw new IOException("gone");
        }
        writes.add(frames.stream().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).collect(Collectors.joining()));
    }

    @Override
    public void close(CloseReason reason) {
        closes.add(reason);
    }
}
