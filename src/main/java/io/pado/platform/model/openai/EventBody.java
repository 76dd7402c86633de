package io.pado.platform.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads the body of one call as it comes: the events of a stream, the first bytes of anything else, which is a refusal. */
final class EventBody implements BodySubscriber<Void> {

    private static final int MAX_OF_EVENT = 1 << 20;
    private static final int MAX_OF_STREAM = 32 << 20;
    private static final int MAX_OF_REFUSAL = 4_096;

    private final StreamingHttpCall call;
    private final ResponseInfo head;
    private final Clock clock;
    private final boolean stream;
    private final CompletableFuture<Void> whole = new CompletableFuture<>();
    private final EventLines lines = new EventLines(this::event);
    private final ByteArrayOutputStream refusal = new ByteArrayOutputStream(); // guarded by itself: a limit may be over meanwhile
    private volatile Flow.Subscription subscription;
    private volatile boolean complete;
    private long read;

    EventBody(StreamingHttpCall call, ResponseInfo head, Clock clock) {
        this.call = call;
        this.head = head;
        this.clock = clock;
        stream = successful() && type().toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    boolean isStream() {
        return stream;
    }

    /** @return whether its last byte has come */
    boolean isWhole() {
        return complete;
    }

    void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public CompletionStage<Void> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (call.isOver()) {
            cancel();
        } else if (stream) {
            call.opened(SuccessfulHttpResponse.builder().statusCode(head.statusCode()).headers(head.headers().map()).build());
        }
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        call.heard();
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            if (stream) {
                take(bytes);
            } else {
                takeRefusal(bytes);
            }
        }
    }

    private void take(byte[] bytes) {
        read += bytes.length;
        if (!call.isOver()) {
            lines.take(bytes);
        }
        if (lines.size() > MAX_OF_EVENT || read > MAX_OF_STREAM) {
            call.fail(new NoStreamException("More than " + (read > MAX_OF_STREAM ? MAX_OF_STREAM : MAX_OF_EVENT) + " bytes"));
        }
    }

    private void event(String type, String data) {
        if (!call.isOver()) {
            call.event(new ServerSentEvent(type, data));
        }
    }

    private void takeRefusal(byte[] bytes) {
        boolean enough;
        synchronized (refusal) {
            refusal.write(bytes, 0, Math.min(bytes.length, MAX_OF_REFUSAL - refusal.size()));
            enough = refusal.size() == MAX_OF_REFUSAL;
        }
        if (enough) {
            refuse();
        }
    }

    /** Ends the call with what is there of an answer that is no stream. */
    void refuse() {
        String text;
        synchronized (refusal) {
            text = refusal.toString(UTF_8);
        }
        call.fail(successful()
                ? new NoStreamException("Not an event stream but " + type() + ": " + text)
                : new StatusException(head.statusCode(), text, head.headers().firstValue("Retry-After")
                        .flatMap(value -> RetryAfter.parse(value, clock))));
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
        if (stream) {
            call.fail(failure);
        } else {
            refuse();
        }
    }

    @Override
    public void onComplete() {
        complete = true;
        if (!stream) {
            refuse();
        } else if (!call.isOver()) {
            lines.end();
            call.end();
        }
        whole.complete(null);
    }

    private boolean successful() {
        return head.statusCode() / 100 == 2;
    }

    private String type() {
        return head.headers().firstValue("Content-Type").orElse("no content type");
    }
}
