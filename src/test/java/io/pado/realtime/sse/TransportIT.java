package io.pado.realtime.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.container.Deployments;
import io.pado.realtime.CloseReason;
import io.pado.realtime.Publication;
import io.pado.realtime.Topic;
import io.pado.realtime.carrier.Carriers;
import io.pado.realtime.hub.Hub;
import io.pado.realtime.hub.Subscriber;
import io.pado.realtime.log.Publisher;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a stream looks like on the wire, in each version of HTTP, from its head to its end. */
@ExtendWith(ArquillianExtension.class)
@Timeout(60)
class TransportIT {

    private static final Duration BEFORE_ANY_HEARTBEAT = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String BARE = "only of the bare carrier";

    @Inject
    private Hub hub;
    @Inject
    private Publisher publisher;
    @Inject
    private Carriers carriers;
    @ArquillianResource
    private URL base;

    @Deployment
    static WebArchive deployment() {
        return Deployments.withTest(TransportIT.class, Deployments.class, FaultyCarriers.class);
    }

    @Test
    @DisabledIfSystemProperty(named = "pado.stream.carrier", matches = "standard", disabledReason = BARE)
    void http11StreamIsOneResponseInChunksAndEndsWithTheLastOne() throws IOException {
        try (Reader reader = new Reader("GET", "HTTP/1.1")) {
            assertThat(reader.head()).startsWith("HTTP/1.1 200").contains("Transfer-Encoding: chunked",
                    "Content-Type: text/event-stream;charset=UTF-8", "Cache-Control: no-cache, no-transform").doesNotContain("Connection: close");
            assertThat(reader.chunk()).contains("connection_ack");
            String marker = publish();
            assertThat(reader.chunk()).contains(marker).endsWith("\n\n");

            hub.subscribers().forEach(subscriber -> subscriber.end(CloseReason.ENDED));
            assertThat(reader.chunk()).isEmpty();
            assertThat(reader.lines.readLine()).isNull();
        }
    }

    @Test
    void streamWhoseUpgradeFailsGoesOnInItsResponse() throws IOException {
        try (Reader reader = new Reader("GET", "HTTP/1.1", FaultyCarriers.FAULT + ": yes\r\n")) {
            assertThat(reader.head()).startsWith("HTTP/1.1 200").contains("Transfer-Encoding: chunked");
            assertThat(reader.chunk()).contains("connection_ack");
            String marker = publish();
            assertThat(reader.chunk()).contains(marker).endsWith("\n\n");

            hub.subscribers().forEach(subscriber -> subscriber.end(CloseReason.ENDED));
            assertThat(reader.chunk()).isEmpty();
        }
    }

    @Test
    void http10StreamGoesOnUntilTheConnectionCloses() throws IOException {
        try (Reader reader = new Reader("GET", "HTTP/1.0")) {
            assertThat(reader.head()).startsWith("HTTP/1.0 200").doesNotContain("Transfer-Encoding", "Content-Length");
            assertThat(reader.event()).contains("connection_ack");
            String marker = publish();
            assertThat(reader.event()).contains(marker);

            hub.subscribers().forEach(subscriber -> subscriber.end(CloseReason.ENDED));
            assertThat(reader.lines.readLine()).isNull();
        }
    }

    @Test
    void http2StreamCarriesTheSameEvents() throws Exception {
        awaitCarrier();
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path("http2"))).build();
        HttpResponse<InputStream> response = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()
                .send(request, BodyHandlers.ofInputStream());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(event(lines)).contains("connection_ack");
            String marker = publish();
            assertThat(event(lines)).contains(marker);

            hub.subscribers().forEach(subscriber -> subscriber.end(CloseReason.ENDED));
            assertThat(lines.lines()).noneMatch(line -> line.startsWith("data:"));
        }
    }

    @Test
    @DisabledIfSystemProperty(named = "pado.stream.carrier", matches = "standard", disabledReason = BARE)
    void closedPeerIsForgottenAtOnce() throws IOException {
        try (Reader reader = new Reader("GET", "HTTP/1.1")) {
            reader.head();
            assertThat(hub.subscribers()).extracting(Subscriber::topics).isNotEmpty();
        }
        await().atMost(BEFORE_ANY_HEARTBEAT).until(() -> hub.subscribers().isEmpty());
    }

    @Test
    @DisabledIfSystemProperty(named = "pado.stream.carrier", matches = "standard", disabledReason = BARE)
    void whatAClientSaysAfterItsRequestIsPassedOver() throws IOException {
        try (Reader reader = new Reader("GET", "HTTP/1.1")) {
            reader.head();
            assertThat(reader.chunk()).contains("connection_ack");
            reader.say("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(1_000));
            String marker = publish();
            assertThat(reader.chunk()).contains(marker);
        }
    }

    @Test
    void headRequestOpensNoStream() throws IOException {
        try (Reader reader = new Reader("HEAD", "HTTP/1.1")) {
            assertThat(reader.head()).startsWith("HTTP/1.1 200").contains("Content-Type: text/event-stream");
            assertThat(hub.subscribers()).isEmpty();
        }
    }

    /** The server proves the bare one after it has started. */
    private void awaitCarrier() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !carriers.inUse().equals("undecided"));
    }

    private String publish() {
        String marker = "m-" + UUID.randomUUID();
        publisher.publish(new Publication(new Topic("votes"), "vote_update", "", "{\"pollId\":\"" + marker + "\"}", ""));
        return marker;
    }

    private static String path(String client) {
        return "sse/votes?client_id=" + client;
    }

    /** @return the lines up to the next empty one, without heartbeats */
    private static String event(BufferedReader lines) throws IOException {
        List<String> event = new ArrayList<>();
        for (String line = lines.readLine(); event.isEmpty() || !line.isEmpty(); line = lines.readLine()) {
            if (!line.isEmpty() && !line.startsWith(":")) {
                event.add(line);
            }
        }
        return String.join("\n", event);
    }

    /** A client that shows every byte. */
    private final class Reader implements AutoCloseable {

        private final Socket socket;
        private final BufferedReader lines;

        Reader(String method, String version) throws IOException {
            this(method, version, "");
        }

        Reader(String method, String version, String headers) throws IOException {
            awaitCarrier();
            socket = new Socket(base.getHost(), base.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            say(method + " " + base.getPath() + path("reader") + " " + version + "\r\nHost: localhost\r\n" + headers + "\r\n");
        }

        void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        }

        String head() throws IOException {
            List<String> head = new ArrayList<>();
            for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                head.add(line);
            }
            return String.join("\n", head);
        }

        /** @return the content of the next chunk that is no heartbeat; all is ASCII here */
        String chunk() throws IOException {
            String content;
            do {
                char[] read = new char[Integer.parseInt(lines.readLine(), 16)];
                for (int at = 0; at < read.length; at += lines.read(read, at, read.length - at)) {
                    assertThat(at).isNotNegative();
                }
                content = new String(read);
                assertThat(lines.readLine()).isEmpty();
            } while (content.startsWith(":"));
            return content;
        }

        String event() throws IOException {
            return TransportIT.event(lines);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
