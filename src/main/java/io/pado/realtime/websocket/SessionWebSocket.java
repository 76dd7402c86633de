package io.pado.realtime.websocket;

import io.pado.realtime.CloseReason;
import io.pado.realtime.Connection;
import io.pado.realtime.Frame;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A WebSocket as Jakarta WebSocket offers it. One message is under way at a time, and the next is sent when it is through: what is sent earlier may be lost. A
 * peer that does not take one in time is given up.
 */
final class SessionWebSocket implements Connection {

    private static final Logger LOG = Logger.getLogger(SessionWebSocket.class.getName());

    private final Session session;
    private final RemoteEndpoint.Async remote;
    private final int timeoutSeconds;
    private final ScheduledExecutorService timer;
    private final Executor writers;
    private final Runnable onFailure;
    private volatile boolean broken;
    private volatile Sending sending;
    private volatile jakarta.websocket.CloseReason lastWords;

    /** @param onFailure runs when a message could not be sent */
    SessionWebSocket(Session session, int timeoutSeconds, ScheduledExecutorService timer, Executor writers, Runnable onFailure) {
        this.session = session;
        this.remote = session.getAsyncRemote();
        this.timeoutSeconds = timeoutSeconds;
        this.timer = timer;
        this.writers = writers;
        this.onFailure = onFailure;
        remote.setSendTimeout(TimeUnit.SECONDS.toMillis(timeoutSeconds));
    }

    @Override
    public boolean write(List<Frame> frames, Runnable later) throws IOException {
        if (broken) {
            throw new IOException("The WebSocket has ended");
        }
        Sending next = new Sending(frames, later);
        sending = next;
        if (broken) {
            // Whoever found it ended a moment ago may not have seen this one.
            next.end();
        } else {
            next.next();
        }
        return false;
    }

    /** The session has ended. The container does not always tell what became of a message that was under way then. */
    void gone() {
        broken = true;
        Sending last = sending;
        if (last != null) {
            last.end();
        }
    }

    @Override
    public void close(CloseReason reason) {
        jakarta.websocket.CloseReason said = lastWords;
        close(said != null ? said : words(CloseCodes.of(reason), reason.code()));
    }

    /** What {@link #close} is to say. */
    void sayLast(int code, String words) {
        lastWords = words(code, words);
    }

    private static jakarta.websocket.CloseReason words(int code, String words) {
        return new jakarta.websocket.CloseReason(jakarta.websocket.CloseReason.CloseCodes.getCloseCode(code), words);
    }

    private void close(jakarta.websocket.CloseReason said) {
        try {
            session.close(said);
        } catch (IOException | RuntimeException ended) {
            LOG.log(Level.FINE, "The WebSocket had ended before it was closed", ended);
        }
    }

    private void fail(Throwable why) {
        LOG.log(Level.FINE, "A message could not be sent", why);
        broken = true;
        onFailure.run();
    }

    /** A ping is sent without a deadline (Jakarta WebSocket 2.2), so it gets one here: closing ends it. */
    private void ping() throws IOException {
        Executor closing = writers;
        AtomicReference<Runnable> tooLate = new AtomicReference<>(() -> {
            broken = true;
            close(CloseReason.SLOW);
        });
        Future<?> late = timer.schedule(() -> Optional.ofNullable(tooLate.get()).ifPresent(closing::execute), timeoutSeconds, TimeUnit.SECONDS);
        try {
            remote.sendPing(ByteBuffer.allocate(0));
        } finally {
            late.cancel(false);
            // A timer may keep what was cancelled for a while; it must not keep the stream.
            tooLate.set(null);
        }
    }

    /** Frames that are sent one after the other. The result of one may come on another thread, or within the call that sends it. */
    private final class Sending implements SendHandler {

        private final Iterator<Frame> frames;
        private final Runnable later;
        private final AtomicBoolean ended = new AtomicBoolean();
        private int due; // guarded by this

        Sending(List<Frame> frames, Runnable later) {
            this.frames = frames.iterator();
            this.later = later;
        }

        /** Takes the next step, unless somebody is at one: then it is taken after that. */
        void next() {
            synchronized (this) {
                due++;
                if (due > 1) {
                    return;
                }
            }
            do {
                step();
            } while (isMoreDue());
        }

        void end() {
            if (ended.compareAndSet(false, true)) {
                later.run();
            }
        }

        private synchronized boolean isMoreDue() {
            due--;
            return due > 0;
        }

        private void step() {
            if (broken || !frames.hasNext()) {
                end();
                return;
            }
            byte[] content = frames.next().bytes();
            try {
                if (Frames.isControl(content)) {
                    ping();
                    next();
                } else {
                    remote.sendText(new String(content, StandardCharsets.UTF_8), this);
                }
            } catch (IOException | RuntimeException failed) {
                fail(failed);
                next();
            }
        }

        @Override
        public void onResult(SendResult result) {
            if (!result.isOK()) {
                fail(result.getException());
            }
            next();
        }
    }
}
