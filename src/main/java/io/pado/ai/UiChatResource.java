package io.pado.ai;

import io.pado.identity.Callers;
import io.pado.platform.http.IdempotencyKey;
import io.pado.platform.proxy.Clients;
import io.pado.realtime.sse.ResumeQuery;
import io.pado.realtime.sse.SseStreams;
import io.pado.realtime.stream.StreamPlace;
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
import java.util.Optional;

/** {@code /api/ai/ui/chat}: the same answers for React's {@code useChat}. Without a token, who knows the name of a chat is in it. */
@Path("ai/ui/chat")
@ApplicationScoped
public class UiChatResource {

    @Inject
    private UiChats chats;
    @Inject
    private RunStreams streams;
    @Inject
    private UiWire wire;
    @Inject
    private Callers callers;
    @Inject
    private Clients clients;
    @Inject
    private HttpServletRequest request;

    /** Asks, and answers by the stream of the run. @param key the same key again is the same question */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(SseStreams.MEDIA_TYPE)
    public Response ask(@HeaderParam("Idempotency-Key") @DefaultValue("") String key, String body) {
        UiChatRequest asked = UiChatRequest.parse(body);
        IdempotencyKey idempotencyKey = IdempotencyKey.of(key, "ui\n" + asked.chatId() + '\n' + asked.question());
        try (StreamPlace place = streams.place(callers.current(), wire)) {
            RunView run = chats.ask(asker(asked.chatId()), asked, idempotencyKey);
            return versioned(streams.whole(RunReader.of(callers.current(), wire).in(place), run));
        }
    }

    /** The answer that is under way, from its begin; or what follows the reader's last event, also if it has ended meanwhile. 204 if there is none. */
    @GET
    @Path("{chatId}/stream")
    @Produces(SseStreams.MEDIA_TYPE)
    public Response stream(@PathParam("chatId") String chatId, @BeanParam ResumeQuery query) {
        AiAsker asker = asker(chatId);
        Optional<RunView> run = chats.underWay(asker, chatId).or(() -> query.lastEventId().isEmpty() ? Optional.empty() : chats.latest(asker, chatId));
        return run.map(found -> versioned(streams.resume(RunReader.of(callers.current(), wire), found, query.lastEventId())))
                .orElseGet(() -> Response.noContent().build());
    }

    /** Stops the answer that is under way; what there is is kept. */
    @POST
    @Path("{chatId}/stop")
    @Consumes(MediaType.WILDCARD)
    public Response stop(@PathParam("chatId") String chatId) {
        chats.stop(asker(chatId), chatId);
        return Response.accepted().build();
    }

    private AiAsker asker(String chatId) {
        return AiAsker.of(callers.current(), UiChats.requireChatId(chatId), clients.of(request).counted());
    }

    private static Response versioned(Response stream) {
        return Response.fromResponse(stream).header(UiWire.HEADER, UiWire.VERSION).build();
    }
}
