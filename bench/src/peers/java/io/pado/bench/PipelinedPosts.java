package io.pado.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** POSTs one after the other on one connection; a thread reads the answers meanwhile. */
final class PipelinedPosts implements TopicPublisher {
    private final Socket socket = new Socket();
    private final int port;
    private final IntFunction<String> path;
    private volatile String refusal = "";

    /** @param path for a reader's number */
    PipelinedPosts(int port, IntFunction<String> path) throws IOException {
        this.port = port;
        this.path = path;
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setTcpNoDelay(true);
        Thread answers = new Thread(this::read, "bench-answers");
        answers.setDaemon(true);
        answers.start();
    }

    @Override
    public void publish(int reader, int number, byte[] json) throws IOException {
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(256);
        request.write(("POST " + path.apply(reader) + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        request.write(json);
        socket.getOutputStream().write(request.toByteArray());
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 2")) {
                    refusal = "a POST was answered with " + line;
                }
            }
        } catch (IOException ended) {
            refusal = "the publisher's connection has ended: " + ended.getMessage();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
