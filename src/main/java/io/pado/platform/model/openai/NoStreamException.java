package io.pado.platform.model.openai;

import dev.langchain4j.exception.LangChain4jException;

/** A 2xx answer that is no stream of events, or one without an end to its lines. */
final class NoStreamException extends LangChain4jException {

    NoStreamException(String message) {
        super(message);
    }
}
