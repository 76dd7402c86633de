package io.pado.example;

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
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A feature's stream of its own: greeting, named events, topics that change while it is open, and an event that ends it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Timeout(60)
class OwnStreamIT {

    private final HttpClient client = HttpClient.newHttpClient();
    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.withTest(ParcelResource.class, ParcelResource.ParcelApplication.class, ParcelResource.ParcelWire.class,
                ParcelPolicy.class, StreamFacts.class);
    }

    @Test
    void streamGreetsWithStateFollowsItsChangingTopicsAndEndsInOrder() throws Exception {
        try (InputStream stream = listen(1, "")) {
            assertThat(readUntil(stream, "\"parcels\":0}")).matches("(?s)retry: \\d+\nid: \\S+\nevent: connected\ndata: .*\n\n"
                    + "event: initial\ndata: \\{\"parcels\":0\\}");
            post("parcels/book/sent");
            post("1/parcels/book");
            post("parcels/book/arrived");
            assertThat(readUntil(stream, "\"book\"}")).contains("event: arrived\ndata: {\"parcel\":\"book\"}").doesNotContain("sent");
            post("1/parcels/tea");
            post("parcels/tea/sent");
            post("parcels/book/all_delivered");
            post("parcels/tea/lost");

            String rest = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(rest).matches("(?s).*event: sent\ndata: .*event: all_delivered\ndata: .*\n\ndata: \\[DONE]\n\n");
            await().atMost(Duration.ofSeconds(20)).until(() -> get("facts").contains("closed 1 completed"));
            assertThat(get("facts")).contains("opened 1");
        }
    }

    @Test
    void readerThatComesBackHearsWhatItMissedOnWhatItMayHearNow() throws Exception {
        post("2/parcels/jam");
        String last;
        try (InputStream stream = listen(2, "")) {
            String greeting = readUntil(stream, "event: initial");
            last = greeting.substring(greeting.indexOf("id: ") + 4, greeting.indexOf("\nevent: connected"));
        }
        post("parcels/jam/sent");
        try (InputStream stream = listen(2, last)) {
            assertThat(readUntil(stream, "\"jam\"}")).contains("event: sent\ndata: {\"parcel\":\"jam\"}").doesNotContain("reset");
        }
    }

    @Test
    void streamWhoseGreetingFailsIsNone() throws Exception {
        assertThat(client.send(HttpRequest.newBuilder(at(ParcelResource.LOST_PERSON + "/stream")).timeout(Duration.ofSeconds(10)).build(),
                BodyHandlers.discarding()).statusCode()).isEqualTo(500);
        await().atMost(Duration.ofSeconds(20)).until(() -> get("facts").contains("closed " + ParcelResource.LOST_PERSON + ' '));
    }

    @Test
    void topicKeptToItsEndpointDoesNotExistElsewhere() throws Exception {
        assertThat(client.send(HttpRequest.newBuilder(URI.create(base + "api/stream?topic=parcel:book")).build(), BodyHandlers.discarding())
                .statusCode()).isEqualTo(404);
    }

    private InputStream listen(int person, String lastEventId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(person + "/stream")).timeout(Duration.ofSeconds(10));
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
        return read.toString().stripTrailing();
    }

    private void post(String path) throws Exception {
        assertThat(client.send(HttpRequest.newBuilder(at(path)).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
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
        return URI.create(base + "sse/parcels/" + path);
    }
}
