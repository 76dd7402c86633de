package io.pado.chat;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.http.JsonBody;
import io.pado.platform.mongo.Page;
import io.pado.platform.mongo.PageRequest;
import io.pado.platform.problem.ProblemException;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /api/chat/rooms}; for everybody with a token. */
@Path("chat/rooms")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class ChatResource {

    private static final int MAX_CONTENT = 4_000;

    @Inject
    private Rooms rooms;
    @Inject
    private Messages messages;
    @Inject
    private Callers callers;

    /**
     * The rooms in which the caller takes part, newest first.
     *
     * @param cursor {@code next} of the page before
     * @param limit  how many at most
     */
    @GET
    @RolesAllowed(Roles.USER)
    public Page<RoomView> list(@QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue(PageRequest.DEFAULT_LIMIT) String limit) {
        return rooms.of(caller(), PageRequest.of(cursor, limit));
    }

    /** Opens a room with others. @param idempotencyKey the same key is the same room, and gets the same answer */
    @POST
    @RolesAllowed(Roles.USER)
    public Response open(@HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        RoomRequest request = RoomRequest.parse(body);
        return rooms.open(caller(), IdempotencyKey.of(idempotencyKey, "POST /api/chat/rooms\n" + request), request).response();
    }

    /** Adds somebody to a group. Doing so twice is the same as once, so that a key changes nothing. */
    @POST
    @Path("{id}/participants")
    @RolesAllowed(Roles.USER)
    public RoomView add(@PathParam("id") String id, @HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"userId\": 7}");
        long user = fields.number("userId", "the id of a user").orElse(0);
        fields.check();
        IdempotencyKey.check(idempotencyKey);
        return rooms.add(caller(), id, user);
    }

    /** Leaves a group, or removes somebody from the caller's own. */
    @DELETE
    @Path("{id}/participants/{userId}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.USER)
    public void remove(@PathParam("id") String id, @PathParam("userId") String userId) {
        if (!userId.matches("[1-9]\\d{0,17}")) {
            throw ProblemException.notFound("no-such-user", "The path must end with the id of a user.");
        }
        rooms.remove(caller(), id, Long.parseLong(userId));
    }

    /**
     * What was said in a room, newest first.
     *
     * @param cursor {@code next} of the page before
     * @param limit  how many at most
     */
    @GET
    @Path("{id}/messages")
    @RolesAllowed(Roles.USER)
    public Page<MessageView> messages(@PathParam("id") String id, @QueryParam("cursor") @DefaultValue("") String cursor,
            @QueryParam("limit") @DefaultValue(PageRequest.DEFAULT_LIMIT) String limit) {
        return messages.in(caller(), id, PageRequest.of(cursor, limit));
    }

    /** Says something in a room. @param idempotencyKey the same key is the same message, and gets the same answer */
    @POST
    @Path("{id}/messages")
    @RolesAllowed(Roles.USER)
    public Response say(@PathParam("id") String id, @HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        JsonBody fields = JsonBody.parse(body, "{\"content\": \"...\"}");
        String content = fields.lines("content", MAX_CONTENT);
        fields.check();
        return messages.say(caller(), id, IdempotencyKey.of(idempotencyKey, "POST /api/chat/rooms/" + id + "/messages\n" + content), content).response();
    }

    private long caller() {
        return callers.current().userId().orElseThrow();
    }
}
