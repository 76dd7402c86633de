package io.pado.presence.friend;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.identity.user.UserNames;
import io.pado.platform.http.Answer;
import io.pado.platform.problem.ProblemException;
import io.pado.platform.sql.IdempotentCalls;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code /api/friends}. */
@Path("friends")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class FriendResource {

    @Inject
    private Friends friends;
    @Inject
    private UserNames users;
    @Inject
    private IdempotentCalls calls;
    @Inject
    private Callers callers;

    /** The caller's friends, by name. */
    @GET
    @RolesAllowed(Roles.USER)
    public List<FriendView> list() {
        return friends.of(caller());
    }

    /** Ends a friendship. */
    @DELETE
    @Path("{userId: \\d{1,18}}")
    @RolesAllowed(Roles.USER)
    public void end(@PathParam("userId") long userId) {
        friends.end(caller(), userId);
    }

    /** The open requests to the caller, and those that the caller sent. */
    @GET
    @Path("requests")
    @RolesAllowed(Roles.USER)
    public RequestsView requests() {
        return friends.requests(caller());
    }

    /** Asks somebody to be friends. @param idempotencyKey the same key within 24 h is the same request, and gets the same answer */
    @POST
    @Path("requests")
    @RolesAllowed(Roles.USER)
    public Response ask(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        AskRequest asked = AskRequest.parse(body);
        long caller = caller();
        return calls.once("user:" + caller, idempotencyKey, "POST /api/friends/requests\n" + asked, () -> asked(caller, asked)).response();
    }

    /** Accepts a request; for whom it was sent to. */
    @POST
    @Path("requests/{id: \\d{1,18}}/accept")
    @RolesAllowed(Roles.USER)
    @Consumes(MediaType.WILDCARD)
    public RequestView accept(@PathParam("id") long id) {
        return friends.accept(caller(), id);
    }

    /** Declines a request; for whom it was sent to. */
    @POST
    @Path("requests/{id: \\d{1,18}}/decline")
    @RolesAllowed(Roles.USER)
    @Consumes(MediaType.WILDCARD)
    public RequestView decline(@PathParam("id") long id) {
        return friends.decline(caller(), id);
    }

    private Answer asked(long caller, AskRequest asked) {
        long receiver = asked.email().isEmpty() ? asked.userId() : users.byEmail(asked.email()).orElseThrow(Friends::noSuchUser);
        if (receiver == caller) {
            throw ProblemException.invalid(asked.email().isEmpty() ? "user_id" : "email", "must be of somebody else than you");
        }
        RequestView request = friends.ask(caller, receiver);
        return request.status().equals(Request.OPEN) ? Answer.created("", request) : Answer.ok(request);
    }

    private long caller() {
        return callers.current().userId().orElseThrow();
    }
}
