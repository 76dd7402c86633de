package io.pado.platform.model.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pado.platform.json.Json;
import io.pado.platform.model.ModelFailure;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What went wrong, from what LangChain4j and java.net.http throw and from what models say. Nothing of their texts goes into what people read. */
final class Failures {

    private static final Set<String> PASSING = Set.of("server_error", "overloaded_error", "rate_limit_error", "rate_limit_exceeded", "timeout");
    /** A 429 that no waiting helps against. */
    private static final String NO_MONEY = "insufficient_quota";
    private static final Map<String, String> DETAILS = Map.ofEntries(
            Map.entry(ModelFailure.TIMEOUT, "The language model did not answer in time."),
            Map.entry(ModelFailure.UNAVAILABLE, "The language model cannot be reached, or has trouble of its own. Try again later."),
            Map.entry(ModelFailure.RATE_LIMITED, "The language model takes no more questions for now. Try again later."),
            Map.entry(ModelFailure.AUTH, "The language model does not accept this server's key. Whoever runs this server has to look at it."),
            Map.entry(ModelFailure.MODEL_NOT_FOUND, "The language model that this server is to ask does not exist. Whoever runs this server has to look at it."),
            Map.entry(ModelFailure.REJECTED, "The language model does not take this question; it may be too long."),
            Map.entry(ModelFailure.TRUNCATED, "The answer of the language model broke off."),
            Map.entry(ModelFailure.EMPTY, "The language model answered nothing."),
            Map.entry(ModelFailure.PROTOCOL, "What came back is not the answer of a language model. Whoever runs this server has to look at its address."),
            Map.entry(ModelFailure.ERROR, "The language model failed while it answered."),
            Map.entry(ModelFailure.TOO_LONG, "The answer became too long and was cut."));

    private Failures() {
    }

    static ModelFailure of(String code, boolean retryable) {
        return new ModelFailure(code, DETAILS.get(code), retryable, OptionalLong.empty());
    }

    /** @param begun whether text was given away already, after which nothing is asked again */
    static ModelFailure of(Throwable failure, boolean begun) {
        Optional<StatusException> status = cause(failure, StatusException.class);
        if (status.isPresent()) {
            return refused(status.get(), begun);
        }
        if (cause(failure, LimitException.class).isPresent() || cause(failure, HttpTimeoutException.class).isPresent()) {
            return of(ModelFailure.TIMEOUT, !begun);
        }
        if (cause(failure, JsonProcessingException.class).isPresent() || cause(failure, NoStreamException.class).isPresent()) {
            return of(ModelFailure.PROTOCOL, false);
        }
        if (cause(failure, IOException.class).isPresent()) {
            return begun ? of(ModelFailure.TRUNCATED, false) : of(ModelFailure.UNAVAILABLE, true);
        }
        // "event: error" arrives as an exception whose message is the data; anything else is a fault of this program.
        return Json.parseObject(String.valueOf(failure.getMessage())).map(data -> said(data.getOrDefault("error", data), begun)).orElseGet(ModelFailure::internal);
    }

    /** @param error what a model says about itself, inside of an answer that had begun well */
    static ModelFailure said(JsonValue error, boolean begun) {
        return of(ModelFailure.ERROR, !begun && error instanceof JsonObject object && isPassing(object));
    }

    private static boolean isPassing(JsonObject error) {
        int status = error.getInt("code", 0);
        return status == 429 || status >= 500 || PASSING.contains(word(error, "type")) || PASSING.contains(word(error, "code"));
    }

    private static String word(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? text.getString() : "";
    }

    private static ModelFailure refused(StatusException refusal, boolean begun) {
        int status = refusal.statusCode();
        String code = codeOf(status);
        boolean passing = status == 408 || status >= 500 || status == 429 && !String.valueOf(refusal.getMessage()).contains(NO_MONEY);
        return new ModelFailure(code, DETAILS.get(code), passing && !begun, refusal.retryAfter().map(Failures::seconds).orElse(OptionalLong.empty()));
    }

    private static String codeOf(int status) {
        return switch (status) {
            case 401, 403 -> ModelFailure.AUTH;
            case 404 -> ModelFailure.MODEL_NOT_FOUND;
            case 408 -> ModelFailure.TIMEOUT;
            case 429 -> ModelFailure.RATE_LIMITED;
            default -> status >= 500 ? ModelFailure.UNAVAILABLE : status < 400 ? ModelFailure.PROTOCOL : ModelFailure.REJECTED;
        };
    }

    /** Up, so that nobody comes too early. */
    private static OptionalLong seconds(Duration wait) {
        return OptionalLong.of(wait.plusSeconds(1).minusNanos(1).toSeconds());
    }

    /** @return the first of that kind among an exception and its causes */
    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }
}
