package io.pado.launch;

import io.pado.stores.PostgresStore;
import io.pado.stores.Settings;
import io.pado.stores.StoreFailure;
import io.pado.stores.Stores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The run command: starts the stores, then one server, and stays until Ctrl-C or until the server ends. Whatever ends it, the
 * server stops before the stores and nothing stays behind. The main thread starts and watches; the shutdown hook stops, after
 * the step that is under way.
 */
public final class Run {

    /** Pages in development, served by whatever tool. */
    private static final String DEMO_ORIGINS = "http://localhost:*,http://127.0.0.1:*";
    private static final String ORIGINS = "pado.http.origins";
    private static final String OPEN_PATHS = "pado.http.open.paths";
    private static final String DEMO_OPEN_PATHS = "/api/chat/rooms/*/send,/api/chat/rooms/*/sse,/api/chat/rooms/*/group-sse";
    private static final int FIRST_PORT = 9080;
    private static final int MAX_NODES = 99;
    private static final int SIGNAL_MILLIS = 500;

    private final Console console;
    private final Settings settings;
    private final CountDownLatch signal = new CountDownLatch(1);
    private final Object step = new Object();
    private Stores stores;
    private volatile Node node;
    private boolean closed;

    private Run(Console console, Settings settings) {
        this.console = console;
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        System.exit(new Run(Console.ofProcess(), Settings.ofProcess()).run());
    }

    private int run() {
        KnownSettings known = KnownSettings.load();
        if (Boolean.parseBoolean(settings.get("pado.help", "false"))) {
            known.help().forEach(console::say);
            return 0;
        }
        known.unknownIn(settings)
                .forEach(name -> console.warn("nothing reads the setting " + name + "; -Dpado.help=true lists those there are."));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopOnSignal, "pado-stop"));
        try {
            start();
            return watch();
        } catch (LaunchFailure failure) {
            return fail(failure.details(), failure.getMessage());
        } catch (StoreFailure failure) {
            return fail(List.of(), failure.getMessage());
        } catch (RuntimeException unexpected) {
            return fail(List.of(), "Pado could not start because of a fault of its own (" + unexpected + "): please report it.");
        }
    }

    private void start() {
        int number = settings.number("pado.node", 1, 1, MAX_NODES);
        int port = settings.port(Node.PORT_SETTING, FIRST_PORT + number - 1);
        Installation.ofProject().checked();
        if (port != 0) {
            Node.requireFree(port);
        }
        startStores(number);
        boolean demo = Boolean.parseBoolean(settings.get("pado.demo", Boolean.toString(stores.allEmbedded())));
        prepareNode(number, port, demo);
        if (demo) {
            // Before the server says that it is ready: whoever waits for that may log in at once.
            stores.embedded(PostgresStore.class).ifPresent(database -> DemoUsers.fill(database.dataSource()));
        }
        console.say("Starting the server on port " + node.port() + " ...");
        node.start();
        new Welcome(number, node.host() + ':' + node.port(), demo, stores.settings(), node.logFile()).lines(settings).forEach(console::say);
        console.sayIfPrintable("준비됐습니다. 끝내려면 Ctrl-C를 누르세요.");
    }

    /** Only the first node starts stores; the others share them, so that they are nodes of one system. */
    private void startStores(int number) {
        synchronized (step) {
            requireNotStopped();
            console.say(number == 1 ? "Starting the stores ..." : "Looking for the stores of the first node ...");
            stores = number == 1 ? Stores.start(settings, console::say) : Stores.join(settings, console::say);
        }
    }

    /**
     * Demo data goes only into stores that this run started and that are therefore nobody else's. A second node never fills
     * them: the first one did, and two at once would race.
     */
    private void prepareNode(int number, int port, boolean demo) {
        synchronized (step) {
            requireNotStopped();
            Map<String, String> own = new LinkedHashMap<>(stores.settings());
            own.put("pado.demo", Boolean.toString(demo));
            if (demo) {
                own.put(OPEN_PATHS, settings.get(OPEN_PATHS, settings.get(ORIGINS, "").isEmpty() ? DEMO_OPEN_PATHS : ""));
                own.put(ORIGINS, settings.get(ORIGINS, DEMO_ORIGINS));
                own.put("pado.cafe.open", settings.get("pado.cafe.open", "true"));
                own.put(Node.DRAIN_SETTING, settings.get(Node.DRAIN_SETTING, "0"));
            }
            node = Node.prepare(Integer.toString(number), port, NodeOptions.of(own).withProgress(console::say));
        }
    }

    private int watch() {
        int code = node.exit().join();
        return fail(node.logTail(), "The server ended by itself with code %d: its log %s says why; run the command again to go on."
                .formatted(code, node.logFile()));
    }

    /** Ctrl-C goes to the children too, which may end before this process has noticed: then it is no failure. */
    private int fail(List<String> details, String sentence) {
        try {
            if (signal.await(SIGNAL_MILLIS, TimeUnit.MILLISECONDS)) {
                // The hook is at work and the process ends after it; returning would let Maven report a result meanwhile.
                new CountDownLatch(1).await();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        close();
        console.fail(details, sentence);
        return 1;
    }

    private void requireNotStopped() {
        if (signal.getCount() == 0) {
            throw new LaunchFailure("Stopped while starting.");
        }
    }

    private void stopOnSignal() {
        signal.countDown();
        if (close()) {
            console.say(farewell());
        }
    }

    private String farewell() {
        if (stores == null) {
            return "Stopped.";
        }
        if (stores.temporary()) {
            return "Stopped; the temporary data is deleted.";
        }
        return stores.keptIn().map(directory -> "Stopped; the data stays in " + directory + ".").orElse("Stopped; the stores go on.");
    }

    /** The server first: it may still have something to write. Tells whether there was anything left to do. */
    private boolean close() {
        Node running = node;
        if (running != null && running.isRunning()) {
            console.say("Stopping the server ...");
            closeOrWarn(running);
        }
        synchronized (step) {
            if (closed) {
                return false;
            }
            closed = true;
            closeOrWarn(node);
            closeOrWarn(stores);
            return true;
        }
    }

    /** What cannot be closed must not keep the next one open. */
    private void closeOrWarn(AutoCloseable thing) {
        if (thing == null) {
            return;
        }
        try {
            thing.close();
        } catch (Exception stays) {
            console.warn("not everything could be stopped: " + stays.getMessage());
        }
    }
}
