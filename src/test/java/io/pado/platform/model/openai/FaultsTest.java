package io.pado.platform.model.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.platform.model.Heard;
import io.pado.platform.model.Log;
import io.pado.platform.model.ModelFailure;
import io.pado.platform.model.ModelOutcome;
import io.pado.platform.model.ModelOutcome.Kind;
import io.pado.platform.model.Rig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a server of the OpenAI protocol can do wrong. All are asked at the same time, which saves the time of those that hang. */
class FaultsTest {

    private static final String NO_LISTENER = "no-listener";
    private static final String NO_CONNECT = "no-connect";
    /** Those that do not answer the whole text with the reason stop: kind or code, and what else matters. */
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("ok", "stop usage=5/12"),
            Map.entry("no-headers", "upstream_timeout retryable"),
            Map.entry("no-first-byte", "upstream_timeout retryable"),
            Map.entry("stall-in-the-middle", "upstream_timeout +5"),
            Map.entry("stall-after-the-text", "upstream_timeout +12"),
            Map.entry("held", "upstream_timeout +12"),
            Map.entry("pings-only", "upstream_timeout retryable"),
            Map.entry("endless", "upstream_timeout +text"),
            Map.entry("429-seconds", "upstream_rate_limited retryable after=7"),
            Map.entry("429-date", "upstream_rate_limited retryable after=9"),
            Map.entry("429-quota", "upstream_rate_limited"),
            Map.entry("503-seconds", "upstream_unavailable retryable after=3"),
            Map.entry("503-date", "upstream_unavailable retryable after=9"),
            Map.entry("401", "upstream_auth"),
            Map.entry("echoes-the-key", "upstream_auth"),
            Map.entry("echoes-the-key-in-the-stream", "upstream_error"),
            Map.entry("redirect", "upstream_protocol"),
            Map.entry("404", "upstream_model_not_found"),
            Map.entry("400", "upstream_rejected"),
            Map.entry("500", "upstream_unavailable retryable"),
            Map.entry("500-body-stalls", "upstream_unavailable retryable"),
            Map.entry("close-before-headers", "upstream_unavailable retryable"),
            Map.entry(NO_LISTENER, "upstream_unavailable retryable"),
            Map.entry(NO_CONNECT, "upstream_timeout retryable"),
            Map.entry("reset-after-10", "upstream_truncated +10"),
            Map.entry("cut-after-10", "upstream_truncated +10"),
            Map.entry("ends-after-10", "upstream_truncated +10"),
            Map.entry("ends-without-text", "upstream_empty retryable"),
            Map.entry("done-without-finish", "upstream_truncated +12"),
            Map.entry("error-first", "upstream_error retryable"),
            Map.entry("error-in-the-middle", "upstream_error +5"),
            Map.entry("error-event", "upstream_error +5"),
            Map.entry("html-200", "upstream_protocol"),
            Map.entry("json-200", "upstream_protocol"),
            Map.entry("malformed-chunk", "upstream_protocol +5"),
            Map.entry("no-end-of-line", "upstream_protocol"),
            Map.entry("flood", "upstream_too_long +text"),
            Map.entry("503-then-ok", "upstream_unavailable retryable after=1"),
            Map.entry("reset-twice-then-ok", "upstream_unavailable retryable"),
            Map.entry("503-for-long", "upstream_unavailable retryable after=3600"),
            Map.entry("unknown-finish", "weird"),
            Map.entry("unknown-finish-with-text", "weird"),
            Map.entry("content-filter", "content_filter +5"),
            Map.entry("no-text", "stop usage=5/12"),
            Map.entry("half-surrogate", "length +text"),
            Map.entry("cut-surrogates", "stop +text"));

    private static final Map<String, Heard> ANSWERS = new LinkedHashMap<>();
    private static Rig rig;
    private static Log log;
    private static FaultServer server;
    private static ServerSocket full;
    private static final List<Socket> FILLING = new ArrayList<>();

    @BeforeAll
    static void askAll() throws Exception {
        rig = new Rig();
        server = new FaultServer();
        rig.warmUp(server);
        log = Log.start();
        full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        for (int i = 0; i < 2; i++) {
            FILLING.add(new Socket(full.getInetAddress(), full.getLocalPort()));
        }
        faults().forEach(fault -> {
            Heard heard = new Heard();
            ANSWERS.put(fault, heard);
            // Only what is to take too long has little time: on a busy machine anything else may be slow, too.
            boolean isSlow = EXPECTED.getOrDefault(fault, "").startsWith("upstream_timeout");
            rig.model(url(fault), isSlow ? Rig.LIMITS : Rig.UNHURRIED).start(Rig.QUESTION, heard);
        });
    }

    private static String url(String fault) {
        return switch (fault) {
            case NO_LISTENER -> "http://127.0.0.1:1/v1";
            case NO_CONNECT -> "http://127.0.0.1:" + full.getLocalPort() + "/v1";
            default -> server.url(fault);
        };
    }

    static Stream<String> faults() {
        return Stream.concat(FaultScripts.ALL.keySet().stream(), Stream.of(NO_LISTENER, NO_CONNECT));
    }

    @AfterAll
    static void end() throws IOException {
        for (Socket socket : FILLING) {
            socket.close();
        }
        full.close();
        server.close();
        rig.close();
        log.close();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneEndComesAndTellsWhatWas(String fault) throws Exception {
        Heard heard = ANSWERS.get(fault);

        ModelOutcome outcome = heard.end();

        String expected = EXPECTED.getOrDefault(fault, "stop");
        assertThat(said(outcome, heard.text())).isIn(expected, expected.replaceFirst("=9$", "=8")); // a date has no fractions
        if (expected.equals("stop") || fault.equals("ok") || expected.equals("weird")) {
            assertThat(heard.text()).isEqualTo(FaultServer.TEXT);
        }
        assertThat(outcome.firstTextMillis().isPresent()).isEqualTo(!heard.text().isEmpty());
        if (outcome.kind() == Kind.FAILED && server.visit(fault).request != null) {
            assertThat(server.visit(fault).released.await(3, TimeUnit.SECONDS)).as("connection is closed, or free").isTrue();
        }
    }

    @Test
    void halfCharactersAreJoinedOrReplaced() throws Exception {
        assertThat(List.of(textOf("cut-surrogates"), textOf("half-surrogate"))).containsExactly("안녕 👋 파도", "안녕 \uFFFD");
    }

    @Test
    void answerWithoutEndIsCutAtItsLimit() throws Exception {
        assertThat(textOf("flood")).hasSize(Rig.LIMITS.mostCharacters());
    }

    @Test
    void keyIsSentAndShowsInNoOutcomeAndNoLog() throws Exception {
        for (Map.Entry<String, Heard> each : ANSWERS.entrySet()) {
            assertThat(each.getValue().end().toString()).as(each.getKey()).doesNotContain(Rig.KEY);
        }
        assertThat(server.visit("ok").request).contains("Bearer " + Rig.KEY).doesNotContain("Upgrade:");
        assertThat(log.text()).contains("wrong key", "***", "upstream_auth").doesNotContain(Rig.KEY);
    }

    private static String textOf(String fault) throws Exception {
        ANSWERS.get(fault).end();
        return ANSWERS.get(fault).text();
    }

    private static String said(ModelOutcome outcome, String text) {
        String end = outcome.failure().map(ModelFailure::code).or(outcome::finishReason).orElse("no reason");
        String extra = outcome.failure().map(failure -> (failure.retryable() ? " retryable" : "")
                + (failure.retryAfterSeconds().isPresent() ? " after=" + failure.retryAfterSeconds().getAsLong() : "")).orElse("");
        return end + part(text, outcome.failure().isPresent()) + extra
                + outcome.usage().map(usage -> " usage=" + usage.inputTokens() + "/" + usage.outputTokens()).orElse("");
    }

    private static String part(String text, boolean failed) {
        int tokens = 0;
        for (int at = 0; tokens < FaultServer.TOKENS.length && text.startsWith(FaultServer.TOKENS[tokens], at); tokens++) {
            at += FaultServer.TOKENS[tokens].length();
        }
        return text.isEmpty() || tokens == FaultServer.TOKENS.length && !failed ? ""
                : tokens == 0 || !text.equals(String.join("", List.of(FaultServer.TOKENS).subList(0, tokens))) ? " +text" : " +" + tokens;
    }
}
