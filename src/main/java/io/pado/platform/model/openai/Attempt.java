package io.pado.platform.model.openai;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.TokenUsage;
import io.pado.platform.json.Json;
import io.pado.platform.model.ModelFailure;
import io.pado.platform.model.ModelUsage;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One question put to the model once, with exactly one end, whatever LangChain4j's callbacks do: twice, none, both kinds, late. The first that ends
 * it wins. Its owner is told under its lock, so it only hands over.
 */
final class Attempt implements StreamingChatResponseHandler {

    /** Who hears of one attempt: whole pieces, then one end. */
    interface Owner {

        void piece(String text);

        void ended(Ending ending);
    }

    /**
     * How an attempt ended.
     *
     * @param failure      empty: the answer is whole
     * @param finishReason as the model gave it
     * @param usage        as the model counted
     * @param cause        what was thrown, for the log
     */
    record Ending(Optional<ModelFailure> failure, Optional<String> finishReason, Optional<ModelUsage> usage, Optional<Throwable> cause) {}

    /** What the rest of a stream may take once the model gave its finish_reason: usage and [DONE] at best. */
    private static final Duration REST = Duration.ofSeconds(2);

    private final StreamingHttpCall http;
    private final Owner owner;
    private final WholeCharacters characters = new WholeCharacters(); // this and the next three are guarded by this
    private Optional<String> finishReason = Optional.empty();
    private boolean begun;
    private boolean over;

    Attempt(StreamingHttpCall http, Owner owner) {
        this.http = http;
        this.owner = owner;
    }

    StreamingHttpCall http() {
        return http;
    }

    @Override
    public synchronized void onPartialResponse(String content) {
        if (!over) {
            give(characters.add(content));
        }
    }

    /** Chunks without text: role, usage, finish_reason; and errors, which LangChain4j does not see inside of a 200. */
    @Override
    public synchronized void onUnmappedRawEvent(Object event) {
        if (!over && event instanceof ServerSentEvent raw) {
            unmapped(raw.data());
        }
    }

    @Override
    public synchronized void onCompleteResponse(ChatResponse response) {
        if (finishReason.isEmpty() && response.metadata() instanceof OpenAiChatResponseMetadata metadata) {
            metadata.rawServerSentEvents().forEach(event -> unmapped(event.data())); // in one chunk with text
        }
        Optional<ModelUsage> usage = usage(response.tokenUsage());
        if (finishReason.isPresent()) {
            end(Optional.empty(), usage, Optional.empty());
        } else {
            end(Optional.of(begun ? Failures.of(ModelFailure.TRUNCATED, false) : Failures.of(ModelFailure.EMPTY, true)), usage, Optional.empty());
        }
    }

    @Override
    public synchronized void onError(Throwable failure) {
        boolean whole = finishReason.isPresent();
        end(whole ? Optional.empty() : Optional.of(Failures.of(failure, begun)), Optional.empty(), Optional.of(failure));
    }

    private void give(String piece) {
        if (!piece.isEmpty()) {
            begun = true;
            owner.piece(piece);
        }
    }

    /** One that is malformed comes as an error too. */
    private void unmapped(String data) {
        Json.parseObject(data).ifPresent(chunk -> {
            JsonValue error = chunk.getOrDefault("error", JsonValue.NULL);
            if (error instanceof JsonObject || error instanceof JsonString) {
                end(Optional.of(Failures.said(error, begun)), Optional.empty(), Optional.of(new IOException(error.toString())));
            } else {
                finish(chunk);
            }
        });
    }

    private void finish(JsonObject chunk) {
        if (!over && chunk.get("choices") instanceof JsonArray choices && !choices.isEmpty() && choices.get(0) instanceof JsonObject choice
                && choice.get("finish_reason") instanceof JsonString reason) {
            finishReason = Optional.of(reason.getString());
            http.endWithin(REST);
        }
    }

    private void end(Optional<ModelFailure> failure, Optional<ModelUsage> usage, Optional<Throwable> cause) {
        if (over) {
            return;
        }
        give(characters.rest());
        over = true;
        if (failure.isPresent()) {
            http.cancel();
        }
        owner.ended(new Ending(failure, finishReason, usage, cause));
    }

    private static Optional<ModelUsage> usage(TokenUsage counted) {
        return counted == null || counted.inputTokenCount() == null || counted.outputTokenCount() == null ? Optional.empty()
                : Optional.of(new ModelUsage(counted.inputTokenCount(), counted.outputTokenCount()));
    }
}
