package io.pado.platform.problem;

import io.pado.platform.json.Json;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Refusals told inside of an event stream. A browser's own {@code EventSource} gives up for good when it is answered with anything but a stream,
 * so to it a refusal that passes is a stream with one event, after which it comes back by itself. Everybody else gets the plain status, so
 * that a proxy can try another node.
 */
public final class InBand {

    /** How an endpoint says why it ends a stream: the whole frame. */
    @FunctionalInterface
    public interface LastWords {

        /**
         * @param reason one word for programs
         * @param detail one sentence for people
         */
        String frame(String reason, String detail);
    }

    private static final String WORDS = InBand.class.getName();
    private static final LastWords UNNAMED = (reason, detail) -> "data: {\"type\":\"closing\",\"reason\":" + Json.quoted(reason)
            + ",\"detail\":" + Json.quoted(detail) + "}\n\n";

    static final String MEDIA_TYPE = "text/event-stream;charset=UTF-8";
    static final Map<String, String> HEADERS = Map.of("Cache-Control", "no-cache, no-transform", "X-Accel-Buffering", "no");

    private static final Set<Integer> PASSING = Set.of(429, 503);
    private static final int MILLIS = 1_000;

    private InBand() {
    }

    /** Has refusals of this request told as its endpoint says such things; otherwise, and before it is reached, the event has no name. */
    public static void worded(ServletRequest request, LastWords words) {
        request.setAttribute(WORDS, words);
    }

    /** Whether a refusal has to be told in band: an EventSource accepts nothing but event streams, and no script can set the other header. */
    static boolean isFor(ProblemException refusal, HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return PASSING.contains(refusal.problem().status()) && request.getHeader("Sec-Fetch-Mode") != null && accept != null
                && accept.strip().equalsIgnoreCase("text/event-stream");
    }

    /** @return the whole stream; clients come back after a time of their own, once to twice what the refusal says */
    static String stream(ProblemException refusal, HttpServletRequest request) {
        long wait = refusal.retryAfter().orElse(1) * MILLIS;
        String type = refusal.problem().type();
        LastWords words = request.getAttribute(WORDS) instanceof LastWords given ? given : UNNAMED;
        return "retry: " + (wait + ThreadLocalRandom.current().nextLong(wait + 1)) + "\n"
                + words.frame(type.substring(type.lastIndexOf(':') + 1), refusal.problem().detail());
    }
}
