package io.pado.chat.send;

import io.pado.chat.answer.ChatWire;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.stream.StreamPlace;
import io.pado.run.RunStreams;
import io.pado.run.RunView;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Set;

/** System 5: {@code /api/chat/rooms/{id}/send} and its two old addresses; for everybody with a token. */
@Path("chat/rooms")
@ApplicationScoped
public class SendResource {

    /** What a client that reads streams gets as an event, for it throws away any other answer. */
    private static final Set<Integer> IN_STREAM = Set.of(403, 404);

    @Inject
    private Sends sends;
    @Inject
    private RunStreams streams;
    @Inject
    private ChatWire wire;
    @Inject
    private Callers callers;
    @Context
    private HttpHeaders headers;

    /** Says something; the answer streams in the response. @param key the same key again is the same send: it joins the answer */
    @POST
    @Path("{id}/send")
    @Produces({SseStreams.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.USER)
    public Response send(@PathParam("id") String id, @HeaderParam("Idempotency-Key") @DefaultValue("") String key, String body) {
        return answer(id, SendKind.ANY, key, body);
    }

    /** The old address for rooms of one user and one character. */
    @POST
    @Path("{id}/sse")
    @Produces({SseStreams.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.USER)
    public Response sendAlone(@PathParam("id") String id, @HeaderParam("Idempotency-Key") @DefaultValue("") String key, String body) {
        return answer(id, SendKind.ONE_ON_ONE, key, body);
    }

    /** The old address for groups. */
    @POST
    @Path("{id}/group-sse")
    @Produces({SseStreams.MEDIA_TYPE, MediaType.APPLICATION_JSON})
    @RolesAllowed(Roles.USER)
    public Response sendToGroup(@PathParam("id") String id, @HeaderParam("Idempotency-Key") @DefaultValue("") String key, String body) {
        return answer(id, SendKind.GROUP, key, body);
    }

    /** The caller's answers in a room that are in the making. */
    @GET
    @Path("{id}/runs")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.USER)
    public List<RunOfRoom> underWay(@PathParam("id") String id) {
        return sends.underWay(callers.current(), id).stream().map(RunOfRoom::of).toList();
    }

    /** Stops the answer of a send by its key, also before the send has come; what there is is kept. */
    @POST
    @Path("{id}/stop")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.USER)
    public Response stopByKey(@PathParam("id") String id, @HeaderParam("Idempotency-Key") @DefaultValue("") String key) {
        if (key.isEmpty()) {
            throw ProblemException.badRequest("idempotency-key", "Send the Idempotency-Key of the message whose answer is to be stopped.");
        }
        IdempotencyKey.check(key);
        sends.stop(callers.current(), id, key);
        return Response.accepted().build();
    }

    private Response answer(String id, SendKind kind, String key, String body) {
        SendRequest request = SendRequest.parse(body);
        IdempotencyKey idempotencyKey = IdempotencyKey.of(key, "send\n" + id + '\n' + request.message());
        // First of all the stream has its place: a message is not stored for one that is refused.
        try (StreamPlace place = streams.place(callers.current(), wire)) {
            RunView run = sends.send(callers.current(), id, kind, request, idempotencyKey);
            return streams.whole(sends.reader(callers.current(), run).in(place), run);
        } catch (ProblemException refused) {
            if (IN_STREAM.contains(refused.problem().status()) && readsStreams()) {
                return Response.ok(ChatWire.refusal(refused.problem()), SseStreams.MEDIA_TYPE).header(HttpHeaders.CACHE_CONTROL, "no-cache").build();
            }
            throw refused;
        }
    }

    private boolean readsStreams() {
        return headers.getAcceptableMediaTypes().stream().anyMatch(MediaType.SERVER_SENT_EVENTS_TYPE::isCompatible);
    }
}
