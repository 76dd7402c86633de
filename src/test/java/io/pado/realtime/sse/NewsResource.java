package io.pado.realtime.sse;

import io.pado.identity.Caller;
import io.pado.realtime.Continuity;
import io.pado.realtime.Envelope;
import io.pado.realtime.Notice;
import io.pado.realtime.Publisher;
import io.pado.realtime.Topic;
import io.pado.realtime.TopicPattern;
import io.pado.realtime.TopicPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A resource as a JAX-RS programmer writes it, but for the broadcaster's constructor. */
@Path("/")
@ApplicationScoped
public class NewsResource {

    static final Topic TOPIC = new Topic("news");

    private final AtomicInteger closed = new AtomicInteger();
    @Inject
    private SseStreams streams;
    @Inject
    private Publisher publisher;
    private SseBroadcaster broadcaster;

    @GET
    @Produces(SseStreams.MEDIA_TYPE)
    public void listen(@Context SseEventSink sink, @Context Sse sse) {
        broadcaster(sse).register(sink);
    }

    @POST
    public void tell(String json, @Context Sse sse) {
        broadcaster(sse).broadcast(sse.newEventBuilder().name("news").mediaType(MediaType.APPLICATION_JSON_TYPE).data(json).build());
    }

    @POST
    @Path("end")
    public void end(@Context Sse sse) {
        broadcaster(sse).close();
    }

    /** @return how many streams have ended so far */
    @GET
    @Path("closed")
    public int closed() {
        return closed.get();
    }

    private synchronized SseBroadcaster broadcaster(Sse sse) {
        if (broadcaster == null) {
            broadcaster = new HubBroadcaster(TOPIC, new NewsWire(), sse, streams, publisher);
            broadcaster.onClose(sink -> closed.incrementAndGet());
        }
        return broadcaster;
    }

    /** Below the path that the application's own filter serves. */
    @ApplicationPath("/sse/news")
    public static class NewsApplication extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(NewsResource.class);
        }
    }

    /** Everybody may read the news. */
    @ApplicationScoped
    public static class NewsPolicy implements TopicPolicy {

        @Override
        public Set<TopicPattern> topics() {
            return Set.of(new TopicPattern(TOPIC.name()));
        }

        @Override
        public boolean mayRead(Caller caller, Topic topic) {
            return true;
        }

        @Override
        public Continuity continuity(Topic topic) {
            return Continuity.REPLAY;
        }
    }

    /** Named events, the payload as it is. */
    static final class NewsWire extends SseWire {

        @Override
        protected SseFrame frame(Envelope envelope) {
            return new SseFrame().event(envelope.type()).id(envelope.id().toString()).data(envelope.json());
        }

        @Override
        protected SseFrame frame(Notice notice) {
            return new SseFrame().event(notice.type()).data(notice.reason());
        }
    }
}
