package io.pado.platform.model.openai;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** What a {@link FaultServer} does wrong, by name. */
final class FaultScripts {

    /** How one request is answered. */
    interface Script {
        void play(FaultWire wire) throws Exception;
    }

    static final Map<String, Script> ALL = new LinkedHashMap<>();

    static {
        script("ok", w -> w.stream().tokens(12).finish("stop").usage().done());
        script("slow-first-token", w -> { w.stream(); pause(300); w.tokens(12).finish("stop").done(); });
        script("no-headers", FaultWire::hang);
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
        script("ends-without-text", FaultWire::stream);
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

    private FaultScripts() {
    }

    /** A pause that is part of the fault. */
    static void pause(int millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private static void script(String name, Script script) {
        ALL.put(name, script);
    }

    private static void ok(FaultWire wire) throws Exception {
        wire.stream().tokens(12).finish("stop").usage().done();
    }

    /** What the last message says, "play endless"; the plain answer if it says nothing. */
    private static Script asked(String request) {
        return Pattern.compile("play ([a-z-]+)").matcher(request).results().map(match -> ALL.get(match.group(1))).reduce((earlier, later) -> later)
                .orElse(w -> w.stream().tokens(12).finish("stop").done());
    }

    private static String error(String type, String message) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"code\":null}}";
    }

    private static String inSeconds(int seconds) {
        return ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds).format(DateTimeFormatter.RFC_1123_DATE_TIME);
    }
}
