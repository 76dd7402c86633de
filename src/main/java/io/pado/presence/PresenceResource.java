package io.pado.presence;

import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.identity.Roles;
import io.pado.identity.user.UserNames;
import io.pado.platform.http.JsonBody;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.presence.friend.Friends;
import io.pado.realtime.sse.NamedWire;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.sse.SseWire;
import io.pado.realtime.sse.StreamRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** {@code /api/presence}: which friends are online, and whether the caller shows that they are. */
@Path("presence")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@ApplicationScoped
public class PresenceResource {

    @Inject
    private SseStreams streams;
    @Inject
    private Onlookers onlookers;
    @Inject
    private Statuses statuses;
    @Inject
    private Friends friends;
    @Inject
    private UserNames users;
    @Inject
    private Callers callers;
    @Inject
    private Clock clock;

    private final SseWire wire = new NamedWire();

    /** Opens the caller's stream: the states of all friends, and their changes. One that comes back begins with all states again. */
    @GET
    @Path("stream")
    @Produces(SseStreams.MEDIA_TYPE)
    public Response stream() {
        Caller caller = callers.current();
        long userId = caller.userId().orElseThrow(() -> ProblemException.unauthorized("Invalid token"));
        if (users.of(Set.of(userId)).isEmpty()) {
            throw noSuchUser();
        }
        Onlooker onlooker = new Onlooker(userId, friends, statuses);
        return streams.open(StreamRequest.of(caller, wire).hearing(onlooker::topics).greeting(stream -> greeting(stream, onlooker)));
    }

    /** The states of all of the caller's friends, by user id. */
    @GET
    @Path("friends")
    @RolesAllowed(Roles.USER)
    public String ofFriends() {
        return Onlooker.json(statuses.ofFriends(caller()));
    }

    /** The state of a friend, or the caller's own as friends see it. */
    @GET
    @Path("{userId: \\d{1,18}}")
    @RolesAllowed(Roles.USER)
    public StatusView of(@PathParam("userId") long userId) {
        return statuses.of(caller(), userId);
    }

    /** Whether the caller hides. */
    @GET
    @Path("visibility")
    @RolesAllowed(Roles.USER)
    public VisibilityView visibility() {
        return new VisibilityView(statuses.hides(caller()));
    }

    /** Has the caller look offline to friends, or not any more. */
    @PUT
    @Path("visibility")
    @RolesAllowed(Roles.USER)
    public VisibilityView hide(String body) {
        JsonBody fields = JsonBody.parse(body, "{\"invisible\": true}");
        if (!fields.has("invisible")) {
            fields.wrong("invisible", "is missing; send true or false");
        }
        boolean invisible = fields.flag("invisible");
        fields.check();
        statuses.hide(caller(), invisible);
        return new VisibilityView(invisible);
    }

    private List<SseFrame> greeting(OpenStream stream, Onlooker onlooker) {
        Connected connected = new Connected(onlooker.userId(), stream.id(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        SseFrame initial = onlooker.initial(stream);
        onlookers.add(stream, onlooker);
        return List.of(new SseFrame().event("connected").data(Json.text(connected)), initial);
    }

    private long caller() {
        return callers.current().userId().orElseThrow();
    }

    /** The user has been removed, though the token still counts. */
    static ProblemException noSuchUser() {
        return ProblemException.notFound("no-such-user", "User not found");
    }
}
