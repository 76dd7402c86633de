package io.pado.platform.model.openai;

import dev.langchain4j.exception.HttpException;
import java.time.Duration;
import java.util.Optional;

/** An answer other than 2xx; its message is the beginning of the body. LangChain4j passes it on as the cause of an exception of its own. */
final class StatusException extends HttpException {

    private final transient Optional<Duration> retryAfter;

    StatusException(int status, String body, Optional<Duration> retryAfter) {
        super(status, body);
        this.retryAfter = retryAfter;
    }

    /** @return how long the model wants to be left alone, not negative */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
