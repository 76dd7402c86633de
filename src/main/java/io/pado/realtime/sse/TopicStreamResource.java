package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.topic.EventText;
import io.pado.realtime.topic.TopicAccess;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code /api/stream?topic=a&topic=b}: any topics, as one stream of events; its first one names those that the caller may not read. */
@Path("stream")
@ApplicationScoped
public class TopicStreamResource {

    private static final int MAX_TOPICS = 100;

    @Inject
    private TopicAccess access;
    @Inject
    private SseStreams streams;
    @Inject
    private TopicWire wire;
    @Inject
    private Callers callers;

    /** @param names of the topics */
    @GET
    @PermitAll
    @Produces(SseStreams.MEDIA_TYPE)
    public Response open(@QueryParam("topic") List<String> names, @BeanParam ResumeQuery resume) {
        if (names.isEmpty() || names.size() > MAX_TOPICS) {
            throw ProblemException.badRequest("topics", "Say what you want to hear: 1 to " + MAX_TOPICS + " times ?topic=.");
        }
        Caller caller = callers.current();
        TopicAccess.Readable readable = access.readable(names, caller).some();
        return streams.open(StreamRequest.of(caller, wire).topics(readable.topics()).from(resume).greeting(stream -> List.of(new SseFrame().data(
                EventText.joined(stream.join(), EventText.caller(stream.id(), caller) + EventText.refused(readable.refused()))))));
    }
}
