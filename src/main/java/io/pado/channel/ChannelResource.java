package io.pado.channel;

import io.pado.identity.Caller;
import io.pado.identity.Callers;
import io.pado.platform.json.Json;
import io.pado.platform.problem.ProblemException;
import io.pado.realtime.Topic;
import io.pado.realtime.policy.TopicPolicies;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.sse.StreamRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** System 3's streams: {@code /sse/events} with any channels, {@code /sse/votes}, {@code /sse/chat}, {@code /sse/ai} with one. */
@Path("/")
@ApplicationScoped
public class ChannelResource {

    @Inject
    private Channels channels;
    @Inject
    private ChannelWire wire;
    @Inject
    private SseStreams streams;
    @Inject
    private TopicPolicies policies;
    @Inject
    private Callers callers;
    @Inject
    private Clock clock;

    /** @param names comma-separated channels; all if absent */
    @GET
    @Path("events")
    @Produces(SseStreams.MEDIA_TYPE)
    public Response events(@BeanParam ChannelQuery query, @QueryParam("channels") @DefaultValue("") String names) {
        return open(query, channels.named(names));
    }

    /** @param name the channel */
    @GET
    @Path("{channel: votes|chat|ai}")
    @Produces(SseStreams.MEDIA_TYPE)
    public Response channel(@BeanParam ChannelQuery query, @PathParam("channel") String name) {
        return open(query, channels.named(name));
    }

    private Response open(ChannelQuery query, List<Channel> chosen) {
        if (!query.hasClientId()) {
            throw ProblemException.badRequest("client-id",
                    "Say who you are: add ?client_id= with 1 to 200 printable characters, any you like.");
        }
        Caller caller = callers.current();
        Map<String, Set<Topic>> topics = new LinkedHashMap<>();
        chosen.forEach(channel -> topics.put(channel.name(), channel.topics().apply(caller, query.clientId())));
        List<String> names = topics.entrySet().stream().filter(channel -> !channel.getValue().isEmpty()).map(Map.Entry::getKey).toList();
        Set<Topic> all = topics.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        return streams.open(StreamRequest.of(caller, wire).topics(policies.readable(caller, all)).from(query).greeting(stream ->
                List.of(new SseFrame().data(Json.text(ConnectionAck.of(query.clientId(), names, stream,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS), channels.carryingAny(stream.gaps())))))));
    }
}
