package io.pado.realtime.topic;

import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.platform.http.JsonBody;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.EventId;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogSlice;
import io.pado.realtime.log.LogUnavailable;
import jakarta.annotation.security.PermitAll;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /api/topics/{topic}/events}: publishes to a topic, and reads back what is kept of it. Its policy says who may. */
@Path("topics/{topic}/events")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class TopicResource {

    private static final int MOST = 1_000;
    /** A client that does not read its answer holds a thread, and what the connection does not take, for a while: about this much, but for one event. */
    private static final int ENOUGH_BYTES = 256 * 1024;

    @Inject
    private Publishing publishing;
    @Inject
    private TopicAccess access;
    @Inject
    private EventLog log;
    @Inject
    private Callers callers;

    /**
     * Publishes an event.
     *
     * @param idempotencyKey the same key within 24 h is the same event
     * @return 201 with its id, or 202 without one if it waits for the log
     */
    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_JSON)
    public Response publish(@PathParam("topic") String name, @HeaderParam("Idempotency-Key") @DefaultValue("") String idempotencyKey, String body) {
        Caller caller = callers.current();
        Topic topic = access.publishable(name, caller);
        EventBody event = EventBody.of(JsonBody.parse(body, EventBody.EXAMPLE));
        Optional<EventId> id = publishing.publish(caller, topic, event, idempotencyKey);
        return Response.status(id.isPresent() ? Response.Status.CREATED : Response.Status.ACCEPTED)
                .entity("{\"id\":" + EventText.id(id) + '}').build();
    }

    /**
     * Reads what is kept of a topic, oldest first.
     *
     * @param after id of the last event that is known; all that is kept without it
     * @param limit events at most
     */
    @GET
    @PermitAll
    public String history(@PathParam("topic") String name, @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        Topic topic = access.readable(name, callers.current());
        Optional<EventId> place = EventId.parse(after);
        if (place.isEmpty() && !after.isEmpty()) {
            throw ProblemException.badRequest("event-id", "after must be the id of an event, as it came with it.");
        }
        if (!limit.matches("[1-9]\\d{0,3}") || Integer.parseInt(limit) > MOST) {
            throw ProblemException.badRequest("limit", "limit must be 1 to " + MOST + '.');
        }
        try {
            return text(topic, log.read(Map.of(topic, place.map(EventId::sequence).orElse(0L)), Integer.parseInt(limit), ENOUGH_BYTES), place);
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("The history cannot be read right now; try again in a few seconds.");
        }
    }

    /** An id of another log stands for nothing here: what is kept cannot follow it. */
    private static String text(Topic topic, LogSlice read, Optional<EventId> place) {
        boolean strange = place.isPresent() && (!place.get().epoch().equals(read.epoch()) || place.get().sequence() > read.sequence());
        boolean gap = strange || place.isPresent() && read.holes().contains(topic);
        String events = strange ? "" : read.events().stream().map(EventText::of).collect(Collectors.joining(","));
        EventId reached = strange || read.complete() ? read.position() : new EventId(read.epoch(), read.reach());
        return "{\"topic\":\"" + topic + "\",\"epoch\":\"" + read.epoch() + "\",\"gap\":" + gap + ",\"complete\":" + (strange || read.complete())
                + ",\"id\":\"" + reached + "\",\"events\":[" + events + "]}";
    }
}
