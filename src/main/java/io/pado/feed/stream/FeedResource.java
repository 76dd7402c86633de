package io.pado.feed.stream;

import io.pado.feed.FeedTopics;
import io.pado.feed.Watched;
import io.pado.feed.watch.WatchView;
import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Topic;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.ResumeQuery;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.sse.StreamRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** System 1's stream, and how the watch behind it goes. */
@Path("realtime")
@ApplicationScoped
public class FeedResource {

    @Inject
    private SseStreams streams;
    @Inject
    private FeedWire wire;
    @Inject
    private FeedProgress progress;
    @Inject
    private Callers callers;
    @Inject
    @Any
    private Instance<Watched> watched;
    @Inject
    private Clock clock;

    /** Opens the caller's stream: what concerns the user, in MongoDB, from now on or after the last event the reader had. */
    @GET
    @Path("stream")
    @Produces(SseStreams.MEDIA_TYPE)
    public Response stream(@BeanParam ResumeQuery resume) {
        Caller caller = callers.current();
        if (caller.userId().isEmpty()) {
            throw ProblemException.unauthorized("Send a token: this stream is of one user.");
        }
        return streams.open(StreamRequest.of(caller, wire).hearing(this::topics).greeting(this::greeting).from(resume));
    }

    /** How the watch of MongoDB goes; for admins. */
    @GET
    @Path("watch")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.ADMIN)
    public WatchView watch() {
        return progress.view();
    }

    /** Clears the alarm that the watch has raised; for admins. */
    @DELETE
    @Path("watch/alarm")
    @RolesAllowed(Roles.ADMIN)
    public void clearAlarm() {
        progress.clearAlarm();
    }

    private Set<Topic> topics(Caller caller) {
        Set<Topic> topics = new HashSet<>(Set.of(FeedTopics.ALL, FeedTopics.of(caller.userId().orElseThrow())));
        watched.forEach(each -> topics.addAll(each.topics(caller)));
        return topics;
    }

    private List<SseFrame> greeting(OpenStream stream) {
        Caller caller = stream.caller();
        Connected connected = new Connected(stream.id(), caller.userId().orElseThrow(), caller.roles().stream().sorted().toList(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return List.of(new SseFrame().event("connected").data(Json.text(connected)));
    }
}
