package io.pado.feed.watch;

/** Another node watches by now; it repeats what this one had not stored. */
final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost() {
        super("Another node watches MongoDB by now");
    }
}
