package io.pado.feed.watch;

import java.time.Duration;

/**
 * The last known state of a document, to be kept.
 *
 * @param text    its fields as JSON; empty to forget it
 * @param lasting how long it is kept
 */
record LastState(String text, Duration lasting) {

    static final LastState FORGOTTEN = new LastState("", Duration.ZERO);
}
