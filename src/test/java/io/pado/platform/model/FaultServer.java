package io.pado.platform.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A loopback server that speaks OpenAI's streaming chat API, and does one thing wrong: POST /{fault}/v1/chat/completions.
 * Plain sockets, so that it decides about every packet and sees when the peer closes.
 */
public final class FaultServer implements AutoCloseable {

    interface Script {
        void play(Wire wire) throws Exception;
    }

    /** Requests for one fault, as seen from here; the latches are those of the first. */
    static final class Visit {
        final CountDownLatch arrived = new CountDownLatch(1);
        final CountDownLatch streaming = new CountDownLatch(1);
        final AtomicInteger requests = new AtomicInteger();
        final CountDownLatch closed = new CountDownLatch(1);
        /** Closed, or answered to the end, so that the connection can serve the next. */
        final CountDownLatch released = new CountDownLatch(1);
        final Semaphore go = new Semaphore(0);
        volatile String request;
        volatile long closedAt;
    }

    /** A syllable, an emoji of two code points, and plain words. */
    static final String[] TOKENS = {"안녕", "하세", "요 ", "👋🏽", " 파", "도", "가 ", "밀", "려", "옵", "니", "다."};
    public static final String TEXT = String.join("", TOKENS);
    static final Map<String, Script> SCRIPTS = new LinkedHashMap<>();

    static {
        script("ok", w -> w.stream().tokens(12).finish("stop").usage().done());
        script("slow-first-token", w -> { w.stream(); pause(300); w.tokens(12).finish("stop").done(); });
        script("no-headers", Wire::hang);
        script("no-first-byte", w -> w.stream().hang());
        script("stall-in-the-middle", w -> w.stream().tokens(5).hang());
        script("stall-after-the-text", w -> w.stream().tokens(12).hang());
        script("held", w -> {
            w.stream().tokens(12);
            while (!w.visit.go.tryAcquire(50, TimeUnit.MILLISECONDS)) {
                w.send(": held\n\n");
            }
            w.finish("stop").done();
        });
        script("as-asked", w -> asked(w.request).play(w));
        script("pings-only", w -> { w.stream(); while (true) { w.send(": ping\n\n"); pause(50); } });
        script("endless", w -> { w.stream(); while (true) { w.token("a"); pause(20); } });
        script("429-seconds", w -> w.answer(429, "Retry-After: 7", error("rate_limit_error", "slow down")));
        script("429-date", w -> w.answer(429, "Retry-After: " + inSeconds(9), error("rate_limit_error", "slow down")));
        script("429-quota", w -> w.answer(429, "X: y", "{\"error\":{\"message\":\"pay\",\"code\":\"insufficient_quota\"}}"));
        script("503-seconds", w -> w.answer(503, "Retry-After: 3", "busy"));
        script("503-date", w -> w.answer(503, "Retry-After: " + inSeconds(9), "busy"));
        script("401", w -> w.answer(401, "X: y", error("invalid_request_error", "no key")));
        script("404", w -> w.answer(404, "X: y", error("invalid_request_error", "no such model")));
        script("400", w -> w.answer(400, "X: y", error("invalid_request_error", "too long")));
        script("500", w -> w.answer(500, "X: y", error("server_error", "oops")));
        script("500-body-stalls", w -> w.head(500, "Content-Type: application/json").send("{\"err").hang());
        script("close-before-headers", w -> w.socket.close());
        script("reset-after-10", w -> w.stream().tokens(10).reset());
        script("cut-after-10", w -> { w.stream().tokens(10); w.socket.close(); });
        script("ends-after-10", w -> w.stream().tokens(10));
        script("ends-without-text", Wire::stream);
        script("done-without-finish", w -> w.stream().tokens(12).done());
        script("finish-without-done", w -> w.stream().tokens(12).finish("stop"));
        script("finish-then-reset", w -> w.stream().tokens(12).finish("stop").reset());
        script("finish-then-hang", w -> w.stream().tokens(12).finish("stop").hang());
        script("finish-with-text", w -> w.stream().tokens(11).chunk("{\"content\":\"다.\"}", "\"stop\""));
        script("done-then-more", w -> w.stream().tokens(12).finish("stop").done().token("MORE").finish("length").done());
        script("done-then-hang", w -> w.stream().tokens(12).finish("stop").done().hang());
        script("error-first", w -> w.stream().data(error("server_error", "oops")));
        script("error-in-the-middle", w -> w.stream().tokens(5).data(error("server_error", "oops")).tokens(2).done());
        script("error-event", w -> w.stream().tokens(5).send("event: error\ndata: " + error("server_error", "oops") + "\n\n").done());
        script("html-200", w -> w.head(200, "Content-Type: text/html").send("<html><body>Sign in</body></html>"));
        script("json-200", w -> w.head(200, "Content-Type: application/json").send(error("server_error", "oops")));
        script("malformed-chunk", w -> w.stream().tokens(5).data("{\"choices\":[{\"del").tokens(2).finish("stop").done());
        script("empty-choices", w -> w.stream().data("{\"id\":\"1\",\"choices\":[]}").tokens(12).finish("stop").done());
        script("no-delta", w -> w.stream().tokens(12).data("{\"choices\":[{\"index\":0}]}").finish("stop").done());
        script("content-null", w -> w.stream().chunk("{\"role\":\"assistant\",\"content\":null}", "null").tokens(12).finish("stop").done());
        script("unknown-finish", w -> w.stream().tokens(12).finish("weird").done());
        script("unknown-finish-with-text", w -> w.stream().tokens(11).chunk("{\"content\":\"다.\"}", "\"weird\"").done());
        script("content-filter", w -> w.stream().tokens(5).finish("content_filter").done());
        script("no-text", w -> w.stream().finish("stop").usage().done());
        script("comments", w -> w.stream().send(": hello\n\n: again\n").tokens(12).send(":\n\n").finish("stop").done());
        script("crlf", w -> { w.lineEnd = "\r\n"; w.stream().tokens(12).finish("stop").done(); });
        script("crlf-cut", w -> { w.lineEnd = "\r\n"; w.packet = 1; w.stream().tokens(12).finish("stop").done(); });
        script("no-space", w -> { w.field = "data:"; w.stream().tokens(12).finish("stop").done(); });
        script("cut-characters", w -> { w.packet = 1; w.stream().tokens(12).finish("stop").done(); });
        script("cut-surrogates", w -> w.stream().token("안녕 \\ud83d").token("\\udc4b 파도").finish("stop").done());
        script("half-surrogate", w -> w.stream().token("안녕 \\ud83d").finish("length").done());
        script("echoes-the-key", w -> w.answer(401, "X: y", error("invalid_request_error", "wrong key " + w.header("authorization"))));
        script("echoes-the-key-in-the-stream", w -> w.stream().data(error("invalid_request_error", "wrong key " + w.header("authorization"))));
        script("redirect", w -> w.answer(302, "Location: http://127.0.0.1:1/", "moved"));
        script("flood", w -> { w.stream(); while (true) { w.token("0123456789".repeat(999)); } });
        script("no-end-of-line", w -> { w.stream(); while (true) { w.send("x".repeat(100_000)); } });
        script("503-then-ok", w -> { if (w.number == 1) { w.answer(503, "Retry-After: 1", "busy"); } else { ok(w); } });
        script("reset-twice-then-ok", w -> { if (w.number <= 2) { w.socket.close(); } else { ok(w); } });
        script("503-for-long", w -> w.answer(503, "Retry-After: 3600", "busy"));
        script("no-last-empty-line", w -> w.stream().tokens(12).finish("stop").send("data: [DONE]\n"));
    }

    /** A pause that is part of the fault. */
    private static void pause(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private static void script(String name, Script script) {
        SCRIPTS.put(name, script);
    }

    private static void ok(Wire wire) throws Exception {
        wire.stream().tokens(12).finish("stop").usage().done();
    }

    /** What the last message says, "play endless"; the plain answer if it says nothing. */
    private static Script asked(String request) {
        return Pattern.compile("play ([a-z-]+)").matcher(request).results().map(match -> SCRIPTS.get(match.group(1))).reduce((earlier, later) -> later)
                .orElse(w -> w.stream().tokens(12).finish("stop").done());
    }

    private static String error(String type, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":null}}";
    }

    private static String inSeconds(int seconds) {
        return ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds).format(DateTimeFormatter.RFC_1123_DATE_TIME);
    }

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
    Visit visit(String fault) {
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
                Wire wire = new Wire(socket, in, request, visit);
                wire.number = visit.requests.incrementAndGet();
                visit.arrived.countDown();
                answering.incrementAndGet();
                try {
                    SCRIPTS.get(fault.replaceFirst("~.*", "")).play(wire);
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

    /** Writes an answer in chunks, each sent at once; a piece can be cut into packets of few bytes. */
    static final class Wire {
        final Socket socket;
        String field = "data: ";
        String lineEnd = "\n";
        int packet = Integer.MAX_VALUE;
        private final InputStream in;
        private final OutputStream out;
        private boolean chunked;
        final String request;
        final Visit visit;
        /** Which request for this fault it is; the first is 1. */
        int number;

        Wire(Socket socket, InputStream in, String request, Visit visit) throws IOException {
            this.socket = socket;
            this.in = in;
            this.request = request;
            this.visit = visit;
            this.out = socket.getOutputStream();
        }

        Wire stream() throws Exception {
            head(200, "Content-Type: text/event-stream; charset=utf-8");
            chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
            visit.streaming.countDown();
            return this;
        }

        Wire head(int status, String header) throws IOException {
            out.write(("HTTP/1.1 " + status + " X\r\n" + header + "\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8));
            chunked = true;
            return this;
        }

        void answer(int status, String header, String body) throws Exception {
            head(status, "Content-Type: application/json\r\n" + header).send(body);
        }

        String header(String name) {
            return request.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":")).findFirst().orElse("none");
        }

        Wire tokens(int count) throws Exception {
            for (int i = 0; i < count; i++) {
                token(TOKENS[i]);
            }
            return this;
        }

        Wire token(String text) throws Exception {
            return chunk("{\"content\":\"" + text + "\"}", "null");
        }

        Wire finish(String reason) throws Exception {
            return chunk("{}", "\"" + reason + "\"");
        }

        Wire usage() throws Exception {
            return data("{\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":12,\"total_tokens\":17}}");
        }

        Wire done() throws Exception {
            return data("[DONE]");
        }

        Wire chunk(String delta, String finish) throws Exception {
            String head = packet == 1 ? "" : "\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"fake\",";
            return data("{" + head + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}");
        }

        Wire data(String json) throws Exception {
            return send(field + json + lineEnd + lineEnd);
        }

        Wire send(String text) throws Exception {
            byte[] bytes = text.getBytes(UTF_8);
            for (int from = 0; from < bytes.length; from += Math.min(packet, bytes.length)) {
                int length = Math.min(packet, bytes.length - from);
                out.write((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
                out.write(bytes, from, length);
                out.write("\r\n".getBytes(UTF_8));
                out.flush();
            }
            return this;
        }

        /** Waits until the client closes. */
        void hang() throws IOException {
            while (in.read() >= 0) {
                // a client says nothing here
            }
            throw new IOException("Closed by the client");
        }

        void reset() throws Exception {
            pause(50); // what was sent shall be read before
            socket.setSoLinger(true, 0);
            socket.close();
        }

        private void end() throws IOException {
            if (chunked) {
                out.write("0\r\n\r\n".getBytes(UTF_8));
            }
        }
    }
}
