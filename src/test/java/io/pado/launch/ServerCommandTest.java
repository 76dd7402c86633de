package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pado.stores.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCommandTest {

    @TempDir
    private Path target;
    private Installation installation;
    private NodeDirectory directory;

    @BeforeEach
    void build() throws IOException {
        installation = SampleInstallation.in(target);
        directory = NodeDirectory.create(installation, "a");
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void jvmOptionsComeFromThePlatformThenTheServerThenTheCaller() throws IOException {
        Files.writeString(directory.config().resolve("jvm.options"), "# heap\n-Xmx512m\n\n");

        List<String> line = command(17).line(Path.of("java"), List.of("-Xmx256m"));

        assertThat(line).startsWith("java").containsSubsequence("--add-opens", "java.base/java.nine=ALL-UNNAMED", "-Xmx512m", "-Xmx256m")
                .endsWith("-javaagent:" + installation.wlp().resolve("bin/tools/ws-javaagent.jar"), "-jar",
                        installation.wlp().resolve("bin/tools/ws-server.jar").toString(), "pado")
                .noneMatch(option -> option.contains("#"));
    }

    @Test
    void serverIsReachedWhereItListens() {
        assertThat(at(Map.of())).isEqualTo("localhost");
        assertThat(at(Map.of("pado.http.host", "*"))).isEqualTo("localhost");
        assertThat(at(Map.of("pado.http.host", "10.1.2.3"))).isEqualTo("10.1.2.3");
        assertThat(at(Map.of("pado.http.host", "::1"))).isEqualTo("[::1]");
    }

    @Test
    void platformOptionsFollowTheJavaVersion() {
        assertThat(ServerCommand.platformOptions(17)).isEqualTo("java9.options");
        assertThat(ServerCommand.platformOptions(23)).isEqualTo("java9.options");
        assertThat(ServerCommand.platformOptions(24)).isEqualTo("java24.options");
        assertThat(command(25).line(Path.of("java"), List.of())).contains("java.base/java.twentyfour=ALL-UNNAMED");
    }

    @Test
    void settingsAndTheServersOwnFileBecomeEnvironmentVariables() {
        Map<String, String> environment = command(17).environment(Map.of("pado.sql.url", "jdbc:postgresql://here/pado"));

        assertThat(environment).containsEntry("PADO_SQL_URL", "jdbc:postgresql://here/pado").containsEntry("keystore_password", "a=b")
                .containsEntry("WLP_USER_DIR", target.resolve("nodes/a/usr").toString())
                .containsEntry("WLP_OUTPUT_DIR", target.resolve("nodes/a/output").toString());
    }

    @Test
    void givenSettingsWinOverThoseOfTheProcess() {
        NodeOptions options = NodeOptions.of(Settings.of(Map.of("pado.http.port", "9080", "pado.ai.model", "small", "pado.data", "kept")),
                Map.of("pado.http.port", "9999"));

        assertThat(options.settings()).containsEntry("pado.http.port", "9999").containsEntry("pado.ai.model", "small")
                .containsEntry("pado.data", Path.of("kept").toAbsolutePath().toString());
    }

    private static String at(Map<String, String> settings) {
        return NodeOptions.of(Settings.of(settings), Map.of()).host();
    }

    private ServerCommand command(int javaVersion) {
        return new ServerCommand(installation.wlp(), directory, javaVersion);
    }
}
