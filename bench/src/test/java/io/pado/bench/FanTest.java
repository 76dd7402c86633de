package io.pado.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FanTest {
    private static final Opening.Pace ONE_BY_ONE = new Opening.Pace(1_000, 1);

    @ParameterizedTest
    @EnumSource
    void findsEveryMistakeOfAFaultyServerExactly(FaultyWire wire) throws IOException, InterruptedException {
        try (FaultyServer server = new FaultyServer(wire); Crowd crowd = new Crowd(server.endpoint())) {
            assertEquals(10, crowd.open(10, ONE_BY_ONE).opened());
            Publishing publishing = new Publishing(server, new Payload(100));
            Fan fan = new Fan(new ProcessProbe(ProcessHandle.current().pid()), crowd, publishing, 1_000);
            Measures measures = fan.run(10, 1);
            assertEquals(10, measures.get("published"));
            assertEquals(100, measures.get("expected"));
            assertEquals(1 + 3, measures.get("lost"));
            assertEquals(96, measures.get("delivered"));
            assertEquals(1, measures.get("duplicates"));
            assertEquals(1, measures.get("outOfOrder"));
            assertEquals(1, measures.get("dropped"));
            assertTrue(measures.get("maxMs") >= 50, "the event that was held back came 50 ms late");
            Measures next = fan.run(10, 1);
            assertEquals(90, next.get("delivered"));
            assertEquals(0, next.get("lost") + next.get("duplicates") + next.get("outOfOrder"));
        }
    }

    @Test
    void readersThatAreRefusedAreCountedAsFailed() throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (Crowd crowd = new Crowd(Endpoint.events(port, n -> "/", ""))) {
            Opening.Outcome outcome = crowd.open(5, ONE_BY_ONE);
            assertEquals(5, outcome.failed());
            assertTrue(outcome.firstFailure().contains("refused"), outcome.firstFailure());
        }
    }
}
