package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.stores.Ports;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The run command as a process of its own, on ports that are free. */
class RunIT {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final int STOP_SECONDS = 90;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void whoWaitsForReadyLogsInAtOnce() throws Exception {
        URI base = URI.create("http://127.0.0.1:" + Ports.free() + '/');
        Path log = folder.resolve("run.log");
        Process run = new ProcessBuilder(command(base.getPort())).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile())).start();
        try {
            ReadyProbe probe = new ReadyProbe(base);
            await().atMost(START).pollInterval(OFTEN).until(() -> !run.isAlive() || probe.isReady());

            new Newcomer(base).doWhatTheReadmeShows();
        } finally {
            run.destroy();
            assertThat(run.waitFor(STOP_SECONDS, TimeUnit.SECONDS)).as("It stops when it is told to").isTrue();
        }
        assertThat(log).content().contains("the temporary data is deleted");
    }

    private static List<String> command(int port) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        Stream.of("pado.sql.port", "pado.redis.port", "pado.mongo.port").map(setting -> "-D" + setting + "=0").forEach(command::add);
        command.addAll(List.of("-D" + Node.PORT_SETTING + '=' + port, "-cp", System.getProperty("java.class.path"), Run.class.getName()));
        return command;
    }
}
