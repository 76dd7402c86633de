package io.pado.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntPredicate;

/**
 * The readers of one server, on one thread of their own. Other threads open them, begin a phase, publish, ask how
 * much has arrived, and end the phase; the package-private call-backs below are for the readers.
 */
final class Crowd implements AutoCloseable {
    private static final int READ_BYTES = 256 * 1024;

    /** Connections now: open ones, and ones the server ended although they had been open, with the first reason. */
    record Census(int open, int dropped, String firstDrop) {
    }

    /** What a phase brought. {@code expected}: readers open at its begin x events published; the rest is counts. */
    record PhaseResult(long expected, long delivered, long lost, Tally tally) {
    }

    private final Loop loop;
    private final Endpoint endpoint;
    private final int receiveBytes;
    private final ByteBuffer direct = ByteBuffer.allocateDirect(READ_BYTES);
    private final byte[] bytes = new byte[READ_BYTES];
    private final long bornNanos = System.nanoTime();
    private List<Reader> readers = new ArrayList<>();
    private List<Reader> phaseReaders = List.of();
    private Opening opening;
    private Tally tally = new Tally(0, bornNanos);
    private long readNanos;
    private int open;
    private int dropped;
    private String firstDrop = "";

    /** Readers of {@code endpoint}, numbered from 0. */
    Crowd(Endpoint endpoint) throws IOException {
        this(endpoint, 0);
    }

    /** The same, whose sockets have receive buffers of this size (0: the system's way). */
    Crowd(Endpoint endpoint, int receiveBytes) throws IOException {
        this.endpoint = endpoint;
        this.receiveBytes = receiveBytes;
        this.loop = new Loop("bench-readers");
    }

    /** Opens {@code count} readers and waits until each is open or has failed, of which it tells. To be called once. */
    Opening.Outcome open(int count, Opening.Pace pace) throws IOException, InterruptedException {
        Runnable advance = () -> opening.advance();
        Opening started = loop.ask(() -> {
            opening = new Opening(this, loop, endpoint, receiveBytes, count, pace);
            loop.onTick(advance);
            return opening;
        });
        try {
            Opening.Outcome outcome = started.done().get(60L + count / pace.perSecond(), TimeUnit.SECONDS);
            if (outcome.failed() > 0) {
                System.err.println(outcome.failed() + " of " + count + " readers failed, first: "
                        + outcome.firstFailure());
            }
            return outcome;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("opening " + count + " readers came to no end", e);
        } finally {
            loop.ask(() -> {
                loop.noTick(advance);
                return readers = started.readers();
            });
        }
    }

    /** Begins to count events numbered {@code firstSeq} and above; says how many readers are open. */
    int begin(long firstSeq) throws IOException, InterruptedException {
        return loop.ask(() -> {
            tally = new Tally(firstSeq, bornNanos);
            phaseReaders = readers.stream().filter(Reader::open).toList();
            return phaseReaders.size();
        });
    }

    /** First arrivals in this phase so far. */
    long delivered() throws IOException, InterruptedException {
        return loop.ask(() -> tally.delivered());
    }

    /** Events in this phase so far that carry no number. */
    long unmarked() throws IOException, InterruptedException {
        return loop.ask(() -> tally.unmarked());
    }

    /** Ends the phase whose last event was numbered {@code endSeq - 1}; what comes later counts for nothing. */
    PhaseResult end(long endSeq) throws IOException, InterruptedException {
        return loop.ask(() -> {
            Tally ended = tally;
            tally = new Tally(endSeq, bornNanos);
            long first = ended.firstSeq();
            long lost = phaseReaders.stream().mapToLong(reader -> reader.seen().missing(first, endSeq)).sum();
            return new PhaseResult(phaseReaders.size() * (endSeq - first), ended.delivered(), lost, ended);
        });
    }

    Census census() throws IOException, InterruptedException {
        return loop.ask(() -> new Census(open, dropped, firstDrop));
    }

    /** Makes all readers stop reading, or go on; their connections stay. */
    void read(boolean on) throws IOException, InterruptedException {
        loop.ask(() -> {
            readers.forEach(reader -> reader.read(on));
            return null;
        });
    }

    /** Closes every connection at once: one half by a reset, the other half by FIN. */
    void vanish() throws IOException, InterruptedException {
        closeAll(i -> i % 2 == 0);
    }

    private void closeAll(IntPredicate reset) throws IOException, InterruptedException {
        loop.ask(() -> {
            for (int i = 0; i < readers.size(); i++) {
                readers.get(i).close(reset.test(i));
            }
            open = 0;
            readers = new ArrayList<>();
            return null;
        });
        // A registered channel's descriptor is closed by the next select; two more answers make sure it has passed.
        loop.ask(() -> null);
        loop.ask(() -> null);
    }

    /** By resets, which leave no port behind that waits for a minute. */
    @Override
    public void close() throws IOException, InterruptedException {
        closeAll(i -> true);
        loop.close();
    }

    /** For readers: reads once into {@link #bytes}; gives the length, or -1 at the end of the stream. */
    int fill(SocketChannel channel) throws IOException {
        direct.clear();
        int length = channel.read(direct);
        readNanos = System.nanoTime();
        if (length > 0) {
            direct.flip().get(bytes, 0, length);
        }
        return length;
    }

    /** For readers: what {@link #fill} read last. */
    byte[] bytes() {
        return bytes;
    }

    /** For readers: one event has been read. */
    void event(Seen seen, long seq, long publishedNanos) {
        tally.event(seen, seq, publishedNanos, readNanos);
    }

    /** For readers: one is open, {@code nanos} after its connect. */
    void opened(long nanos) {
        open++;
        opening.opened(nanos);
    }

    /** For readers: the connection has ended without being asked to. */
    void ended(boolean wasOpen, IOException cause) {
        if (!wasOpen) {
            opening.failed(cause);
            return;
        }
        open--;
        dropped++;
        firstDrop = firstDrop.isEmpty() ? String.valueOf(cause.getMessage()) : firstDrop;
    }
}
