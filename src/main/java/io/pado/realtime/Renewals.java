package io.pado.realtime;

import io.pado.identity.Caller;
import io.pado.realtime.log.LogUnavailable;
import java.util.Optional;

/** Where a stream's caller leaves a fresh token's rights: the request may come to any node, not only to the stream's. */
public interface Renewals {

    /**
     * Makes a stream known, until a while after its caller's token ends.
     *
     * @param connectionId the stream
     * @param caller       whose it is
     * @throws LogUnavailable if the store does not answer
     */
    void opened(String connectionId, Caller caller);

    /**
     * Leaves a fresh token's rights for a stream.
     *
     * @return false if there is no such stream, or it is another user's
     * @throws LogUnavailable if the store does not answer
     */
    boolean renew(String connectionId, Caller fresh);

    /**
     * @return the latest caller of a stream; empty if it is not known
     * @throws LogUnavailable if the store does not answer
     */
    Optional<Caller> latest(String connectionId);
}
