package io.pado.realtime.websocket;

import io.pado.realtime.carrier.CarrierProof;
import io.pado.realtime.carrier.OwnConnection;
import io.pado.realtime.carrier.OwnServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Opens {@code /live} of this server when it starts: the handshake, the first message, a question with its answer, and the end in order. */
@ApplicationScoped
public class WebSocketProof implements CarrierProof {

    private static final String KEY = "cGFkbyBwcm92ZXMgaXQuIQ==";
    private static final String QUESTION = "{\"type\":\"ping\",\"ref\":1}";
    private static final String ANSWER = "{\"type\":\"pong\",\"ref\":1}";
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES = 126;
    private static final int MASK = 0x50_61_64_6f;

    @Override
    public void run(OwnServer server) throws IOException {
        try (OwnConnection connection = server.ask("GET", "/live", "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n")) {
            String head = connection.head();
            if (!head.startsWith("HTTP/1.1 101 ")
                    || !head.toLowerCase(Locale.ROOT).contains("\nsec-websocket-accept: " + Handshake.accepted(KEY).toLowerCase(Locale.ROOT) + '\n')) {
                throw new IOException("The answer opens no WebSocket: " + head);
            }
            String welcome = text(connection);
            if (!welcome.startsWith("{\"type\":\"welcome\"")) {
                throw new IOException("The first message is no welcome: " + welcome);
            }
            connection.say(masked(Frames.framed(Frames.text(QUESTION))));
            String answer = text(connection);
            while (!answer.equals(ANSWER)) {
                // A server that starts may have notices to tell meanwhile.
                answer = text(connection);
            }
            connection.say(masked(Frames.close(CloseCodes.NORMAL, "")));
            expectClose(connection, Frames.close(CloseCodes.NORMAL, ""));
            connection.expectEnd();
        }
    }

    private static void expectClose(OwnConnection connection, byte[] close) throws IOException {
        int first = connection.next();
        while (first == (Frames.head(Frames.TEXT)[0] & 0xFF)) {
            body(connection);
            first = connection.next();
        }
        if (first != (close[0] & 0xFF)) {
            throw new IOException("After the close frame came a frame that begins with " + first);
        }
        connection.expect(Arrays.copyOfRange(close, 1, close.length));
    }

    /** Takes a message of less than 64 KiB. */
    private static String text(OwnConnection connection) throws IOException {
        connection.expect(Frames.head(Frames.TEXT));
        return body(connection);
    }

    private static String body(OwnConnection connection) throws IOException {
        int length = connection.next();
        if (length == TWO_BYTES) {
            length = connection.next() << Byte.SIZE | connection.next();
        }
        ByteBuffer text = ByteBuffer.allocate(Math.max(0, length));
        while (text.hasRemaining()) {
            text.put((byte) connection.next());
        }
        return new String(text.array(), StandardCharsets.UTF_8);
    }

    /** @param frame a server's, with a head of two bytes @return the same as a client sends it */
    private static byte[] masked(byte[] frame) {
        ByteBuffer masked = ByteBuffer.allocate(frame.length + Integer.BYTES).put(frame[0]).put((byte) (frame[1] | MASKED)).putInt(MASK);
        for (int i = 2; i < frame.length; i++) {
            masked.put((byte) (frame[i] ^ MASK >>> Byte.SIZE * (3 - (i - 2) % Integer.BYTES)));
        }
        return masked.array();
    }
}
