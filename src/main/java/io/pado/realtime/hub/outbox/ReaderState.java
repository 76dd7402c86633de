package io.pado.realtime.hub.outbox;

/**
 * What one reader got, and what it did not.
 *
 * @param lastEvent     number of the last event that was given to its connection; 0 if there was none
 * @param written       frames that were given to its connection, notices and heartbeats too
 * @param bytes         of these
 * @param quietMillis   since the last of them; since it was let in if there was none
 * @param waiting       frames in its queue
 * @param waitingBytes  of these
 * @param dropped       events that were left out because its queue was full (LIVE topics)
 * @param replaced      events in whose place a newer one of the same key went (LATEST topics)
 * @param cut           frames that still waited when its connection ended
 */
public record ReaderState(long lastEvent, long written, long bytes, long quietMillis, int waiting, int waitingBytes, long dropped, long replaced, int cut) {

    /** @return whether it did not get everything, or has not taken yet what it was sent */
    public boolean isTroubled() {
        return waiting > 0 || dropped > 0 || replaced > 0 || cut > 0;
    }
}
