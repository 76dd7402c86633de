package io.pado.bench;

/** Takes a piece of a stream: the bytes {@code from} (inclusive) to {@code to} (exclusive). Must not keep the array. */
@FunctionalInterface
interface Bytes {
    void accept(byte[] bytes, int from, int to);
}
