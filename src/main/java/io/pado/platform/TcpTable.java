package io.pado.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which peers do not acknowledge what was sent to them, by the kernel's own table (Linux, proc(5)). Nothing else tells: to a peer whose
 * cable was cut small writes go on to succeed, for a quarter of an hour by default, and Java has no {@code TCP_USER_TIMEOUT}.
 */
public final class TcpTable {

    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final Path COUNTERS = Path.of("/proc/net/netstat");
    private static final String COUNTER = "TCPTimeouts";
    private static final String ESTABLISHED = "01";
    /** The retransmission timer; a peer that acknowledges, but has no room, has another one. */
    private static final String RETRANSMITTING = "01";
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int TIMER = 5;
    private static final int RETRANSMITS = 6;
    private static final String MAPPED = "0000000000000000FFFF0000";

    /**
     * One end of a connection.
     *
     * @param address as the table has it: hexadecimal words in the machine's order; of IPv4 always the short form
     */
    public record Peer(String address, int port) {

        /** @param address literal, as {@code ServletRequest.getRemoteAddr} gives it */
        public static Peer of(String address, int port) {
            try {
                ByteBuffer words = ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).order(ByteOrder.nativeOrder());
                StringBuilder text = new StringBuilder();
                while (words.hasRemaining()) {
                    text.append("%08X".formatted(words.getInt()));
                }
                return new Peer(text.toString(), port);
            } catch (UnknownHostException noLiteral) {
                return new Peer(address, port);
            }
        }
    }

    private TcpTable() {
    }

    /** @return whether this system has such a table */
    public static boolean exists() {
        return Files.isReadable(TABLES.get(0));
    }

    /**
     * @param retransmits after how many attempts without an acknowledgement a peer counts as silent; the pauses double from 0.2 s, so
     *                    that 6 take about 13 s and 7 about 26 s
     * @throws UncheckedIOException if the table cannot be read
     */
    public static Set<Peer> silent(int retransmits) {
        Set<Peer> silent = new HashSet<>();
        for (Path table : TABLES) {
            if (Files.isReadable(table)) {
                try (Stream<String> lines = Files.lines(table)) {
                    lines.skip(1).forEach(line -> addIfSilent(line, retransmits, silent));
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }
        }
        return silent;
    }

    /**
     * Counts how often, since the system's start, any peer did not acknowledge in time. While this stays the same, nobody becomes silent. Reading
     * it costs a hundredth of reading the table, which takes 20 ms however few connections there are (measured with 24 GiB of memory).
     *
     * @return empty if this system does not count that
     */
    public static OptionalLong timeouts() {
        try {
            return Files.isReadable(COUNTERS) ? timeouts(Files.readAllLines(COUNTERS)) : OptionalLong.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @param lines pairs: the names of some counters, and their values */
    static OptionalLong timeouts(List<String> lines) {
        for (int i = 0; i + 1 < lines.size(); i += 2) {
            int column = List.of(lines.get(i).split(" ")).indexOf(COUNTER);
            if (column >= 0) {
                return OptionalLong.of(Long.parseLong(lines.get(i + 1).split(" ")[column]));
            }
        }
        return OptionalLong.empty();
    }

    static void addIfSilent(String line, int retransmits, Set<Peer> silent) {
        // Most lines need no closer look, and there may be tens of thousands.
        if (!line.contains(' ' + RETRANSMITTING + ':')) {
            return;
        }
        String[] columns = line.strip().split("\\s+");
        boolean stuck = columns.length > RETRANSMITS && columns[STATE].equals(ESTABLISHED) && columns[TIMER].startsWith(RETRANSMITTING + ':')
                && Integer.parseInt(columns[RETRANSMITS], 16) >= retransmits;
        if (stuck) {
            String[] remote = columns[REMOTE].split(":");
            silent.add(new Peer(remote[0].startsWith(MAPPED) ? remote[0].substring(MAPPED.length()) : remote[0],
                    Integer.parseInt(remote[1], 16)));
        }
    }
}
