package io.pado.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Fetches a small text from a server on this machine. */
final class HttpText {
    private static final int PATIENCE_MILLIS = 5_000;

    private HttpText() {
    }

    /** The body of {@code http://127.0.0.1:port/path}; fails unless the answer is 200. */
    static String get(int port, String path) throws IOException {
        return find(port, path).orElseThrow(() -> new IOException("there is no " + path));
    }

    /** The same, or nothing if the answer is 404. */
    static Optional<String> find(int port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL()
                .openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_NOT_FOUND) {
            return Optional.empty();
        }
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("GET " + path + " was answered with " + status);
        }
        try (InputStream body = connection.getInputStream()) {
            return Optional.of(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
