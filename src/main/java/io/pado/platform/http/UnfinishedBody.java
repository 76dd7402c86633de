package io.pado.platform.http;

import io.pado.platform.HeldBytes;
import io.pado.platform.PlatformConfig;
import io.pado.platform.problem.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A body that was not there at once: collects what comes, then has the request go on, or be refused. Holds no thread in between. The time is
 * not left to the container: with a listener of its asynchronous processing Weld complains of each request (seen with 26.0.0.5).
 *
 * <p>Nor is the address: of the one where the request goes on Liberty decodes what was encoded, takes a query for a part of the path, and finds
 * nothing at many (%25, %2f, bad UTF-8). So all go on at one path, and {@link ReceivedBody} has JAX-RS look for the address that was sent.
 */
final class UnfinishedBody implements ReadListener {

    private static final int READ = 8_192;
    /** Reads within one turn. A peer may have something to send all the time, though little of it is body: chunks have extensions. */
    private static final int MOST_READS = 64;

    private final AsyncContext waiting;
    private final HttpServletRequest request;
    private final URI address;
    private final String later;
    private final ServletInputStream input;
    /** Who holds it may read, or end this: once this has ended the server gives the stream to another request. */
    private final Object readLock;
    private final HeldBytes.Holding held;
    private final PlatformConfig config;
    private final ScheduledExecutorService timer;

    // Guarded by this.
    /** Null once this is over: the server may keep this for as long as the client goes on to send. */
    private Bytes received = new Bytes();
    private Deadline deadline;

    private static final class Bytes extends ByteArrayOutputStream {

        /** @return bytes that it takes, with room for more */
        int taken() {
            return buf.length;
        }
    }

    /** Until then it must be there. The server keeps a task that is cancelled until its time comes (26.0.0.5), and must not keep the body with it. */
    private static final class Deadline implements Runnable {

        private final AtomicReference<UnfinishedBody> body;
        private final ScheduledFuture<?> task;

        Deadline(UnfinishedBody body, ScheduledExecutorService timer) {
            this.body = new AtomicReference<>(body);
            this.task = timer.schedule(this, body.config.bodySeconds(), TimeUnit.SECONDS);
        }

        @Override
        public void run() {
            UnfinishedBody late = body.get();
            if (late != null) {
                late.giveUp();
            }
        }

        void cancel() {
            body.set(null);
            task.cancel(false);
        }
    }

    /**
     * @param waiting the request's asynchronous processing, just begun
     * @param held    what this one holds
     * @param timer   runs what goes on later
     */
    UnfinishedBody(AsyncContext waiting, HttpServletRequest request, HeldBytes.Holding held, PlatformConfig config,
            ScheduledExecutorService timer) throws IOException {
        this.waiting = waiting;
        this.request = request;
        this.input = request.getInputStream();
        this.readLock = LibertyHttp.readLock(input);
        this.address = address(request);
        this.later = request.getServletPath() + '/';
        this.held = held;
        this.config = config;
        this.timer = timer;
    }

    private static URI address(HttpServletRequest request) {
        String query = request.getQueryString();
        return URI.create(request.getRequestURL().append(query == null ? "" : '?' + query).toString());
    }

    /** Begins to read. */
    void start() {
        synchronized (this) {
            deadline = new Deadline(this, timer);
        }
        input.setReadListener(this);
    }

    private void giveUp() {
        synchronized (readLock) {
            refuse(tooSlow());
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] bytes = new byte[READ];
        for (int reads = 0; !isOver() && input.isReady() && !input.isFinished(); reads++) {
            if (reads == MOST_READS) {
                timer.execute(this::goOn);
                return;
            }
            int count = input.read(bytes);
            if (count < 0) {
                return;
            }
            take(bytes, count);
        }
    }

    /** Reads on after others had their turn. The container, which was not told that there is nothing, does not call by itself. */
    private void goOn() {
        synchronized (readLock) {
            try {
                onDataAvailable();
                if (!isOver() && input.isFinished()) {
                    onAllDataRead();
                }
            } catch (IOException failure) {
                onError(failure);
            }
        }
    }

    private void take(byte[] bytes, int count) {
        boolean tooLarge;
        boolean fits;
        synchronized (this) {
            if (received == null) {
                return;
            }
            received.write(bytes, 0, count);
            tooLarge = received.size() > config.maxBody();
            fits = held.hold(received.taken());
        }
        if (tooLarge) {
            refuse(ProblemException.tooLarge(config.maxBody()));
        } else if (!fits) {
            refuse(ProblemException.unavailable("Too much is being received at the same time, from your address or in all; try again in a few seconds."));
        }
    }

    @Override
    public void onAllDataRead() {
        end().ifPresent(whole -> {
            ReceivedBody.keep(request, address, whole.toByteArray());
            LibertyHttp.dispatch(waiting, request, later);
        });
    }

    /** The body is not what its head says, or the client has gone. */
    @Override
    public void onError(Throwable failure) {
        refuse(failure instanceof SocketTimeoutException ? tooSlow() : ProblemException.badRequest("broken-body",
                "The body broke off, or is not sent as the head of the request says."));
    }

    private ProblemException tooSlow() {
        return ProblemException.of(HttpServletResponse.SC_REQUEST_TIMEOUT, "slow-body", "Request timeout",
                "The body was not there within " + config.bodySeconds() + " seconds; send it faster.", true);
    }

    /** The answer is given by the request's filter: the container's context of a request is not there in these calls. */
    private void refuse(ProblemException problem) {
        if (end().isPresent()) {
            RequestBodies.note(request, problem);
            LibertyHttp.dispatch(waiting, request, later);
        }
    }

    private synchronized boolean isOver() {
        return received == null;
    }

    /** @return what has come; nothing if it was over already */
    private synchronized Optional<Bytes> end() {
        Optional<Bytes> come = Optional.ofNullable(received);
        received = null;
        deadline.cancel();
        held.end();
        return come;
    }
}
