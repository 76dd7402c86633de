package io.pado.poll;

import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code /api/polls}. */
@Path("polls")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PollResource {

    @Inject
    private Polls polls;

    @Inject
    private Callers callers;

    /** @param before only polls with a smaller id: the last id of a page gets the next one */
    @GET
    public List<PollView> list(@QueryParam("before") @DefaultValue("999999999999999999") String before) {
        if (!before.matches("\\d{1,18}")) {
            throw ProblemException.badRequest("before", "before must be the id of a poll, a whole number.");
        }
        return polls.page(Long.parseLong(before));
    }

    /** One poll with its totals. */
    @GET
    @Path("{id: \\d{1,18}}")
    public Response get(@PathParam("id") long id, @Context Request request) {
        return polls.get(id).answerTo(request);
    }

    /** Opens a poll; for admins. @param idempotencyKey the same key within 24 h is the same poll, and gets the same answer */
    @POST
    @RolesAllowed(Roles.ADMIN)
    public Response open(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        return polls.open(callers.current().userId().orElseThrow(), idempotencyKey, PollRequest.parse(body)).response();
    }

    /** Votes, or changes one's vote. */
    @POST
    @Path("{id: \\d{1,18}}/votes")
    public PollView vote(@PathParam("id") long id, String body) {
        VoteRequest request = VoteRequest.parse(body);
        Caller caller = callers.current();
        if (caller.userId().isEmpty() && !request.namesVoter()) {
            throw ProblemException.invalid("client_id", "is missing or wrong; without a token say who votes, 1 to 200 printable characters");
        }
        return polls.vote(id, Voter.of(caller, request.clientId()), request.optionId());
    }

    /** Ends the voting; for admins. */
    @POST
    @Path("{id: \\d{1,18}}/close")
    @RolesAllowed(Roles.ADMIN)
    @Consumes(MediaType.WILDCARD)
    public PollView close(@PathParam("id") long id) {
        return polls.close(id);
    }
}
