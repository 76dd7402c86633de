package io.pado.feed.watch;

/** MongoDB cannot tell the next change, because it is larger than 16 MB even without what nobody reads; it has to be stepped over. */
final class EventTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventTooLarge(Throwable cause) {
        super("A change is too large to be told", cause);
    }
}
