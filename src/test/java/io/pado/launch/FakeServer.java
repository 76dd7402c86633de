package io.pado.launch;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Stands in for Liberty where only the process matters: a JVM that reads its port from the environment and says it is ready. */
final class FakeServer {

    private FakeServer() {
    }

    /** Liberty's command line names an agent, so there has to be one. */
    @SuppressWarnings("unused")
    public static void premain(String options) {
        // Nothing to instrument.
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println("Launching " + arguments[0] + " with " + System.getenv("PADO_SQL_URL"));
        if (System.getenv("PADO_FAKE_FAULT") != null) {
            System.out.println("[ERROR] No memory left");
            Runtime.getRuntime().halt(4);
        }
        if (System.getenv("PADO_FAKE_APPLICATION") != null) {
            System.out.println("[ERROR   ] CWWKZ0002E: An exception occurred while starting the application pado.");
        }
        int ready = System.getenv("PADO_FAKE_APPLICATION") == null ? 200 : 503;
        int port = Integer.parseInt(System.getenv("PADO_HTTP_PORT"));
        String host = System.getenv().getOrDefault("PADO_HTTP_HOST", "127.0.0.1");
        HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(ready, -1);
            exchange.close();
        });
        server.start();
    }
}
