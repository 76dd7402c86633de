package io.pado.platform.mongo;

/** Another document has the same value where each must have its own. */
public class KeyTaken extends RuntimeException {

    KeyTaken(RuntimeException refusal) {
        super("Another document has the same value", refusal);
    }
}
