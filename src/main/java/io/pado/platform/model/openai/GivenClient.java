package io.pado.platform.model.openai;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;

/**
 * Gives LangChain4j a client that exists. Its time limits are not taken.
 *
 * @param client what it gives
 */
record GivenClient(HttpClient client) implements HttpClientBuilder {

    @Override
    public Duration connectTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration unused) {
        return this;
    }

    @Override
    public Duration readTimeout() {
        return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration unused) {
        return this;
    }

    @Override
    public HttpClient build() {
        return client;
    }
}
