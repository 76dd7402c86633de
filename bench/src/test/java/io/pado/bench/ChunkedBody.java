package io.pado.bench;

import java.io.IOException;

/**
 * Takes off HTTP/1.1 chunked framing. In: pieces of the message body as they come from the socket, cut anywhere.
 * Out: the same bytes without sizes, extensions and trailers. One per connection; one thread.
 */
final class ChunkedBody {
    private enum State { SIZE, EXTENSION, DATA, DATA_END, TRAILER, DONE }

    private State state = State.SIZE;
    private long left;
    private boolean digitSeen;
    private int trailerLine;

    /** Hands the payload within {@code bytes[from, to)} to {@code out}; fails on broken framing. */
    void feed(byte[] bytes, int from, int to, Bytes out) throws IOException {
        int at = from;
        while (at < to) {
            if (state == State.DATA) {
                int piece = (int) Math.min(left, to - at);
                out.accept(bytes, at, at + piece);
                at += piece;
                left -= piece;
                if (left == 0) {
                    state = State.DATA_END;
                }
            } else {
                frame(bytes[at++]);
            }
        }
    }

    /** Whether the last chunk and its trailer have come. */
    boolean done() {
        return state == State.DONE;
    }

    private void frame(byte b) throws IOException {
        switch (state) {
            case SIZE -> size(b);
            case EXTENSION -> {
                if (b == '\n') {
                    startData();
                }
            }
            case DATA_END -> {
                if (b == '\n') {
                    state = State.SIZE;
                } else if (b != '\r') {
                    throw new IOException("chunk longer than its size: byte " + b);
                }
            }
            case TRAILER -> trailer(b);
            default -> throw new IOException("bytes after the last chunk");
        }
    }

    private void size(byte b) throws IOException {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            left = left * 16 + digit;
            digitSeen = true;
        } else if (b == '\n') {
            startData();
        } else if (b == ';') {
            state = State.EXTENSION;
        } else if (b != '\r' && b != ' ') {
            throw new IOException("not a chunk size: byte " + b);
        }
    }

    private void startData() throws IOException {
        if (!digitSeen) {
            throw new IOException("empty chunk size");
        }
        digitSeen = false;
        state = left == 0 ? State.TRAILER : State.DATA;
    }

    private void trailer(byte b) {
        if (b == '\n') {
            state = trailerLine == 0 ? State.DONE : State.TRAILER;
            trailerLine = 0;
        } else if (b != '\r') {
            trailerLine++;
        }
    }
}
