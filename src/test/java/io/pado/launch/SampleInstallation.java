package io.pado.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Files that look like a build's outcome to whoever only copies and reads them. */
final class SampleInstallation {

    private SampleInstallation() {
    }

    static Installation in(Path target) throws IOException {
        Installation installation = new Installation(target);
        write(installation.wlp().resolve("bin/tools/ws-server.jar"), "");
        write(installation.wlp().resolve("lib/platform/java/java9.options"), "# 9\n--add-opens\njava.base/java.nine=ALL-UNNAMED");
        write(installation.wlp().resolve("lib/platform/java/java24.options"), "--add-opens\njava.base/java.twentyfour=ALL-UNNAMED");
        write(installation.template().resolve("server.xml"), "<server/>");
        write(installation.template().resolve("server.env"), "keystore_password=a=b\n");
        write(installation.template().resolve("lib/postgresql.jar"), "");
        write(installation.template().resolve("apps/old.war"), "");
        write(installation.template().resolve("workarea/.sLock"), "");
        write(installation.war(), "the application");
        return installation;
    }

    /** The same with a server that can be started: {@link FakeServer} as Liberty's launcher and as its agent. */
    static Installation withFakeServer(Path target) throws IOException {
        Installation installation = in(target);
        Files.writeString(installation.wlp().resolve("lib/platform/java/java9.options"), "-Dfake=true");
        Files.writeString(installation.wlp().resolve("lib/platform/java/java24.options"), "-Dfake=true");
        jar(installation.wlp().resolve("bin/tools/ws-server.jar"));
        jar(installation.wlp().resolve("bin/tools/ws-javaagent.jar"));
        return installation;
    }

    private static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeServer.class.getName());
        manifest.getMainAttributes().putValue("Premain-Class", FakeServer.class.getName());
        String entry = FakeServer.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream bytes = FakeServer.class.getClassLoader().getResourceAsStream(entry)) {
            jar.putNextEntry(new JarEntry(entry));
            bytes.transferTo(jar);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
