package io.pado.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.stores.Folders;
import io.pado.stores.Ports;
import io.pado.stores.Programs;
import io.pado.stores.Settings;
import io.pado.stores.Stores;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The container files, without an engine: they are parsed and linted, and the server runs as the image would run it, by its own script, as a user that
 * nobody knows and who may write nothing where it is installed.
 */
class ImageIT {

    private static final String USER = "54321";
    private static final Duration START = Duration.ofSeconds(120);
    private static final Path CHECK = Path.of("container", "check", "run");

    private final Path root = folder();
    private final Path work = root.resolve("work");

    @AfterEach
    void clean() throws IOException {
        Folders.delete(root);
    }

    @Test
    void dockerfileAndComposeFileAreRight() throws Exception {
        NodeJs.orSkip("The container files");
        Process check = new ProcessBuilder(CHECK.toString()).redirectErrorStream(true).start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    @Test
    void serverRunsAsAnyUserAndWritesNothingWhereItIsInstalled() throws Exception {
        if (!Stream.of("setpriv", "bash", "cp", "jar").allMatch(name -> Programs.onPath(name).isPresent()) || !"root".equals(System.getProperty("user.name"))) {
            throw Skipped.because("The server as its image runs it: that needs root, setpriv (util-linux), bash and jar.");
        }
        install(Installation.ofProject().checked());
        int port = Ports.free();
        Path log = root.resolve("console.log");
        try (Stores stores = Stores.forTests()) {
            ProcessBuilder builder = asUser(root.resolve("start").toString());
            stores.settings().forEach((setting, value) -> builder.environment().put(Settings.environmentName(setting), value));
            builder.environment().putAll(environment(port));
            Process server = builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile())).start();
            try {
                await().atMost(START).pollInterval(Duration.ofSeconds(1)).until(() -> !server.isAlive() || isHealthy(port));
                assertThat(server.isAlive()).as(() -> text(log)).isTrue();
                assertThat(text(log)).doesNotContain("Permission denied", "Read-only", "AccessDenied", "FileNotFoundException");
                server.destroy();
                assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(server.exitValue()).isIn(0, 143);
            } finally {
                server.destroyForcibly().onExit().join();
            }
        }
        assertThat(work.resolve("pado")).isDirectory();
    }

    /** As the Dockerfile does it. */
    private void install(Installation installation) throws Exception {
        Path wlp = root.resolve("wlp");
        if (isOpenToAll(installation.wlp())) {
            Files.createDirectories(wlp);
            try (Stream<Path> parts = Files.list(installation.wlp())) {
                for (Path part : parts.filter(each -> !each.endsWith("usr")).toList()) {
                    Files.createSymbolicLink(wlp.resolve(part.getFileName()), part.toAbsolutePath());
                }
            }
        } else {
            run("cp", "-r", installation.wlp().toString(), wlp.toString());
            Folders.delete(wlp.resolve("usr"));
        }
        Path server = Files.createDirectories(wlp.resolve("usr/servers/pado"));
        for (String part : List.of("server.xml", "jvm.options", "lib")) {
            run("cp", "-r", installation.template().resolve(part).toString(), server.toString());
        }
        Path application = Files.createDirectories(server.resolve("apps/pado.war"));
        Process unpacking = new ProcessBuilder("jar", "--extract", "--file", installation.war().toAbsolutePath().toString()).directory(application.toFile()).start();
        assertThat(unpacking.waitFor()).isZero();
        run("cp", "container/start", "container/healthy", root.toString());
        // Any user id, group 0: what the group may write, and nobody else.
        Files.createDirectory(work);
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxrwx---"));
        run("chgrp", "0", work.toString());
        run("chmod", "-R", "g-w,o-w", wlp.toString());
    }

    private boolean isHealthy(int port) throws Exception {
        ProcessBuilder probe = asUser(root.resolve("healthy").toString());
        probe.environment().putAll(environment(port));
        return probe.redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start().waitFor() == 0;
    }

    private Map<String, String> environment(int port) {
        return Map.of("PADO_WORK", work.toString(), "PADO_HTTP_HOST", "127.0.0.1", "PADO_HTTP_PORT", Integer.toString(port),
                "PADO_DRAIN_SECONDS", "0", "PADO_JVM", "-XX:TieredStopAtLevel=1", "JAVA_HOME", System.getProperty("java.home"));
    }

    private static ProcessBuilder asUser(String... command) {
        List<String> line = new ArrayList<>(List.of("setpriv", "--reuid", USER, "--regid", "0", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all"));
        line.addAll(List.of(command));
        return new ProcessBuilder(line);
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static boolean isOpenToAll(Path folder) throws IOException {
        for (Path each = folder.toAbsolutePath(); each != null; each = each.getParent()) {
            if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static Path folder() {
        try {
            Path made = Files.createTempDirectory("pado-image");
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
            return made;
        } catch (IOException unwritable) {
            throw new IllegalStateException(unwritable);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
