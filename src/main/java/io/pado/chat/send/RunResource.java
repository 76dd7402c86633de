package io.pado.chat.send;

import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.realtime.sse.ResumeQuery;
import io.pado.realtime.sse.SseStreams;
import io.pado.run.RunStreams;
import io.pado.run.RunView;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /api/chat/runs}: the answers of sends; for who sent. */
@Path("chat/runs")
@ApplicationScoped
public class RunResource {

    @Inject
    private Sends sends;
    @Inject
    private RunStreams streams;
    @Inject
    private Callers callers;

    /** One answer: the text so far and then the rest, or what follows the reader's last event. */
    @GET
    @Path("{run}/stream")
    @Produces(SseStreams.MEDIA_TYPE)
    @RolesAllowed(Roles.USER)
    public Response resume(@PathParam("run") String run, @BeanParam ResumeQuery query) {
        RunView found = sends.require(callers.current(), run);
        return streams.resume(sends.reader(callers.current(), found), found, query.lastEventId());
    }

    /** Stops an answer, also before its first text; what there is is kept. */
    @POST
    @Path("{run}/stop")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.USER)
    public Response stop(@PathParam("run") String run) {
        sends.stop(callers.current(), run);
        return Response.accepted().build();
    }
}
