package io.pado.launch;

import io.pado.stores.LogTail;
import io.pado.stores.Ports;
import io.pado.stores.Settings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One Liberty server of this project as a child process, with its own directory and port. It may be stopped or killed and
 * started again on the same directory and port. {@link #stop} and {@link #kill} may be called from any thread, also while another
 * one waits in {@link #start}, which then fails at once.
 */
public final class Node implements AutoCloseable {

    static final String PORT_SETTING = "pado.http.port";
    static final String DRAIN_SETTING = "pado.drain.seconds";

    private static final String QUICK_START = "-XX:TieredStopAtLevel=1";
    private static final int START_SECONDS = 240;
    /** Beside the time for which it is told to go on, and the same time again to send its clients away. */
    private static final int STOP_SECONDS = 45;
    private static final int PROBE_MILLIS = 250;
    private static final int PROGRESS_SECONDS = 10;
    private static final int LOG_LINES = 15;
    /** What Liberty says when the application will never start: it failed, was not found, or the configuration is not XML. */
    private static final Pattern HOPELESS = Pattern.compile("CWWKZ0002E|CWWKZ0004E|CWWKZ0012I|CWWKZ0013E|CWWKZ0014W|CWWKG0014E");

    private final NodeDirectory directory;
    private final Path wlp;
    private final String host;
    private final int port;
    private final Map<String, String> settings;
    private final List<String> jvmOptions;
    private final Consumer<String> progress;
    private volatile Process process;
    private boolean closed;

    private Node(NodeDirectory directory, Path wlp, int port, NodeOptions options) {
        this.directory = directory;
        this.wlp = wlp;
        this.host = options.host();
        this.port = port;
        this.settings = withPort(options.settings(), port);
        this.jvmOptions = options.jvmOptions();
        this.progress = options.progress();
    }

    /** Makes the directory {@code target/nodes/<name>} anew, without starting. Port 0 takes a free one. */
    public static Node prepare(String name, int port, NodeOptions options) {
        return prepare(Installation.ofProject(), name, port, options);
    }

    static Node prepare(Installation installation, String name, int port, NodeOptions options) {
        int actualPort = port == 0 ? Ports.free() : port;
        requireFree(actualPort);
        NodeDirectory directory = NodeDirectory.create(installation.checked(), name);
        directory.add(options.classes());
        return new Node(directory, installation.wlp(), actualPort, options);
    }

    /**
     * Prepares a node on a free port and starts it for a test: it starts a third faster than one that is to be fast for long.
     *
     * @param settings those of the stores and whatever the test wants
     */
    public static Node started(String name, Map<String, String> settings) {
        return started(name, settings, List.of());
    }

    /** The same with classes of the test in its WAR. */
    public static Node started(String name, Map<String, String> settings, List<Class<?>> classes) {
        Node node = prepare(name, 0, NodeOptions.of(settings).withJvmOptions(QUICK_START).withClasses(classes));
        try {
            node.start();
            return node;
        } catch (RuntimeException failure) {
            node.close();
            throw failure;
        }
    }

    /** Starts the server and returns when it says that it is ready. */
    public void start() {
        requireFree(port);
        // The log goes on over all starts; what an earlier one said does not count.
        long logStart = logFile().toFile().length();
        Process starting = launch();
        try {
            awaitReady(starting, logStart);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            kill();
            throw new LaunchFailure("Interrupted while the server started.", hurry);
        } catch (LaunchFailure failure) {
            kill();
            throw failure;
        }
    }

    /** Stops in an orderly way with SIGTERM; a server that does not end in time is killed. Does nothing when it does not run. */
    public void stop() {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            int seconds = STOP_SECONDS + 2 * Integer.parseInt(settings.getOrDefault(DRAIN_SETTING, "5"));
            if (!running.waitFor(seconds, TimeUnit.SECONDS)) {
                progress.accept("The server did not stop within " + seconds + " s and is killed");
                kill();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** Ends the server like a power failure, with SIGKILL. Does nothing when it does not run. */
    public void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    /** Stops in an orderly way and starts again. */
    public void restart() {
        stop();
        start();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Completes with the exit code when the running server ends, in whatever way. */
    public CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    /** By which name or address, as in a URL, this machine reaches it. */
    String host() {
        return host;
    }

    /** Where it is, with the one address that localhost certainly means to Liberty. */
    public URI baseUri() {
        return URI.create("http://" + ("localhost".equals(host) ? "127.0.0.1" : host) + ':' + port + '/');
    }

    /** Everything the server printed, over all its starts. */
    public Path logFile() {
        return directory.log();
    }

    /** The last lines of the log, for an error report. */
    List<String> logTail() {
        return LogTail.lines(logFile(), LOG_LINES);
    }

    /** Stops the server and gives its directory free; the files stay. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        stop();
        directory.close();
    }

    /** Not while it is being closed: a process that starts after that would be nobody's. */
    private synchronized Process launch() {
        if (closed || isRunning()) {
            throw new IllegalStateException(closed ? "The node is closed" : "The node runs already");
        }
        ServerCommand command = new ServerCommand(wlp, directory, Runtime.version().feature());
        ProcessBuilder builder = new ProcessBuilder(command.line(Path.of(System.getProperty("java.home"), "bin", "java"), jvmOptions));
        builder.environment().putAll(command.environment(settings));
        builder.directory(directory.work().toFile()).redirectErrorStream(true).redirectOutput(Redirect.appendTo(logFile().toFile()));
        try {
            process = builder.start();
            return process;
        } catch (IOException failure) {
            throw new LaunchFailure("The server's process cannot be started (%s): check the Java at %s."
                    .formatted(failure.getMessage(), System.getProperty("java.home")), failure);
        }
    }

    /** A starting server offers no event, so it is asked; waiting on the process notices its end at once. */
    private void awaitReady(Process starting, long logStart) throws InterruptedException {
        ReadyProbe probe = new ReadyProbe(baseUri());
        long begin = System.nanoTime();
        long told = 0;
        while (!probe.isReady()) {
            if (starting.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw failure("The server ended while it started, with code " + starting.exitValue());
            }
            if (LogTail.find(logFile(), logStart, HOPELESS).isPresent()) {
                throw failure("The server cannot start the application");
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            if (seconds >= START_SECONDS) {
                throw failure("The server is not ready after %d s (%s)".formatted(START_SECONDS, probe.lastAnswer()));
            }
            if (seconds >= told + PROGRESS_SECONDS) {
                told = seconds;
                progress.accept("The server is still starting (" + seconds + " s)");
            }
        }
    }

    private LaunchFailure failure(String what) {
        return new LaunchFailure(what + ": its log " + logFile() + " says why; set that right and start again.", logTail(), null);
    }

    static void requireFree(int port) {
        if (!Ports.isFree(port)) {
            throw new LaunchFailure("Port %d is already in use: stop what uses it, or choose another port with -D%s= (%s)."
                    .formatted(port, PORT_SETTING, Settings.environmentName(PORT_SETTING)));
        }
    }

    private static Map<String, String> withPort(Map<String, String> settings, int port) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put(PORT_SETTING, Integer.toString(port));
        return all;
    }
}
