package io.pado.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a server whether it is ready and remembers what it said. Used by one thread. */
final class ReadyProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int READY = 200;

    // A proxy that is configured for the build must not get requests to this machine.
    private final HttpClient client = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).connectTimeout(PATIENCE)
            .version(HttpClient.Version.HTTP_1_1).build();
    private final HttpRequest request;
    private String lastAnswer = "it does not listen yet";

    ReadyProbe(URI base) {
        this.request = HttpRequest.newBuilder(base.resolve("health/ready")).timeout(PATIENCE).build();
    }

    boolean isReady() throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            lastAnswer = answer.statusCode() + " " + answer.body();
            return answer.statusCode() == READY;
        } catch (IOException notYet) {
            lastAnswer = notYet.toString();
            return false;
        }
    }

    /** What to show when it never became ready; the health document names the check that is down. */
    String lastAnswer() {
        return lastAnswer;
    }
}
