package io.pado.admin;

import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.http.JsonBody;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.log.EventLog;
import io.pado.realtime.log.LogUnavailable;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sse.broadcast.BroadcastTopic;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.List;
import java.util.UUID;

/** {@code /api/admin/operations}: how all nodes are, live; for admins. */
@Path("admin/operations")
@ApplicationScoped
@RolesAllowed(Roles.ADMIN)
public class OperationsResource {

    private static final int MOST = 200;
    private static final String USUAL = "20";
    private static final int MAX_TEXT = 200;

    @Inject
    @BroadcastTopic(OperationsTopics.FIGURES_NAME)
    private SseBroadcaster live;
    @Inject
    private Callers callers;
    @Inject
    private Publisher publisher;
    @Inject
    private FiguresRelay relay;
    @Inject
    private Figures figures;
    @Inject
    private EventLog log;

    /**
     * {@code connected}, then each second {@code figures} of each node, and {@code found} for each question. It is written with nothing but the standard API and
     * the broadcaster's qualifier.
     */
    @GET
    @Path("stream")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(@Context SseEventSink sink) {
        Caller caller = callers.current();
        Connected connected = new Connected(caller.userId().orElseThrow(), caller.roles().stream().sorted().toList(), figures.node());
        sink.send(LiveFact.of("connected", connected));
        live.register(sink);
        relay.nudge();
    }

    /** Asks all nodes for streams, open or ended lately. The answers come on the stream, one of each node. */
    @POST
    @Path("questions")
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Response ask(String body) {
        JsonBody sent = JsonBody.parse(body, "{\"userId\": 7, \"connection\": \"…\", \"topic\": \"…\"}");
        long userId = sent.has("userId") ? sent.number("userId", 1, Long.MAX_VALUE) : 0;
        ReaderQuestion question = new ReaderQuestion(UUID.randomUUID().toString(), userId, sent.optionalText("connection", MAX_TEXT),
                sent.optionalText("topic", MAX_TEXT));
        sent.check();
        try {
            publisher.publish(new Publication(OperationsTopics.ASKED, FiguresRelay.FIND, "", Json.text(question), ""));
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("The nodes cannot be asked right now; try again in a few seconds.");
        }
        return Response.accepted(new Accepted(question.question())).build();
    }

    /**
     * The last events of any topic, also of those that only their own endpoints show, newest last.
     *
     * @param limit 1 to 200, otherwise 20
     */
    @GET
    @Path("topics/{topic}/events")
    @Produces(MediaType.APPLICATION_JSON)
    public String lastEvents(@PathParam("topic") String name, @QueryParam("limit") @DefaultValue(USUAL) String limit) {
        if (!limit.matches("[1-9]\\d{0,2}") || Integer.parseInt(limit) > MOST) {
            throw ProblemException.badRequest("limit", "limit must be 1 to " + MOST + '.');
        }
        Topic topic = topic(name);
        try {
            return new LastEvents(Integer.parseInt(limit)).read(log, topic);
        } catch (LogUnavailable away) {
            throw ProblemException.unavailable("The history cannot be read right now; try again in a few seconds.");
        }
    }

    private static Topic topic(String name) {
        try {
            return new Topic(name);
        } catch (IllegalArgumentException noName) {
            throw ProblemException.badRequest("topic", noName.getMessage());
        }
    }

    /**
     * What a stream begins with.
     *
     * @param userId       who listens
     * @param roles        theirs
     * @param node         on which node
     */
    @JsonbPropertyOrder({"userId", "roles", "node"})
    public record Connected(long userId, List<String> roles, String node) {
    }

    /** The name of a question. @param question as the answers have it */
    public record Accepted(String question) {
    }
}
