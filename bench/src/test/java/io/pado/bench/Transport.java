package io.pado.bench;

import java.io.IOException;

/** One of the two ways by which events come: what a reader asks for, and how it reads the answer. Stateless. */
interface Transport {
    /** Writes on the reader's connection; fails if the socket does not take all at once. */
    @FunctionalInterface
    interface Output {
        void write(byte[] bytes) throws IOException;
    }

    /** The head of the request for {@code path} of {@code 127.0.0.1:port}. */
    byte[] request(int port, String path);

    /** What carries a text of the client's on the open connection; fails where clients cannot speak. */
    byte[] text(String text);

    /** Checks the complete head of the answer; gives what reads the bytes after it, and may write {@code back}. */
    Body open(ResponseHead head, Messages messages, Output back) throws IOException;
}
