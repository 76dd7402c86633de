package io.pado.realtime.hub;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A peer that notes what it gets, and can be made to stop reading, so that writes wait or are left for later, or to go away. */
public final class RecordingConnection implements Connection {

    public final List<String> writes = new CopyOnWriteArrayList<>();
    public final List<CloseReason> closes = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch stalled = new CountDownLatch(0);
    private volatile boolean gone;
    private boolean takesLater;
    private Runnable later;

    void stall() {
        stalled = new CountDownLatch(1);
    }

    void readOn() {
        stalled.countDown();
    }

    /** From now on it takes what is written only when it is told to, and meanwhile holds up no thread. */
    public void takeLater() {
        takesLater = true;
    }

    public void takeRest() {
        takesLater = false;
        later.run();
    }

    public void goAway() {
        gone = true;
    }

    public String received() {
        return String.join("", writes);
    }

    @Override
    public boolean write(List<Frame> frames, Runnable later) throws IOException {
        try {
            stalled.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
        if (gone) {
            throw new IOException("gone");
        }
        writes.add(frames.stream().map(frame -> new String(frame.bytes(), StandardCharsets.UTF_8)).collect(Collectors.joining()));
        this.later = later;
        return !takesLater;
    }

    @Override
    public void close(CloseReason reason) {
        closes.add(reason);
    }
}
