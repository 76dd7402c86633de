package io.pado.realtime.websocket;

import io.pado.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Enumeration;
import java.util.stream.Stream;

/** The opening handshake (RFC 6455, section 4.2): from an HTTP request to the answer 101. */
final class Handshake {

    /** The sub-protocol whose frames these are; a client that names none gets none. */
    static final String SUBPROTOCOL = "pado";
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final String VERSION = "13";

    private Handshake() {
    }

    /** @throws ProblemException 400, or 426 if the request does not open a WebSocket; the answer's head says what would then */
    static void check(HttpServletRequest request, HttpServletResponse response) {
        if (!names(request.getHeaders("Upgrade"), "websocket") || !names(request.getHeaders("Connection"), "upgrade")
                || !VERSION.equals(request.getHeader("Sec-WebSocket-Version")) || !request.getProtocol().equals("HTTP/1.1")) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Sec-WebSocket-Version", VERSION);
            throw ProblemException.upgradeRequired("Open a WebSocket here, version 13, over HTTP/1.1; a proxy must pass the headers"
                    + " Upgrade and Connection on.");
        }
        if (request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null) {
            throw ProblemException.badRequest("body", "A request that opens a WebSocket has no body; send frames after the answer.");
        }
        String key = request.getHeader("Sec-WebSocket-Key");
        if (key == null || !isKey(key.strip())) {
            throw ProblemException.badRequest("web-socket-key", "Sec-WebSocket-Key must be 16 bytes in Base64.");
        }
    }

    /** Sets the answer's head. */
    static void accept(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", accepted(request.getHeader("Sec-WebSocket-Key").strip()));
        if (namesSubprotocol(request)) {
            response.setHeader("Sec-WebSocket-Protocol", SUBPROTOCOL);
        }
    }

    /** @return whether the client knows {@link #SUBPROTOCOL} */
    static boolean namesSubprotocol(HttpServletRequest request) {
        return names(request.getHeaders("Sec-WebSocket-Protocol"), SUBPROTOCOL);
    }

    static String accepted(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha.digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }

    private static boolean names(Enumeration<String> values, String wanted) {
        Stream<String> all = Collections.list(values).stream().flatMap(value -> Arrays.stream(value.split(",")));
        return all.map(String::strip).anyMatch(wanted::equalsIgnoreCase);
    }
}
