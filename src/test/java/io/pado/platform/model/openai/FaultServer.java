package io.pado.platform.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loopback server that speaks OpenAI's streaming chat API, and does one thing wrong: POST /{fault}/v1/chat/completions.
 * Plain sockets, so that it decides about every packet and sees when the peer closes.
 */
public final class FaultServer implements AutoCloseable {

    /** Requests for one fault, as seen from here; the latches are those of the first. */
    public static final class Visit {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch streaming = new CountDownLatch(1);
        final AtomicInteger requests = new AtomicInteger();
        public final CountDownLatch closed = new CountDownLatch(1);
        /** Closed, or answered to the end, so that the connection can serve the next. */
        final CountDownLatch released = new CountDownLatch(1);
        final Semaphore go = new Semaphore(0);
        volatile String request;
        volatile long closedAt;
    }

    /** A syllable, an emoji of two code points, and plain words. */
    static final String[] TOKENS = {"안녕", "하세", "요 ", "👋🏽", " 파", "도", "가 ", "밀", "려", "옵", "니", "다."};
    public static final String TEXT = String.join("", TOKENS);

    private final ServerSocket server;
    private final Map<String, Visit> visits = new ConcurrentHashMap<>();
    private final AtomicInteger answering = new AtomicInteger();

    /** On a free port. */
    public FaultServer() throws IOException {
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    /** @return for {@code pado.ai.url} */
    public String url(String fault) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + fault + "/v1";
    }

    /** @param fault may end with {@code ~anything}, to be told from other requests for the same fault */
    public Visit visit(String fault) {
        return visits.computeIfAbsent(fault, name -> new Visit());
    }

    /** @return whether the latest question for a fault holds a text */
    public boolean wasAsked(String fault, String text) {
        String request = visit(fault).request;
        return request != null && request.contains(text);
    }

    /** @return how many questions are being answered; none whose client has closed the connection */
    public int answering() {
        return answering.get();
    }

    /** Ends one answer that is held. */
    public void goOn(String fault) {
        visit(fault).go.release();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "fault-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                thread(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        Visit visit = null;
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String request;
            while ((request = request(in)) != null) {
                String fault = request.split("[/ ]")[2];
                visit = visit(fault);
                visit.request = request;
                FaultWire wire = new FaultWire(socket, in, request, visit);
                wire.number = visit.requests.incrementAndGet();
                visit.arrived.countDown();
                answering.incrementAndGet();
                try {
                    FaultScripts.ALL.get(fault.replaceFirst("~.*", "")).play(wire);
                    wire.end();
                } finally {
                    answering.decrementAndGet();
                }
                visit.released.countDown();
            }
        } catch (Exception closed) {
            // by the script or by the client; the visit tells
        } finally {
            if (visit != null) {
                visit.closedAt = System.nanoTime();
                visit.closed.countDown();
                visit.released.countDown();
            }
        }
    }

    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next; head.indexOf("\r\n\r\n") < 0; head.append((char) next)) {
            if ((next = in.read()) < 0) {
                return null;
            }
        }
        String length = head.toString().toLowerCase(Locale.ROOT).replaceAll("(?s).*content-length: *(\\d+).*", "$1");
        return head + new String(in.readNBytes(Integer.parseInt(length)), UTF_8);
    }
}
