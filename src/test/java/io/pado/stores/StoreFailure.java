package io.pado.stores;

/** A store could not be started or reached. The message is one sentence for the user that says what to do about it. */
public final class StoreFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreFailure(String sentence) {
        super(sentence);
    }

    public StoreFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
