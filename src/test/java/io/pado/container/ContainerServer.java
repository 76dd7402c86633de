package io.pado.container;

import io.pado.stores.Folders;
import io.pado.stores.Ports;
import io.pado.stores.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Makes the directory of the Arquillian server and starts its stores, once per test run and only where the build asks for it
 * ({@code -Dpado.container=<target directory>}, set for integration tests).
 */
public final class ContainerServer implements LauncherSessionListener {

    private static final String ASKED = "pado.container";
    private static final String CARRIER = "pado.stream.carrier";
    private static final String CONFIGURATION = """
            <server>
              <include location="pado.xml"/>
              <featureManager>
                <feature>localConnector-1.0</feature>
              </featureManager>
            </server>
            """;

    private Stores stores;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        String target = System.getProperty(ASKED, "");
        if (!target.isEmpty()) {
            prepare(Path.of(target));
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (stores != null) {
            stores.close();
        }
    }

    private void prepare(Path target) {
        Path wlp = target.resolve("liberty/wlp");
        Path template = wlp.resolve("usr/servers/pado");
        Path user = target.resolve("arquillian/usr");
        int port = Ports.free();
        // Arquillian refuses to start a server whose name a running one has, of whatever checkout.
        String name = "arquillian-" + port;
        stores = Stores.forTests();
        try {
            Folders.delete(target.resolve("arquillian"));
            Path server = Files.createDirectories(user.resolve("servers").resolve(name));
            Files.writeString(server.resolve("server.xml"), CONFIGURATION);
            Files.writeString(server.resolve("pado.xml"), withoutApplication(Files.readString(template.resolve("server.xml"))));
            Files.writeString(server.resolve("bootstrap.properties"), properties(port));
            Files.copy(template.resolve("server.env"), server.resolve("server.env"));
            Path library = Files.createDirectories(server.resolve("lib"));
            Files.copy(template.resolve("lib/postgresql.jar"), library.resolve("postgresql.jar"));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        System.setProperty("pado.container.wlp", wlp.toString());
        System.setProperty("pado.container.usr", user.toString());
        System.setProperty("pado.container.name", name);
        System.setProperty("pado.container.port", Integer.toString(port));
    }

    /** Arquillian deploys it itself, through the server's management beans, which need configuration updates. */
    private static String withoutApplication(String configuration) {
        return configuration.lines()
                .filter(line -> !line.contains("<webApplication ") && !line.contains("updateTrigger=\"disabled\""))
                .collect(Collectors.joining("\n"));
    }

    private String properties(int port) {
        Map<String, String> settings = stores.settings();
        settings.put("pado.http.port", Integer.toString(port));
        settings.put("pado.http.protocol", "http/2");
        Optional.ofNullable(System.getProperty(CARRIER)).ifPresent(carrier -> settings.put(CARRIER, carrier));
        return settings.entrySet().stream().map(e -> e.getKey() + '=' + e.getValue()).collect(Collectors.joining("\n"));
    }
}
