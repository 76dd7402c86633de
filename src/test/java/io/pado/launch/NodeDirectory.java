package io.pado.launch;

import io.pado.stores.DirectoryLock;
import io.pado.stores.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * The files of one node: Liberty's user and output directories with copies of the template and the WAR, so that a running node
 * is untouched by the next build. Locked as long as it is open; the files stay after closing, for whoever wants to read the logs.
 */
final class NodeDirectory implements AutoCloseable {

    /** Left by the build or by tests in the template, and not part of a server's configuration. */
    private static final Set<String> NOT_COPIED = Set.of("apps", "dropins", "logs", "workarea");

    private final Path root;
    private final DirectoryLock lock;

    private NodeDirectory(Path root, DirectoryLock lock) {
        this.root = root;
        this.lock = lock;
    }

    /** Makes the directory anew; what an earlier run left is deleted. */
    static NodeDirectory create(Installation installation, String name) {
        Path root = installation.nodes().resolve(name);
        try {
            DirectoryLock lock = DirectoryLock.take(installation.nodes().resolve(name + ".lock")).orElseThrow(() -> new LaunchFailure(
                    "Node %s already runs from %s: stop it, or start another node with -Dpado.node=.".formatted(name, root)));
            Folders.delete(root);
            NodeDirectory directory = new NodeDirectory(root, lock);
            directory.fill(installation);
            return directory;
        } catch (IOException unwritable) {
            throw new LaunchFailure("The node's directory %s cannot be made (%s): check that the disk is writable and not full."
                    .formatted(root, unwritable), unwritable);
        }
    }

    private void fill(Installation installation) throws IOException {
        Files.walkFileTree(installation.template(), new Copy(installation.template(), config()));
        Path apps = Files.createDirectories(config().resolve("apps"));
        Files.copy(installation.war(), apps.resolve(installation.war().getFileName()));
        Files.createDirectories(work());
    }

    /** Puts classes of a test into the WAR. */
    void add(List<Class<?>> classes) {
        if (classes.isEmpty()) {
            return;
        }
        try (FileSystem war = FileSystems.newFileSystem(config().resolve("apps/pado.war"))) {
            for (Class<?> each : classes) {
                String name = each.getName().replace('.', '/') + ".class";
                Path target = war.getPath("WEB-INF/classes", name);
                Files.createDirectories(target.getParent());
                try (InputStream bytes = each.getClassLoader().getResourceAsStream(name)) {
                    Files.copy(bytes, target);
                }
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("Cannot change the WAR of " + root, unwritable);
        }
    }

    /** What Liberty calls WLP_USER_DIR. */
    Path user() {
        return root.resolve("usr");
    }

    /** What Liberty calls WLP_OUTPUT_DIR. */
    Path output() {
        return root.resolve("output");
    }

    /** The server's configuration directory. */
    Path config() {
        return user().resolve("servers").resolve(Installation.SERVER);
    }

    /** The server's working directory. */
    Path work() {
        return output().resolve(Installation.SERVER);
    }

    Path log() {
        return root.resolve("console.log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException stays) {
            throw new UncheckedIOException("Cannot release " + root, stays);
        }
    }

    private static final class Copy extends SimpleFileVisitor<Path> {

        private final Path from;
        private final Path to;

        Copy(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Path relative = from.relativize(directory);
            if (NOT_COPIED.contains(relative.toString())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(relative));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.copy(file, to.resolve(from.relativize(file)));
            return FileVisitResult.CONTINUE;
        }
    }
}
