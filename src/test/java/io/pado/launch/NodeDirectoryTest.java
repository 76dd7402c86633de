package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDirectoryTest {

    @TempDir
    private Path target;
    private Installation installation;

    @BeforeEach
    void build() throws IOException {
        installation = SampleInstallation.in(target);
    }

    @Test
    void configurationAndApplicationAreCopiedAndNothingElse() {
        try (NodeDirectory directory = NodeDirectory.create(installation.checked(), "a")) {
            assertThat(directory.config().resolve("server.xml")).hasContent("<server/>");
            assertThat(directory.config().resolve("lib/postgresql.jar")).isRegularFile();
            assertThat(directory.config().resolve("apps")).isDirectoryContaining("glob:**/pado.war")
                    .isDirectoryNotContaining("glob:**/old.war");
            assertThat(directory.config().resolve("workarea")).doesNotExist();
            assertThat(directory.work()).isEmptyDirectory();
        }
    }

    @Test
    void nodeWhoseDirectoryIsInUseIsNotTouched() throws IOException {
        try (NodeDirectory running = NodeDirectory.create(installation, "a")) {
            Files.writeString(running.log(), "running");

            assertThatThrownBy(() -> NodeDirectory.create(installation, "a")).isInstanceOf(LaunchFailure.class)
                    .hasMessageStartingWith("Node a already runs from").hasMessageContaining("-Dpado.node=");
            assertThat(running.log()).hasContent("running");
        }
    }

    @Test
    void directoryIsMadeAnewOnceItsNodeIsGone() throws IOException {
        try (NodeDirectory earlier = NodeDirectory.create(installation, "a")) {
            Files.writeString(earlier.log(), "earlier");
        }

        try (NodeDirectory directory = NodeDirectory.create(installation, "a")) {
            assertThat(directory.log()).doesNotExist();
        }
    }

    @Test
    void missingApplicationSaysHowToBuildIt() throws IOException {
        Files.delete(installation.war());

        assertThatThrownBy(installation::checked).isInstanceOf(LaunchFailure.class).hasMessageStartingWith("The application is missing (")
                .hasMessageContaining("mvn package -DskipTests");
    }

    @Test
    void missingDriverSaysHowToBuildIt() throws IOException {
        Files.delete(installation.template().resolve("lib/postgresql.jar"));

        assertThatThrownBy(installation::checked).isInstanceOf(LaunchFailure.class)
                .hasMessageStartingWith("The PostgreSQL driver is missing (");
    }
}
