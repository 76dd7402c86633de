package io.pado.realtime.carrier;

import io.pado.platform.http.LibertyHttp;
import io.pado.realtime.Frame;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A connection that has left HTTP (Servlet 6.1, section 2.3.3.5): what the container keeps for a request and its answer is free then, a
 * write needs half of its code, and the peer's end is noticed when it happens. Only one thread at a time writes or closes.
 */
public class BareConnection implements HttpUpgradeHandler, ReadListener {

    private static final Logger LOG = Logger.getLogger(BareConnection.class.getName());
    /**
     * Bytes that the kernel may hold for a peer, who takes them at most once in a round trip. Left to itself it holds up to 3 MB for a reader that
     * stalls (measured), and what it allocates for some hundred of those is felt by all.
     */
    private static final int SEND_BUFFER = 256 * 1024;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** Who wants to know what happens on a connection. */
    public interface Listener {

        /** Bytes can be written from now on. The peer may have been heard, or have gone, before. */
        void opened();

        /**
         * The peer has sent bytes. Runs on one thread at a time, which may wait; what comes meanwhile waits too.
         *
         * @return whether the peer is to be heard further; if not nothing more is read from it, ever, and the listener must end the connection
         */
        boolean received(byte[] bytes, int count);

        /** The peer has sent more than may wait, and some of it is lost: it must end. Others may be hearing what it sent before. */
        void overrun();

        /** The peer has closed the connection, and was heard, or the server has closed it; may be called more than once. */
        void gone();
    }

    /** Of the client; of its proxy if that is not believed. */
    private String address = "";
    private Listener listener;
    private SlowPeers slow;
    private Carriers carriers;
    private Hearing hearing;
    private WebConnection connection;
    private ServletOutputStream output;
    /** Null where all has to go through the output. */
    private SocketChannel socket;
    private ServletInputStream input;
    /** What the peer did not take yet; null if there is nothing. */
    private volatile Rest rest;
    /** Nothing may be written any more: the peer has gone, or stopped in the middle of a write. */
    private volatile boolean broken;
    /** This server has closed it: nothing is heard any more. */
    private volatile boolean closed;
    private boolean written;
    private long lastWrite;

    /** Must be called before {@link #prepare}. @param given address of the client */
    void isOf(String given) {
        address = given;
    }

    /** @return address of the client */
    public String address() {
        return address;
    }

    /** Must be called right after the container has made this object. @param waiters wait for a peer that does not read */
    public void prepare(Listener given, SlowPeers waiters, Carriers all) {
        listener = given;
        slow = waiters;
        carriers = all;
        hearing = new Hearing(given, all.turns(), address, () -> broken);
    }

    @Override
    public void init(WebConnection given) {
        connection = given;
        try {
            if (carriers.hearsWithOneThread()) {
                LibertyHttp.hearWithOneThread(given);
            }
            output = given.getOutputStream();
            socket = LibertyHttp.socket(given).orElse(null);
            if (socket != null) {
                socket.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            }
            input = given.getInputStream();
            // Before anybody may write or close: what is closed while it begins to listen Liberty leaves open for ever
            // (measured with 26.0.0.5).
            input.setReadListener(this);
            listener.opened();
        } catch (IOException peerIsGone) {
            listener.gone();
        } catch (RuntimeException failed) {
            carriers.broke(failed);
            listener.gone();
            disconnect();
        }
    }

    /**
     * Sends frames, all in one write, as {@link io.pado.realtime.Connection#write} does. Only on a connection that the server encrypts it blocks
     * while the peer does not read.
     *
     * @param framing what the protocol puts around each
     * @throws IOException if the peer is gone or did not read in time ({@code pado.http.write.timeout})
     */
    public synchronized boolean write(List<Frame> frames, UnaryOperator<byte[]> framing, Runnable afterwards) throws IOException {
        if (hearing.isAfterwards()) {
            // Nobody gets it; a failure would end what the peer asked for before it went.
            return true;
        }
        if (broken || rest != null) {
            throw new IOException("The peer has closed the connection, or there is a rest to be written first");
        }
        try {
            return send(Buffers.of(frames, framing), afterwards);
        } catch (IOException peerIsGone) {
            broken = true;
            throw peerIsGone;
        }
    }

    /** What the socket has room for goes there straight. */
    private boolean send(ByteBuffer[] buffers, Runnable afterwards) throws IOException {
        if (socket == null) {
            sendWaiting(buffers);
            return true;
        }
        sendSome(buffers);
        if (!buffers[buffers.length - 1].hasRemaining()) {
            return true;
        }
        Rest left = new Rest(buffers, afterwards);
        rest = left;
        slow.await(socket, left);
        if (broken) {
            // The peer may have gone before it could be told.
            left.over();
        }
        return false;
    }

    private long sendSome(ByteBuffer[] buffers) throws IOException {
        return buffers.length == 1 ? socket.write(buffers[0]) : socket.write(buffers);
    }

    private void sendWaiting(ByteBuffer[] buffers) throws IOException {
        for (ByteBuffer each : buffers) {
            output.write(each.array(), each.position(), each.remaining());
        }
        output.flush();
        freeBufferIfQuiet();
    }

    /** A connection that hears little but heartbeats must not keep memory for what it may hear. */
    private void freeBufferIfQuiet() {
        long now = System.nanoTime();
        if (!written || now - lastWrite > QUIET_NANOS) {
            LibertyHttp.freeBuffer(output);
        }
        written = true;
        lastWrite = now;
    }

    /** Closes the connection, after some last bytes if the peer still listens. */
    public synchronized void close(byte[] last) {
        boolean said = true;
        try {
            if (last.length > 0 && !broken && rest == null) {
                said = send(Buffers.of(last), this::disconnect);
            }
        } catch (IOException peerIsGone) {
            LOG.log(Level.FINE, "The connection had ended before it was closed", peerIsGone);
        }
        if (said) {
            disconnect();
        }
    }

    private void disconnect() {
        closed = true;
        if (hearing.isAfterwards()) {
            // Liberty has told of its end before.
            listener.gone();
        }
        try {
            connection.close();
        } catch (Exception ended) {
            LOG.log(Level.FINE, "The connection had ended before it was closed", ended);
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        hearing.hear(input);
    }

    /** @return whether nothing that the peer has said waits, for its turn or for what it asked for */
    public boolean isHeard() {
        return hearing.isDone();
    }

    @Override
    public void onAllDataRead() {
        end();
    }

    @Override
    public void onError(Throwable peerIsGone) {
        end();
    }

    /** Called by the container within {@link #close}, or when it closes the connection itself. */
    @Override
    public void destroy() {
        end();
    }

    /** What the peer said before it went is heard first. */
    private void end() {
        broken = true;
        if (closed || !hearing.endAfterwards()) {
            listener.gone();
        }
        Rest left = rest;
        if (left != null) {
            left.over();
        }
    }

    /** What the peer did not take at once, and what is to happen when it has taken it, or never will. */
    private final class Rest implements SlowPeers.Peer {

        private final ByteBuffer[] buffers;
        private final AtomicReference<Runnable> later;

        Rest(ByteBuffer[] buffers, Runnable later) {
            this.buffers = buffers;
            this.later = new AtomicReference<>(later);
        }

        @Override
        public long takeMore() {
            long taken = -1;
            synchronized (BareConnection.this) {
                try {
                    taken = broken ? -1 : sendSome(buffers);
                } catch (IOException peerIsGone) {
                    broken = true;
                }
                if (!broken && buffers[buffers.length - 1].hasRemaining()) {
                    return taken;
                }
                rest = null;
            }
            over();
            return -1;
        }

        @Override
        public void giveUp() {
            broken = true;
            over();
        }

        void over() {
            Runnable waiting = later.getAndSet(null);
            if (waiting != null) {
                waiting.run();
            }
        }
    }
}
