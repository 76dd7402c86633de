package io.pado.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** Sends requests over kept-alive connections, on each the next one when the one before was answered. */
final class ClosedLoop {
    private static final int PATIENCE_MILLIS = 30_000;

    private final int port;
    private final int connections;
    private final LongFunction<String> request;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();

    /** What came of one run; times from just before a request is written until its answer was read. */
    record Result(double perSecond, long[] nanos, long failed) {

        double millis(double share) {
            return nanos.length == 0 ? Double.NaN : nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e6;
        }
    }

    /** @param request makes the text of the request of a number; each has one of its own */
    ClosedLoop(int port, int connections, LongFunction<String> request) {
        this.port = port;
        this.connections = connections;
        this.request = request;
    }

    /** Returns how many were answered with 2xx in all runs. */
    long answered() {
        return answered.get();
    }

    /** Runs for so long; what has begun by then is waited for. */
    Result run(int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        AtomicLong failed = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        List<List<Long>> taken = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            List<Long> own = new ArrayList<>();
            taken.add(own);
            Thread thread = new Thread(() -> {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(PATIENCE_MILLIS);
                    InputStream answers = new BufferedInputStream(socket.getInputStream());
                    while (System.nanoTime() < end) {
                        byte[] text = request.apply(sent.getAndIncrement()).getBytes(StandardCharsets.UTF_8);
                        long begin = System.nanoTime();
                        socket.getOutputStream().write(text);
                        if (readAnswer(answers) / 100 == 2) {
                            answered.incrementAndGet();
                            own.add(System.nanoTime() - begin);
                        } else {
                            failed.incrementAndGet();
                        }
                    }
                } catch (IOException broken) {
                    failed.incrementAndGet();
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] all = taken.stream().flatMap(List::stream).mapToLong(Long::longValue).toArray();
        Arrays.sort(all);
        return new Result(all.length / (double) seconds, all, failed.get());
    }

    /** Reads one answer with its body and returns its status. */
    static int readAnswer(InputStream in) throws IOException {
        String status = line(in);
        long length = 0;
        boolean chunked = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(header.indexOf(':') + 1).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.endsWith("chunked");
        }
        if (!chunked) {
            in.skipNBytes(length);
        }
        while (chunked) {
            int size = Integer.parseInt(line(in).strip(), 16);
            in.skipNBytes(size);
            line(in);
            chunked = size > 0;
        }
        return Integer.parseInt(status.substring(9, 12));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has ended the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
