package io.pado.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** The clients of presence that the document prints: its class for browsers, in a real one, on a page of another origin; and its line-by-line client. */
final class DocumentsPresence implements AutoCloseable {

    private static final String PAGE = """
            <!doctype html><title>friends</title><script>
            class PresenceManager {
              constructor(token) {
                this.token = token;
                this.eventSource = null;
                this.presenceState = {};
                this.listeners = [];
              }
              connect() {
                this.eventSource = new EventSource(
                  `http://localhost:8000/api/presence/stream?token=${this.token}`
                );
                this.eventSource.addEventListener('connected', (event) => {
                  console.log('Connected:', event.data);
                  this.notifyListeners('connected', JSON.parse(event.data));
                });
                this.eventSource.addEventListener('initial', (event) => {
                  this.presenceState = JSON.parse(event.data);
                  this.notifyListeners('initial', this.presenceState);
                });
                this.eventSource.addEventListener('status_change', (event) => {
                  const change = JSON.parse(event.data);
                  this.presenceState[change.user_id] = change;
                  this.notifyListeners('status_change', change);
                });
                this.eventSource.addEventListener('heartbeat', (event) => {
                  console.log('Heartbeat:', event.data);
                });
                this.eventSource.onerror = (error) => {
                  console.error('Connection error:', error);
                  this.notifyListeners('error', error);
                };
              }
              onPresenceChange(callback) {
                this.listeners.push(callback);
              }
              notifyListeners(event, data) {
                this.listeners.forEach(callback => callback(event, data));
              }
              getStatus(userId) {
                return this.presenceState[userId] || null;
              }
            }
            window.heard = [];
            const presenceManager = new PresenceManager('TOKEN');
            presenceManager.onPresenceChange(event => window.heard.push(event));
            presenceManager.connect();
            window.addEventListener('beforeunload', () => presenceManager.eventSource.close());
            </script>
            """;

    private final HttpServer shop;
    private final Page page;

    private DocumentsPresence(HttpServer shop, Page page) {
        this.shop = shop;
        this.page = page;
    }

    /** Opens the page. @param server takes the place of the document's own, {@code http://localhost:8000/} */
    static DocumentsPresence open(URI server, Login who) {
        byte[] html = PAGE.replace("http://localhost:8000/", server.toString()).replace("TOKEN", who.token()).getBytes(StandardCharsets.UTF_8);
        try {
            HttpServer shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            shop.createContext("/", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
                exchange.sendResponseHeaders(200, html.length);
                exchange.getResponseBody().write(html);
                exchange.close();
            });
            shop.start();
            try {
                return new DocumentsPresence(shop, Page.of(URI.create("http://localhost:" + shop.getAddress().getPort() + "/"), ""));
            } catch (RuntimeException | Error failure) {
                shop.stop(0);
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until the class says so of a friend. */
    void awaitShown(Login friend, boolean online) {
        page.until(() -> Boolean.TRUE.equals(page.run("return presenceManager.getStatus(arguments[0])?.is_online === arguments[1]", friend.userId(), online)));
    }

    /** Names of what its listeners heard. */
    List<String> heard() {
        return ((List<?>) page.run("return window.heard")).stream().map(Object::toString).toList();
    }

    /**
     * What the line-by-line client gives out first, as it cuts lines: after {@code event:} and {@code data:} it leaves one character out. Without
     * changes, which may come at any time: of who was online already when the stream began, too.
     */
    static List<String> lines(URI server, Login who, int count) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/presence/stream")).header("Authorization", "Bearer " + who.token())
                .header("Accept", "text/event-stream").build();
        try (java.util.stream.Stream<String> lines = Http.send(request, BodyHandlers.ofLines()).body()) {
            return lines.filter(line -> line.startsWith("event:") || line.startsWith("data:"))
                    .map(line -> line.startsWith("event:") ? line.substring(7).trim() : Http.json(line.substring(6).trim()).toString())
                    .filter(withoutChanges()).limit(count).toList();
        }
    }

    private static Predicate<String> withoutChanges() {
        AtomicBoolean ofAChange = new AtomicBoolean();
        return line -> {
            if (!line.startsWith("{")) {
                ofAChange.set(line.equals("status_change"));
            }
            return !ofAChange.get();
        };
    }

    @Override
    public void close() {
        try {
            page.close();
        } finally {
            shop.stop(0);
        }
    }
}
