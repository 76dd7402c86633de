package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.NodeJs;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that people already use ({@code client/compat}): each hears everything once over a cut, and none is woken by a heartbeat. */
@ExtendWith(TwoNodes.class)
class RealClientsIT {

    private static final int CLIENTS = 9;
    private static final int EVENTS = 5;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Path LOG = Path.of("target", "real-clients.log");
    private static final Path PROGRAM = Path.of("client", "compat", "run");

    private final Cluster cluster;
    private final List<JsonObject> heard = new CopyOnWriteArrayList<>();

    RealClientsIT(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void needNode() {
        NodeJs.orSkip("The clients that people already use");
    }

    @Test
    void eachHearsEverythingOnceOverACutAndNoneIsWokenByAHeartbeat() throws IOException {
        String topic = "public:real-" + UUID.randomUUID();
        try (Cable cable = Cable.to(cluster.a()); Stream witness = Stream.open(cluster.a(), "/api/stream?topic=" + topic)) {
            Process clients = started(cable, topic);
            try {
                untilAllHeard("joined", 1);
                List<Integer> sent = new ArrayList<>(List.of(publish(topic, 1)));
                untilAllHeard("event", 1);
                witness.awaitAnotherComment();
                witness.awaitAnotherComment();

                cable.cut();
                for (int i = 2; i <= EVENTS; i++) {
                    sent.add(publish(topic, i));
                }
                cable.mend();
                untilAllHeard("event", EVENTS);
                untilAllHeard("joined", 2);
                sent.add(publish(topic, EVENTS + 1));
                untilAllHeard("event", EVENTS + 1);
                witness.awaitAnotherComment();
                witness.awaitAnotherComment();

                assertThat(byClient("event")).hasSize(CLIENTS).allSatisfy((client, events) -> assertThat(events).as(client)
                        .isEqualTo(sent));
                assertThat(heard).extracting(message -> message.getString("type")).containsOnly("joined", "event", "welcome");
            } finally {
                clients.descendants().forEach(ProcessHandle::destroyForcibly);
                clients.destroyForcibly().onExit().join();
            }
        }
    }

    private Process started(Cable cable, String topic) throws IOException {
        Process clients = new ProcessBuilder("bash", PROGRAM.toString(), cable.uri().toString().replaceAll("/$", ""), topic)
                .redirectError(LOG.toFile()).start();
        Thread reading = new Thread(() -> read(clients), "real-clients");
        reading.setDaemon(true);
        reading.start();
        return clients;
    }

    private void read(Process clients) {
        try (BufferedReader lines = clients.inputReader()) {
            lines.lines().forEach(line -> heard.add(Http.json(line)));
        } catch (IOException | UncheckedIOException ended) {
            // With the process, and what came before counts.
        }
    }

    private void untilAllHeard(String type, int times) {
        await("what the clients hear; they log to " + LOG).atMost(DEADLINE).until(() -> byClient(type), clients -> clients.size() == CLIENTS
                && clients.values().stream().allMatch(events -> events.size() >= times));
    }

    /** What each of them heard of a kind: the number in the event, 0 where there is none. */
    private Map<String, List<Integer>> byClient(String type) {
        return heard.stream().filter(message -> message.getString("type").equals(type)).collect(Collectors.groupingBy(
                message -> message.getString("client"), Collectors.mapping(message -> message.getInt("data", 0), Collectors.toList())));
    }

    private int publish(String topic, int data) {
        HttpResponse<String> answer = cluster.login("publisher").post("/api/topics/" + topic + "/events", "{\"data\":" + data + '}');
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return data;
    }
}
