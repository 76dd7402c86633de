package io.pado.realtime.sse.broadcast;

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
import java.net.http.HttpResponse;
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

    /** Streams, by all tests of the class; a request for the head of one ends what it began. */
    private static int opened;

    private final HttpClient client = HttpClient.newHttpClient();
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.withTest(NewsResource.class, NewsResource.NewsApplication.class, NewsResource.Headline.class,
                NewsResource.Word.class, NewsResource.WordWriter.class);
    }

    @Test
    @Order(1)
    void allReadersGetWhatIsBroadcastAsItsWriterWritesIt() throws Exception {
        try (InputStream first = listen("", "?hello=you"); InputStream second = listen("", "")) {
            post("", "one");

            assertThat(readUntil(first, "\"page\"")).startsWith("event: hello\ndata: you\n\n").contains("event: news\n", "\"title\":\"one\"");
            assertThat(readUntil(second, "\"page\"")).startsWith("id: ").doesNotContain("hello", "connection_ack").contains("event: news\n");
        }
    }

    @Test
    @Order(2)
    void everyFieldIsKept() throws Exception {
        try (InputStream stream = listen("", "")) {
            post("comment", "only this");
            post("word", "wave");

            assertThat(readUntil(stream, "data: wave\n\n")).contains(": only this\n",
                    ": a word\nid: word-wave\nevent: word\nretry: 4321\ndata: the word\ndata: wave\n\n");
        }
    }

    @Test
    @Order(3)
    void readerThatComesBackGetsWhatItMissedByTheLogsIdOrItsOwn() throws Exception {
        String last;
        try (InputStream stream = listen("", "")) {
            post("", "two");
            Matcher id = ID.matcher(readUntil(stream, "\"two\""));
            assertThat(id.find()).isTrue();
            last = id.group(1);
        }
        post("word", "tide");
        post("", "three");
        try (InputStream stream = listen(last, "?hello=again")) {
            assertThat(readUntil(stream, "\"three\"")).startsWith("event: hello\n").contains("data: tide").doesNotContain("\"two\"", "reset");
        }
        try (InputStream stream = listen("word-tide", "")) {
            assertThat(readUntil(stream, "\"three\"")).doesNotContain("data: tide", "reset");
        }
    }

    @Test
    @Order(4)
    void requestForTheHeadOfAStreamOpensNone() throws Exception {
        for (String query : new String[] {"", "?hello=you"}) {
            awaitClosed(opened);
            HttpResponse<String> head = client.send(HttpRequest.newBuilder(at(query)).method("HEAD", BodyPublishers.noBody())
                    .timeout(Duration.ofSeconds(10)).build(), BodyHandlers.ofString());

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
            awaitClosed(++opened);
        }
    }

    @Test
    @Order(5)
    void closingEndsTheOpenStreamsAndTellsTheListeners() throws Exception {
        try (InputStream stream = listen("", "")) {
            awaitClosed(opened - 1);
            post("end", "");

            assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith(": hb"))).allMatch(String::isBlank);
            awaitClosed(opened);
        }
    }

    private void awaitClosed(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> Integer.parseInt(get("closed")) == count);
    }

    private InputStream listen(String lastEventId, String query) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(query)).timeout(Duration.ofSeconds(10));
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        opened++;
        return client.send(request.build(), BodyHandlers.ofInputStream()).body();
    }

    /** @return what was read, without heartbeats, and without the empty lines that the container's sink may begin a stream with: they are no event */
    private static String readUntil(InputStream stream, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        byte[] bytes = new byte[4096];
        while (read.indexOf(end) < 0) {
            int length = stream.read(bytes);
            assertThat(length).as("the stream ended after: %s", read).isPositive();
            read.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
        }
        return read.toString().replace(": hb\n", "").stripLeading();
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
