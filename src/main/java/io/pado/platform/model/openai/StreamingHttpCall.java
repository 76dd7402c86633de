package io.pado.platform.model.openai;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEventParsingHandle;
import io.pado.platform.model.ModelLimits;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One streamed HTTP call for LangChain4j that can be cancelled from the moment it exists, and that never waits without a limit. Holds no thread
 * while it waits. Tells its listener at most one of onClose and onError, and nothing after {@link #cancel()}.
 */
final class StreamingHttpCall implements HttpClient {

    private static final String DONE = "[DONE]";
    /** How long the rest of a body is awaited after [DONE], so that the connection can serve the next call. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final Wiring wiring;
    private final Watchdog watchdog;
    /** Ended, failed or cancelled: nothing is told any more. */
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean cancelled;
    private volatile CompletableFuture<?> exchange;
    private volatile EventBody body;
    private ServerSentEventListener listener;

    StreamingHttpCall(Wiring wiring, ModelLimits limits) {
        this.wiring = wiring;
        this.watchdog = new Watchdog(wiring.timer(), limits, this::giveUp);
    }

    /** Ends the call silently and closes its connection; any thread, any time, also before it began. */
    void cancel() {
        cancelled = true;
        over.set(true);
        close();
    }

    boolean isOver() {
        return over.get();
    }

    /** Gives the rest of the stream no more than this time: all that matters has come. */
    void endWithin(Duration rest) {
        watchdog.endWithin(rest);
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser unused, ServerSentEventListener hears) {
        listener = hears;
        if (over.get()) {
            return;
        }
        watchdog.start();
        CompletableFuture<?> sent = wiring.http().sendAsync(outgoing(request), this::body);
        exchange = sent;
        // Without "Async" this would run in the JVM's common pool, whatever executor the client has.
        sent.whenCompleteAsync((response, failure) -> {
            if (failure != null) {
                fail(failure);
            }
        }, wiring.executor());
        if (over.get()) { // cancelled before there was anything to close
            close();
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("Streams only");
    }

    private static java.net.http.HttpRequest outgoing(HttpRequest request) {
        java.net.http.HttpRequest.Builder outgoing = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(request.method().name(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> outgoing.header(name, value)));
        return outgoing.setHeader("Accept", "text/event-stream").build();
    }

    private EventBody body(ResponseInfo head) {
        EventBody begun = new EventBody(this, head, wiring.clock());
        body = begun;
        return begun;
    }

    void opened(SuccessfulHttpResponse head) {
        listener.onOpen(head);
    }

    void heard() {
        watchdog.heard();
    }

    void event(ServerSentEvent event) {
        listener.onEvent(event, new ServerSentEventContext(handle()));
        if (event.data().equals(DONE)) {
            wiring.timer().schedule(this::close, REST.toNanos(), NANOSECONDS);
            end();
        }
    }

    private ServerSentEventParsingHandle handle() {
        return new ServerSentEventParsingHandle() {
            @Override
            public void cancel() {
                StreamingHttpCall.this.cancel();
            }

            @Override
            public boolean isCancelled() {
                return cancelled;
            }
        };
    }

    void end() {
        if (over.compareAndSet(false, true)) {
            watchdog.stop();
            listener.onClose();
        }
    }

    void fail(Throwable failure) {
        if (over.compareAndSet(false, true)) {
            close();
            listener.onError(failure);
        }
    }

    /** A refusal whose body does not come is still a refusal. */
    private void giveUp(LimitException limit) {
        EventBody begun = body;
        wiring.executor().execute(() -> {
            if (begun != null && !begun.isStream()) {
                begun.refuse();
            } else {
                fail(limit);
            }
        });
    }

    /**
     * Before the headers only the future can be cancelled (a mere cancel(false) leaves the exchange alive), after them the body. Once the body is
     * whole, the connection is not this call's any more: the next one may be using it.
     */
    private void close() {
        watchdog.stop();
        if (body != null && body.isWhole()) {
            return;
        }
        if (exchange != null) {
            exchange.cancel(true);
        }
        if (body != null) {
            body.cancel();
        }
        if (exchange != null) {
            wiring.wakeSoon();
        }
    }
}
