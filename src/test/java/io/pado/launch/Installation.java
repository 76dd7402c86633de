package io.pado.launch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the build leaves for running: the Liberty server, its configured template and the WAR, all below {@code target}. */
record Installation(Path target) {

    /** The server's name in the template and in every node. */
    static final String SERVER = "pado";

    /** The one of this project, found from where its test classes are, so from any working directory. */
    static Installation ofProject() {
        try {
            Path classes = Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return new Installation(classes.getParent());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    Path wlp() {
        return target.resolve("liberty/wlp");
    }

    Path template() {
        return wlp().resolve("usr/servers").resolve(SERVER);
    }

    Path war() {
        return target.resolve("pado.war");
    }

    Path nodes() {
        return target.resolve("nodes");
    }

    /** Fails with a sentence when something is missing. */
    Installation checked() {
        check(wlp().resolve("bin/tools/ws-server.jar"), "The Liberty server");
        check(template().resolve("server.xml"), "The server's configuration");
        check(template().resolve("lib/postgresql.jar"), "The PostgreSQL driver");
        check(war(), "The application");
        return this;
    }

    private static void check(Path file, String name) {
        if (!Files.isRegularFile(file)) {
            throw new LaunchFailure("%s is missing (%s): build it with `mvn package -DskipTests`.".formatted(name, file));
        }
    }
}
