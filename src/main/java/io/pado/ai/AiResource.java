package io.pado.ai;

import io.pado.identity.Callers;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.proxy.Clients;
import io.pado.realtime.sse.SseStreams;
import io.pado.run.RunReader;
import io.pado.run.RunStreams;
import io.pado.run.RunView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
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

/** {@code /api/ai}: questions, and the runs that answer them. For everybody; a token, or a {@code client_id}, says whose they are. */
@Path("ai")
@Produces(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class AiResource {

    @Inject
    private AiQuestions questions;
    @Inject
    private RunStreams streams;
    @Inject
    private AiWire wire;
    @Inject
    private Callers callers;
    @Inject
    private Clients clients;
    @Inject
    private HttpServletRequest request;

    /** The name of an answer in the making. */
    public record Accepted(String runId) {
    }

    /**
     * Asks; the answer comes on the asker's {@code ai} channel. JSON whatever the content type says: the document's client says none.
     *
     * @param key the same key again is the same question
     */
    @POST
    @Path("chat")
    @Consumes(MediaType.WILDCARD)
    public Response ask(@HeaderParam("Idempotency-Key") @DefaultValue("") String key, String body) {
        AiQuestion asked = AiQuestion.parse(body);
        String id = questions.ask(AiAsker.of(callers.current(), asked.clientId(), address()), asked.question(), IdempotencyKey.of(key, "ai\n" + asked.question()));
        return Response.accepted(new Accepted(id)).build();
    }

    /** The asker's answers in the making. */
    @GET
    @Path("runs")
    public List<RunOfAsker> underWay(@BeanParam AiQuery query) {
        return questions.underWay(query.asker(callers.current(), address())).stream().map(RunOfAsker::of).toList();
    }

    /** One answer: the text so far and then the rest, or what follows the reader's last event. */
    @GET
    @Path("runs/{id}/stream")
    @Produces(SseStreams.MEDIA_TYPE)
    public Response stream(@PathParam("id") String id, @BeanParam AiQuery query) {
        RunView run = questions.require(query.asker(callers.current(), address()), id);
        return streams.resume(RunReader.of(callers.current(), wire), run, query.lastEventId());
    }

    /** Stops an answer, also before its first text; what there is is kept. @param id the run's, or the Idempotency-Key of its question */
    @POST
    @Path("runs/{id}/stop")
    @Consumes(MediaType.WILDCARD)
    public Response stop(@PathParam("id") String id, @BeanParam AiQuery query) {
        questions.stop(query.asker(callers.current(), address()), id);
        return Response.accepted().build();
    }

    private String address() {
        return clients.of(request).counted();
    }
}
