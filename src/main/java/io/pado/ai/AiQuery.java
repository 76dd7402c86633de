package io.pado.ai;

import io.pado.identity.Caller;
import io.pado.platform.Texts;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.sse.ResumeQuery;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;

/** What the address of a request about answers may say. */
public class AiQuery extends ResumeQuery {

    private static final int MAX_CLIENT_ID = 200;

    @QueryParam("client_id")
    @DefaultValue("")
    private String clientId;

    /** @throws ProblemException 400 if the page names itself in a way that cannot be a name */
    AiAsker asker(Caller caller, String address) {
        if (!clientId.isEmpty() && !Texts.isVisible(clientId) || clientId.length() > MAX_CLIENT_ID || !Texts.isClean(clientId)) {
            throw ProblemException.badRequest("client-id", "client_id must be 1 to 200 printable characters.");
        }
        return AiAsker.of(caller, clientId, address);
    }
}
