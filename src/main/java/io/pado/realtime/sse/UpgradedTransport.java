package io.pado.realtime.sse;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries a stream by the bare connection, which the container gives away after the head and the first event of the response:
 * what it keeps for a request and its answer is free then, a write needs half of its code, and the peer's end is noticed when it
 * happens. The peer sees one ordinary response; over HTTP/1.1 its chunks (RFC 9112, section 7.1) are made here.
 */
public class UpgradedTransport implements Transport, HttpUpgradeHandler, ReadListener {

    private static final Logger LOG = Logger.getLogger(UpgradedTransport.class.getName());
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = {'0', '\r', '\n', '\r', '\n'};

    private boolean chunked;
    private Runnable onOpen;
    private Runnable onGone;
    private WebConnection connection;
    private ServletOutputStream output;
    private ServletInputStream input;
    /** Nothing may be written any more: the peer has gone, or stopped in the middle of a write. */
    private volatile boolean broken;

    /**
     * Must be called right after the container has made this object.
     *
     * @param inChunks whether the response's head promised chunks
     * @param opened   runs once bytes can be written
     * @param gone     runs, perhaps more than once, when the peer has closed the connection
     */
    void prepare(boolean inChunks, Runnable opened, Runnable gone) {
        this.chunked = inChunks;
        this.onOpen = opened;
        this.onGone = gone;
    }

    @Override
    public void init(WebConnection given) {
        connection = given;
        try {
            output = given.getOutputStream();
            input = given.getInputStream();
            onOpen.run();
            // A stream that ended before it was open has been closed by now.
            if (!broken) {
                input.setReadListener(this);
            }
        } catch (IOException peerIsGone) {
            onGone.run();
        } finally {
            onOpen = null;
        }
    }

    @Override
    public synchronized void write(byte[] bytes) throws IOException {
        if (broken) {
            throw new IOException("The peer has closed the connection");
        }
        try {
            send(bytes);
        } catch (IOException peerIsGone) {
            broken = true;
            throw peerIsGone;
        }
    }

    @Override
    public synchronized void close() {
        try (WebConnection closing = connection) {
            if (chunked && !broken) {
                output.write(LAST_CHUNK);
                output.flush();
            }
        } catch (Exception ended) {
            LOG.log(Level.FINE, "The connection had ended before it was closed", ended);
        }
    }

    /** The client has nothing to say after its request; what comes is passed over. */
    @Override
    public void onDataAvailable() throws IOException {
        byte[] passedOver = new byte[512];
        while (input.isReady() && input.read(passedOver) >= 0) {
            LOG.finest("A client of a stream sent data after its request");
        }
    }

    @Override
    public void onAllDataRead() {
        end();
    }

    @Override
    public void onError(Throwable peerIsGone) {
        end();
    }

    /** Called by the container within {@link #close()}, or when it closes the connection itself. */
    @Override
    public void destroy() {
        end();
    }

    private void end() {
        broken = true;
        onGone.run();
    }

    private void send(byte[] bytes) throws IOException {
        if (chunked) {
            output.write(Integer.toHexString(bytes.length).getBytes(StandardCharsets.US_ASCII));
            output.write(LINE_END);
            output.write(bytes);
            output.write(LINE_END);
        } else {
            output.write(bytes);
        }
        output.flush();
    }
}
