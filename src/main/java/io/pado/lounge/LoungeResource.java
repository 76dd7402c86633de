package io.pado.lounge;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code /api/chat/messages}: the public room. */
@Path("chat/messages")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class LoungeResource {

    private static final int MAX_CONTENT = 4_000;
    private static final int PAGE = 50;

    @Inject
    private LoungeMessages lounge;
    @Inject
    private Callers callers;

    /** What was said, newest first. @param before only messages with a smaller id: the last id of a page gets the next one */
    @GET
    public List<LoungeMessageView> list(@QueryParam("before") @DefaultValue("999999999999999999") String before) {
        if (!before.matches("\\d{1,18}")) {
            throw ProblemException.badRequest("before", "before must be the id of a message, a whole number.");
        }
        return lounge.page(Long.parseLong(before), PAGE);
    }

    /** Says something to everybody. @param key the same key again is the same message */
    @POST
    @RolesAllowed(Roles.USER)
    public Response say(@HeaderParam("Idempotency-Key") @DefaultValue("") String key, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"content\": \"...\"}");
        String content = fields.lines("content", MAX_CONTENT);
        fields.check();
        return lounge.say(callers.current().userId().orElseThrow(), key, content).response();
    }
}
