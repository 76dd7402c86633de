package io.pado.realtime.sse.broadcast;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseBroadcaster;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A resource as the specification shows it. All that is of this server is the qualifier. */
@Path("/")
@ApplicationScoped
public class NewsResource {

    private final AtomicInteger closed = new AtomicInteger();
    @Inject
    @BroadcastTopic("public:news")
    private SseBroadcaster broadcaster;

    @PostConstruct
    void listen() {
        broadcaster.onClose(sink -> {
            throw new IllegalStateException("a listener that fails");
        });
        broadcaster.onClose(sink -> closed.incrementAndGet());
    }

    /** @param hello what is told to this reader first, if anything */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void listen(@Context SseEventSink sink, @Context Sse sse, @QueryParam("hello") @DefaultValue("") String hello) {
        if (!hello.isEmpty()) {
            sink.send(sse.newEvent("hello", hello));
        }
        broadcaster.register(sink);
    }

    @POST
    public void tell(String title, @Context Sse sse) {
        told(sse.newEventBuilder().name("news").mediaType(MediaType.APPLICATION_JSON_TYPE).data(Headline.class, new Headline(title, 1)).build());
    }

    @POST
    @Path("word")
    public void tellWord(String word, @Context Sse sse) {
        told(sse.newEventBuilder().id("word-" + word).name("word").comment("a word").reconnectDelay(4_321).mediaType(MediaType.TEXT_PLAIN_TYPE)
                .data(Word.class, new Word(word)).build());
    }

    @POST
    @Path("comment")
    public void tellComment(String comment, @Context Sse sse) {
        told(sse.newEventBuilder().comment(comment).build());
    }

    @POST
    @Path("end")
    public void end() {
        broadcaster.close();
    }

    /** @return how many streams have ended so far */
    @GET
    @Path("closed")
    public int closed() {
        return closed.get();
    }

    private void told(OutboundSseEvent event) {
        broadcaster.broadcast(event).toCompletableFuture().join();
    }

    /** JSON by the platform's own writer. */
    public record Headline(String title, int page) {
    }

    /** Text by the writer below. */
    public record Word(String text) {
    }

    /** How the application writes words: each on a line of its own. */
    @Provider
    public static class WordWriter implements MessageBodyWriter<Word> {

        @Override
        public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
            return type == Word.class;
        }

        @Override
        public void writeTo(Word word, Class<?> type, Type generic, Annotation[] annotations, MediaType media, MultivaluedMap<String, Object> headers,
                OutputStream output) throws IOException {
            output.write(("the word\n" + word.text()).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Below the path that the application's own filter serves. */
    @ApplicationPath("/sse/news")
    public static class NewsApplication extends Application {

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(NewsResource.class, WordWriter.class);
        }
    }
}
