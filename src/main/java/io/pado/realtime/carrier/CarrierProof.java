package io.pado.realtime.carrier;

import java.io.IOException;

/** A transport's proof that the bare connection carries its streams on this server; all beans of this type are run when it starts. */
@FunctionalInterface
public interface CarrierProof {

    /**
     * Opens a stream and looks at every byte.
     *
     * @throws IOException if a byte is another than it must be, or does not come in time
     */
    void run(OwnServer server) throws IOException;
}
