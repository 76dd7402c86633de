package io.pado.example;

import io.pado.identity.Caller;
import io.pado.platform.json.Json;
import io.pado.realtime.Envelope;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.audience.Audiences;
import io.pado.realtime.log.Publisher;
import io.pado.realtime.sse.NamedWire;
import io.pado.realtime.sse.OpenStream;
import io.pado.realtime.sse.ResumeQuery;
import io.pado.realtime.sse.SseFrame;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.sse.StreamRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An example of a feature: people hear of the parcels that are on the way to them, until all have come. */
@Path("/")
@ApplicationScoped
public class ParcelResource {

    /** Of this one nothing can be said. */
    static final long LOST_PERSON = 404;

    private static final String DELIVERED = "all_delivered";

    @Inject
    private SseStreams streams;
    @Inject
    private Publisher publisher;
    @Inject
    private Audiences audiences;

    private final ParcelWire wire = new ParcelWire();
    private final Set<String> expected = ConcurrentHashMap.newKeySet();

    /** Named events; the last one ends the stream. */
    static final class ParcelWire extends NamedWire {

        ParcelWire() {
            super(() -> new SseFrame().event("heartbeat").data("{}"));
        }

        @Override
        protected SseFrame frame(Envelope envelope) {
            SseFrame frame = super.frame(envelope);
            return ends(envelope) ? frame.then(new SseFrame().data("[DONE]")) : frame;
        }

        @Override
        public boolean ends(Envelope envelope) {
            return envelope.type().equals(DELIVERED);
        }
    }

    @GET
    @Path("{person}/stream")
    @Produces(SseStreams.MEDIA_TYPE)
    public Response stream(@PathParam("person") long person, @BeanParam ResumeQuery resume) {
        Caller caller = new Caller(OptionalLong.of(person), Set.of("user"), Instant.parse("2100-01-01T00:00:00Z"), "");
        return streams.open(StreamRequest.of(caller, wire).hearing(this::topics).greeting(this::greeting).from(resume));
    }

    /** The person expects a parcel from now on. */
    @POST
    @Path("{person}/parcels/{parcel}")
    public void expect(@PathParam("person") long person, @PathParam("parcel") String parcel) {
        expected.add(person + ":" + parcel);
        audiences.changed(List.of(person));
    }

    /** Something happened to a parcel. */
    @POST
    @Path("parcels/{parcel}/{event}")
    public void happened(@PathParam("parcel") String parcel, @PathParam("event") String event) {
        publisher.publish(new Publication(new Topic("parcel:" + parcel), event, "", "{\"parcel\":" + Json.quoted(parcel) + '}', ""));
    }

    private Set<Topic> topics(Caller caller) {
        String prefix = caller.userId().orElseThrow() + ":";
        return expected.stream().filter(each -> each.startsWith(prefix)).map(each -> new Topic("parcel:" + each.substring(prefix.length())))
                .collect(Collectors.toSet());
    }

    private List<SseFrame> greeting(OpenStream stream) {
        if (stream.caller().userId().orElseThrow() == LOST_PERSON) {
            throw new IllegalStateException("The state of the parcels cannot be read");
        }
        return List.of(new SseFrame().event("connected").data("{\"connectionId\":" + Json.quoted(stream.id()) + '}'),
                new SseFrame().event("initial").data("{\"parcels\":" + stream.topics().size() + '}'));
    }

    /** Below the path that the application's own filter serves. */
    @ApplicationPath("/sse/parcels")
    public static class ParcelApplication extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(ParcelResource.class, StreamFacts.class);
        }
    }
}
