package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.carrier.CarrierProof;
import io.pado.realtime.carrier.Carriers;
import io.pado.realtime.carrier.OwnConnection;
import io.pado.realtime.carrier.OwnServer;
import io.pado.realtime.sse.carrier.Chunk;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Opens a stream of this server to itself when it starts: one event with the answer's head, one after it, and the end of the response. For others it is not there. */
@Path("carrier-proof")
@ApplicationScoped
public class StreamProof implements CarrierProof {

    private static final byte[] FIRST = new SseFrame().comment("a stream begins in HTTP").bytes();
    private static final byte[] SECOND = new SseFrame().data("and goes on on the bare connection").bytes();

    @Inject
    private SseStreams streams;
    @Inject
    private TopicWire wire;
    @Inject
    private Carriers carriers;

    /** @param proof that this server itself asks */
    @GET
    @PermitAll
    @Produces(SseStreams.MEDIA_TYPE)
    @Operation(hidden = true)
    public Response open(@HeaderParam(Carriers.PROOF) String proof) {
        if (!carriers.isProof(proof)) {
            throw ProblemException.notFound("no-such-resource", "There is nothing at this address.");
        }
        return streams.told(StreamRequest.of(Caller.ANONYMOUS, wire), FIRST, SECOND);
    }

    @Override
    public void run(OwnServer server) throws IOException {
        try (OwnConnection connection = server.ask("GET", OwnServer.PROOF_PATH, "")) {
            String head = connection.head();
            if (!head.startsWith("HTTP/1.1 200 ") || !head.toLowerCase(Locale.ROOT).contains("\ntransfer-encoding: chunked\n")) {
                throw new IOException("The answer is no stream: " + head);
            }
            connection.expect(Chunk.of(FIRST));
            connection.expect(Chunk.of(SECOND));
            connection.expect(Chunk.LAST);
            connection.expectEnd();
        }
    }
}
