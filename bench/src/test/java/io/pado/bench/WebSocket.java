package io.pado.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** WebSocket over HTTP/1.1 (RFC 6455), without sub-protocols and extensions. */
final class WebSocket implements Transport {
    private static final int SWITCHING = 101;
    /** Section 1.3: what the server adds to the key. */
    private static final String ADDED = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** All readers have the same: it need not be a secret from a server under test. */
    private static final String KEY =
            Base64.getEncoder().encodeToString("the reader's key".getBytes(StandardCharsets.US_ASCII));
    private static final String ACCEPT = accept(KEY);

    @Override
    public byte[] request(int port, String path) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n";
        return head.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] text(String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        return Frame.of(Frame.TEXT, payload, payload.length);
    }

    @Override
    public Body open(ResponseHead head, Messages messages, Output back) throws IOException {
        if (head.status() != SWITCHING) {
            throw new IOException("status " + head.status() + " instead of 101");
        }
        if (!head.header("sec-websocket-accept").equals(ACCEPT) || !head.header("sec-websocket-extensions").isEmpty()) {
            throw new IOException("the server's side of the handshake is wrong");
        }
        return new FrameParser(messages, back);
    }

    /** What a server must answer to {@code key}. */
    static String accept(String key) {
        try {
            byte[] both = (key + ADDED).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(both));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
