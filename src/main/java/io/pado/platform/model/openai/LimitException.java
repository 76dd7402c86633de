package io.pado.platform.model.openai;

import dev.langchain4j.exception.TimeoutException;
import java.time.Duration;

/** A limit of time is over. */
final class LimitException extends TimeoutException {

    LimitException(String what, Duration limit) {
        super("%s for longer than %d ms".formatted(what, limit.toMillis()));
    }
}
