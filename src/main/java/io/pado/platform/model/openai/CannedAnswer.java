package io.pado.platform.model.openai;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers at once with two chunks, and goes nowhere: what runs here once is loaded when the first real answer comes. */
final class CannedAnswer implements HttpClient {

    private static final String CHUNK = "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
            + "\"delta\":%s,\"finish_reason\":%s}]}";

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("Streams only");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser unused, ServerSentEventListener listener) {
        listener.onOpen(SuccessfulHttpResponse.builder().statusCode(200).headers(Map.of()).build());
        for (String data : List.of(CHUNK.formatted("{\"content\":\"a\"}", "null"), CHUNK.formatted("{}", "\"stop\""), "[DONE]")) {
            listener.onEvent(new ServerSentEvent(null, data), new ServerSentEventContext(new Nothing()));
        }
        listener.onClose();
    }

    private static final class Nothing implements ServerSentEventParsingHandle {

        @Override
        public void cancel() {
            // nothing goes on
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }

    /** Hears it. */
    static final class Unheard implements StreamingChatResponseHandler {

        private static final Logger LOG = Logger.getLogger(CannedAnswer.class.getName());

        @Override
        public void onCompleteResponse(ChatResponse response) {
            LOG.log(Level.FINE, "Ready to ask the language model");
        }

        @Override
        public void onError(Throwable failure) {
            LOG.log(Level.WARNING, "The client of the language model does not work here", failure);
        }
    }
}
