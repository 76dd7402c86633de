package io.pado.stores;

import com.mongodb.ConnectionString;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/** A {@code mongod} as a child process: a replica set of one member, since only such a server tells of changes. */
final class MongoProgram implements MongoServer {

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;
    private static final int PROBE_MILLIS = 50;
    private static final int ANSWER_SECONDS = 2;
    private static final int ALREADY_INITIALIZED = 23;

    private final StoreKind kind;
    private final Path program;
    private final int port;
    private final Path files;
    private final Path log;
    private Process process;

    MongoProgram(StoreKind kind, Path program, int port, Path files, Path log) {
        this.kind = kind;
        this.program = program;
        this.port = port;
        this.files = files;
        this.log = log;
    }

    @Override
    public void start() {
        if (isRunning()) {
            throw new IllegalStateException("MongoDB runs already");
        }
        try {
            Files.createDirectories(files);
            process = new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile())).start();
            awaitPrimary();
        } catch (IOException failure) {
            throw kind.cannotStart(String.valueOf(failure.getMessage()), failure);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            throw kind.cannotStart("interrupted", hurry);
        }
    }

    /** Where {@code setsid} exists, it gets a session of its own: Ctrl-C reaches the launcher but not the database. */
    private List<String> command() {
        List<String> command = new ArrayList<>();
        Programs.onPath("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of(program.toString(), "--replSet", "rs0", "--bind_ip", "127.0.0.1", "--port", Integer.toString(port), "--dbpath",
                files.toString(), "--quiet"));
        return command;
    }

    private void awaitPrimary() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try (MongoClient mongo = MongoKind.client(new ConnectionString("mongodb://127.0.0.1:" + port + "/?directConnection=true"), ANSWER_SECONDS)) {
            while (!isPrimary(mongo.getDatabase("admin"))) {
                if (process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw kind.cannotStart(LogTail.cause(log).orElse("it ended with code " + process.exitValue()), null);
                }
                if (System.nanoTime() > deadline) {
                    throw kind.cannotStart("it does not take writes after " + START_SECONDS + " s", null);
                }
            }
        }
    }

    private boolean isPrimary(MongoDatabase admin) {
        try {
            Document hello = admin.runCommand(new Document("hello", 1));
            if (!hello.containsKey("setName")) {
                beASet(admin);
            }
            return hello.getBoolean("isWritablePrimary", false);
        } catch (MongoException notYet) {
            return false;
        }
    }

    /** At the first start; and when kept data says that it listened on another port. */
    private void beASet(MongoDatabase admin) {
        Document member = new Document("_id", 0).append("host", "127.0.0.1:" + port);
        Document config = new Document("_id", "rs0").append("version", 1).append("members", List.of(member));
        try {
            admin.runCommand(new Document("replSetInitiate", config));
        } catch (MongoCommandException refused) {
            if (refused.getErrorCode() != ALREADY_INITIALIZED) {
                throw refused;
            }
            admin.runCommand(new Document("replSetReconfig", config).append("force", true));
        }
    }

    @Override
    public void stop() {
        if (!isRunning()) {
            return;
        }
        resume();
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void pause() {
        signal("-STOP");
    }

    @Override
    public void resume() {
        if (isRunning()) {
            signal("-CONT");
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
        } catch (IOException impossible) {
            throw new IllegalStateException("Cannot signal MongoDB", impossible);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isRunning() {
        return process != null && process.isAlive();
    }

    @Override
    public void close() {
        stop();
    }
}
