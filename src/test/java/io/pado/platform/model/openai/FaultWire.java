package io.pado.platform.model.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Locale;

/** Writes an answer in chunks, each sent at once; a piece can be cut into packets of few bytes. */
final class FaultWire {
    final Socket socket;
    String field = "data: ";
    String lineEnd = "\n";
    int packet = Integer.MAX_VALUE;
    private final InputStream in;
    private final OutputStream out;
    private boolean chunked;
    final String request;
    final FaultServer.Visit visit;
    /** Which request for this fault it is; the first is 1. */
    int number;

    FaultWire(Socket socket, InputStream in, String request, FaultServer.Visit visit) throws IOException {
        this.socket = socket;
        this.in = in;
        this.request = request;
        this.visit = visit;
        this.out = socket.getOutputStream();
    }

    FaultWire stream() throws Exception {
        head(200, "Content-Type: text/event-stream; charset=utf-8");
        chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
        visit.streaming.countDown();
        return this;
    }

    FaultWire head(int status, String header) throws IOException {
        out.write(("HTTP/1.1 " + status + " X\r\n" + header + "\r\nTransfer-Encoding: chunked\r\n\r\n").getBytes(UTF_8));
        chunked = true;
        return this;
    }

    void answer(int status, String header, String body) throws Exception {
        head(status, "Content-Type: application/json\r\n" + header).send(body);
    }

    String header(String name) {
        return request.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":")).findFirst().orElse("none");
    }

    FaultWire tokens(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            token(FaultServer.TOKENS[i]);
        }
        return this;
    }

    FaultWire token(String text) throws Exception {
        return chunk("{\"content\":\"" + text + "\"}", "null");
    }

    FaultWire finish(String reason) throws Exception {
        return chunk("{}", "\"" + reason + "\"");
    }

    FaultWire usage() throws Exception {
        return data("{\"id\":\"1\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":12,\"total_tokens\":17}}");
    }

    FaultWire done() throws Exception {
        return data("[DONE]");
    }

    FaultWire chunk(String delta, String finish) throws Exception {
        String head = packet == 1 ? "" : "\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"fake\",";
        return data("{" + head + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":" + finish + "}]}");
    }

    FaultWire data(String json) throws Exception {
        return send(field + json + lineEnd + lineEnd);
    }

    FaultWire send(String text) throws Exception {
        byte[] bytes = text.getBytes(UTF_8);
        for (int from = 0; from < bytes.length; from += Math.min(packet, bytes.length)) {
            int length = Math.min(packet, bytes.length - from);
            out.write((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
            out.write(bytes, from, length);
            out.write("\r\n".getBytes(UTF_8));
            out.flush();
        }
        return this;
    }

    /** Waits until the client closes. */
    void hang() throws IOException {
        while (in.read() >= 0) {
            // a client says nothing here
        }
        throw new IOException("Closed by the client");
    }

    void reset() throws Exception {
        FaultScripts.pause(50); // what was sent shall be read before
        socket.setSoLinger(true, 0);
        socket.close();
    }

    void end() throws IOException {
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(UTF_8));
        }
    }
}
