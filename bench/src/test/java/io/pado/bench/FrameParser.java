package io.pado.bench;

import java.io.IOException;

/**
 * Takes off a server's WebSocket frames (RFC 6455, no extension). In: bytes as they come from the socket, cut anywhere.
 * Out: each text or binary message as one piece, its fragments joined. Answers pings; fails on a close frame and on
 * what breaks the protocol. One per connection; one thread.
 */
final class FrameParser implements Body {
    private static final int LONGEST_HEAD = 10;
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;
    private static final int LARGEST_CONTROL = 125;

    private final Messages out;
    private final Transport.Output back;
    private final byte[] head = new byte[LONGEST_HEAD];
    private final Carry message = new Carry();
    private final Carry control = new Carry();
    private int headLength;
    private boolean inPayload;
    private boolean inMessage;
    private long left;

    FrameParser(Messages out, Transport.Output back) {
        this.out = out;
        this.back = back;
    }

    @Override
    public void feed(byte[] bytes, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            if (inPayload) {
                int piece = (int) Math.min(left, to - at);
                payload(bytes, at, at + piece);
                at += piece;
            } else {
                head[headLength++] = bytes[at++];
                if (headLength >= 2 && headLength == headSize()) {
                    beginPayload();
                }
            }
        }
    }

    private int opcode() {
        return head[0] & 0x0f;
    }

    private boolean last() {
        return (head[0] & 0x80) != 0;
    }

    private boolean isControl() {
        return opcode() >= Frame.CLOSE;
    }

    private int headSize() {
        int length = head[1] & 0x7f;
        return length < Frame.TWO_BYTES ? 2 : length == Frame.TWO_BYTES ? 4 : LONGEST_HEAD;
    }

    private void beginPayload() throws IOException {
        require((head[0] & 0x70) == 0, "a reserved bit is set");
        require((head[1] & 0x80) == 0, "a server's frame is masked");
        left = headLength == 2 ? head[1] : 0;
        for (int i = 2; i < headLength; i++) {
            left = left << 8 | head[i] & 0xff;
        }
        boolean control = isControl();
        require(!control || last() && left <= LARGEST_CONTROL, "a control frame is in parts or too long");
        require(control || opcode() <= Frame.BINARY, "opcode " + opcode() + " is unknown");
        require(control || inMessage == (opcode() == Frame.CONTINUATION), "fragments in a wrong order");
        require(left >= 0 && left + message.length() <= LARGEST_MESSAGE, "a message of more than 16 MiB");
        inMessage |= !control;
        inPayload = true;
        if (left == 0) {
            endFrame();
        }
    }

    private void payload(byte[] bytes, int from, int to) throws IOException {
        left -= to - from;
        if (left == 0 && last() && !isControl() && message.length() == 0) {
            out.data(bytes, from, to);
        } else {
            (isControl() ? control : message).add(bytes, from, to);
        }
        if (left == 0) {
            endFrame();
        }
    }

    private void endFrame() throws IOException {
        inPayload = false;
        headLength = 0;
        if (isControl()) {
            endControl();
        } else if (last()) {
            endMessage();
        }
    }

    private void endMessage() {
        if (message.length() > 0) {
            out.data(message.bytes(), 0, message.length());
            message.clear();
        }
        inMessage = false;
        out.end();
    }

    private void endControl() throws IOException {
        byte[] bytes = control.bytes();
        int length = control.length();
        control.clear();
        switch (opcode()) {
            case Frame.CLOSE -> throw new IOException("closed by the server, code "
                    + (length < 2 ? "none" : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff));
            case Frame.PING -> back.write(Frame.of(Frame.PONG, bytes, length));
            case Frame.PONG -> { }
            default -> throw new IOException("WebSocket frame with the unknown opcode " + opcode());
        }
    }

    private static void require(boolean kept, String otherwise) throws IOException {
        if (!kept) {
            throw new IOException("not WebSocket: " + otherwise);
        }
    }
}
