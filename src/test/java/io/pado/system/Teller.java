package io.pado.system;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Publishes 0, 1, 2 and so on to a topic, each once: what was not answered with 201 is sent again, with the same idempotency key, to any
 * node.
 */
final class Teller implements Runnable {

    /** Half of what a topic keeps ({@code pado.topics.WORD.history}). */
    private static final int MAX_AHEAD = 500;

    private final String topic;
    private final String token;
    private final Supplier<List<URI>> nodes;
    private final Random random;
    private final Duration between;
    private final ToIntFunction<String> heard;
    private volatile int told;
    private volatile boolean stopped;

    /** @param heard up to where the last of the witnesses has come in a topic: nobody may fall back behind the history */
    Teller(String topic, String token, Supplier<List<URI>> nodes, Random random, Duration between, ToIntFunction<String> heard) {
        this.topic = topic;
        this.token = token;
        this.nodes = nodes;
        this.random = random;
        this.between = between;
        this.heard = heard;
    }

    @Override
    public void run() {
        while (!stopped) {
            if (told - heard.applyAsInt(topic) > MAX_AHEAD) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                continue;
            }
            String idempotencyKey = UUID.randomUUID().toString();
            while (!taken(idempotencyKey)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            told++;
            LockSupport.parkNanos((long) (between.toNanos() * 2 * random.nextDouble()));
        }
    }

    void stop() {
        stopped = true;
    }

    String topic() {
        return topic;
    }

    /** @return how many events were answered with 201 */
    int told() {
        return told;
    }

    private boolean taken(String idempotencyKey) {
        List<URI> now = nodes.get();
        URI node = now.get(random.nextInt(now.size()));
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve("/api/topics/" + topic + "/events"))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json").header("Idempotency-Key", idempotencyKey)
                .POST(BodyPublishers.ofString("{\"event\":\"told\",\"data\":{\"n\":" + told + "}}"));
        try {
            HttpResponse<String> answer = Http.send(request);
            return answer.statusCode() == 201;
        } catch (CompletionException unanswered) {
            return false;
        }
    }
}
