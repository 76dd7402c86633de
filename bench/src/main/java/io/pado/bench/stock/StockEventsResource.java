package io.pado.bench.stock;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Server-sent events as the textbook writes them: one {@link SseBroadcaster}, readers register, a POST broadcasts.
 * What it holds is counted by the broadcaster's own call-backs, so the count shows what the platform noticed.
 */
@Path("/events")
@ApplicationScoped
public class StockEventsResource {
    private final Set<SseEventSink> open = ConcurrentHashMap.newKeySet();
    @Context
    private Sse sse;
    private SseBroadcaster broadcaster;

    @PostConstruct
    void createBroadcaster() {
        broadcaster = sse.newBroadcaster();
        broadcaster.onClose(open::remove);
        broadcaster.onError((sink, failure) -> open.remove(sink));
    }

    /** Opens a stream; its first event says that the reader is registered. */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void subscribe(@Context SseEventSink sink) {
        open.add(sink);
        broadcaster.register(sink);
        sink.send(sse.newEvent("connected"));
    }

    /** Sends the body to all readers as one unnamed event. */
    @POST
    public void publish(String json) {
        broadcaster.broadcast(sse.newEvent(json));
    }

    /** The number of readers that the broadcaster has not reported as closed or failed. */
    @GET
    @Path("count")
    @Produces(MediaType.TEXT_PLAIN)
    public int count() {
        return open.size();
    }
}
