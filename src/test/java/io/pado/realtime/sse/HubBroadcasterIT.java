package io.pado.realtime.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.container.Deployments;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The standard broadcaster, used by a resource that knows nothing of the hub. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
@TestMethodOrder(OrderAnnotation.class)
class HubBroadcasterIT {

    private static final Pattern ID = Pattern.compile("id: (\\S+)");

    private final HttpClient client = HttpClient.newHttpClient();
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.withTest(NewsResource.class, NewsResource.NewsApplication.class, NewsResource.NewsPolicy.class,
                NewsResource.NewsWire.class);
    }

    @Test
    @Order(1)
    void allReadersGetWhatIsBroadcast() throws Exception {
        try (InputStream first = listen(""); InputStream second = listen("")) {
            readUntil(first, "connection_ack");
            readUntil(second, "connection_ack");
            post("", "{\"n\":1}");

            assertThat(readUntil(first, "{\"n\":1}")).contains("event: news\n");
            assertThat(readUntil(second, "{\"n\":1}")).contains("event: news\n");
        }
    }

    @Test
    @Order(2)
    void readerThatComesBackGetsWhatItMissed() throws Exception {
        String last;
        try (InputStream stream = listen("")) {
            Matcher id = ID.matcher(readUntil(stream, "connection_ack"));
            assertThat(id.find()).isTrue();
            last = id.group(1);
        }
        post("", "{\"n\":2}");
        try (InputStream stream = listen(last)) {
            assertThat(readUntil(stream, "{\"n\":2}")).doesNotContain("{\"n\":1}").doesNotContain("reset");
        }
    }

    @Test
    @Order(3)
    void closingEndsTheOpenStreamsAndTellsTheListeners() throws Exception {
        try (InputStream stream = listen("")) {
            readUntil(stream, "connection_ack");
            int before = Integer.parseInt(get("closed"));
            post("end", "");

            String untilItsEnd = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(untilItsEnd).doesNotContain("event: news");
            await().atMost(Duration.ofSeconds(10)).until(() -> Integer.parseInt(get("closed")) > before);
        }
    }

    private InputStream listen(String lastEventId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at("")).timeout(Duration.ofSeconds(10));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        return client.send(request.build(), BodyHandlers.ofInputStream()).body();
    }

    private static String readUntil(InputStream stream, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] bytes = new byte[4096];
        while (read.indexOf(end) < 0) {
            int length = stream.read(bytes);
            assertThat(length).as("the stream ended after: %s", read).isPositive();
            read.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
        return read.toString();
    }

    private void post(String path, String body) throws Exception {
        int status = client.send(HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.discarding()).statusCode();
        assertThat(status).isEqualTo(204);
    }

    private String get(String path) {
        try {
            return client.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString()).body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private URI at(String path) {
        return URI.create(base + "sse/news/" + path);
    }
}
