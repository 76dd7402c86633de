package io.pado.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.pado.launch.Node;
import io.pado.stores.LogTail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Requests and frames by chance, with a fixed seed, on a node and stores of their own: whatever comes is answered, never as a fault of ours, keeps no
 * thread busy and no memory. {@code -Dpado.fuzz.seconds=120 -Dpado.fuzz.cases=100000} for longer, {@code -Dpado.fuzz.seed=7} for others.
 */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledOnOs(OS.LINUX)
class FuzzIT {

    private static final Logger LOG = Logger.getLogger(FuzzIT.class.getName());
    private static final long SEED = Long.getLong("pado.fuzz.seed", 20_261_130);
    private static final int SECONDS = Integer.getInteger("pado.fuzz.seconds", 45);
    /** So that a run on a fast machine asks what one on a slow machine does. */
    private static final int MAX_CASES = Integer.getInteger("pado.fuzz.cases", 1_500);
    private static final int WARM_UP_SECONDS = 10;
    /** Some wait for the end of what does not come. */
    private static final int CLIENTS = 16;
    private static final int ENOUGH = 400;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int READ = 32_768;
    private static final Duration CALM = Duration.ofSeconds(60);
    /** Of the time between two looks; one that spins has a whole processor, or its part of a busy machine. */
    private static final double BUSY = 0.1;
    private static final int KEPT = 24 << 20;
    private static final Pattern STACK = Pattern.compile("\\n?\\s+at [a-z]+\\.[\\w.$]+\\(|[a-z]\\.\\w*Exception");
    /** Of what is not there the container keeps an incident (FFDC), and says so at INFO, the first time. */
    private static final Pattern OUR_FAULT = Pattern.compile("^(?!.*FFDC1015I.*SRVE0190E).*(ERROR|SEVERE|SRVE\\d+[EW]|\\[err\\])");
    private static final Pattern FAILED = Pattern.compile("\"status\":5(?!03)\\d\\d");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");
    private static final int INTERNAL_ERROR = 1011;

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
    private Cluster cluster;
    private Node node;
    private Fuzz fuzz;

    @BeforeAll
    void start() {
        cluster = Cluster.start("fuzz", 1, Map.of("pado.http.most.requests", "0", "pado.http.body.seconds", "2", "pado.websocket.message.seconds", "2"));
        node = cluster.node(1);
        List<String> tokens = Stream.of("admin", "publisher", "barista", "kiosk", "customer", "user1").map(user -> cluster.login(user).token()).toList();
        fuzz = new Fuzz(SEED, Http.json(Http.send(HttpRequest.newBuilder(node.baseUri().resolve("/openapi")).header("Accept", "application/json")).body()), tokens);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    @Test
    void whateverComesIsAnsweredAndLeavesNothingBehind() {
        LOG.info(() -> "Seed " + SEED + " over " + fuzz.size() + " calls for " + SECONDS + " s");
        long said = node.logFile().toFile().length();
        AtomicInteger number = new AtomicInteger();
        run(number, WARM_UP_SECONDS);
        awaitCalm();
        long before = Inside.heap(node);

        run(number, Math.max(WARM_UP_SECONDS, SECONDS - WARM_UP_SECONDS));

        LOG.info(() -> number + " cases: " + new TreeMap<>(answers));
        assertThat(faults).as("seed " + SEED).isEmpty();
        assertThat(number.get()).isGreaterThan(ENOUGH);
        // It reaches more than the door.
        assertThat(answers).containsKeys("200", "201", "400", "401", "403", "404", "405", "frames");
        awaitCalm();
        await().atMost(CALM).pollInterval(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(Inside.heap(node)).isLessThan(before + KEPT));
        assertThat(LogTail.find(node.logFile(), said, OUR_FAULT)).isEmpty();
        assertThat(Http.get(node.baseUri(), "/health/ready").statusCode()).isEqualTo(200);
    }

    private void run(AtomicInteger number, int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<Thread> clients = Stream.generate(() -> new Thread(() -> {
            while (System.nanoTime() < end && number.get() < MAX_CASES) {
                one(number.incrementAndGet());
            }
        }, "fuzz")).limit(CLIENTS).toList();
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            try {
                client.join(Duration.ofSeconds(seconds).toMillis() + 3L * PATIENCE_MILLIS);
                assertThat(client.isAlive()).isFalse();
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                throw new AssertionError(hurry);
            }
        }
    }

    private void one(int number) {
        try {
            if (number % 4 == 0) {
                frames(number);
            } else {
                request(number);
            }
        } catch (IOException | RuntimeException failure) {
            faults.add("case " + number + ": " + failure);
        }
    }

    private void request(int number) throws IOException {
        byte[] request = fuzz.request(number);
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), node.baseUri().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            hear(socket.getInputStream(), heard);
        } catch (SocketTimeoutException silence) {
            if (heard.size() == 0) {
                faults.add("case " + number + " has no answer: " + start(request));
            }
        } catch (SocketException reset) {
            LOG.fine(() -> "Ended by " + reset);
        }
        String answer = heard.toString(StandardCharsets.UTF_8);
        String status = answer.startsWith("HTTP/1.1 ") ? answer.substring(9, 12) : "none";
        count(status);
        if (status.startsWith("5") && !status.equals("503") || STACK.matcher(answer).find()) {
            faults.add("case " + number + ": " + start(request) + "\n=> " + start(heard.toByteArray()));
        }
    }

    /** Until the end, or enough of it. */
    private static void hear(InputStream in, ByteArrayOutputStream heard) throws IOException {
        byte[] bytes = new byte[READ];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            heard.write(bytes, 0, count);
            if (heard.size() > READ || isWhole(heard.toString(StandardCharsets.ISO_8859_1))) {
                return;
            }
        }
    }

    /** A server that waits for a body that was only announced does not close. A stream has no end. */
    private static boolean isWhole(String answer) {
        int head = answer.indexOf("\r\n\r\n");
        if (head < 0) {
            return false;
        }
        Matcher length = LENGTH.matcher(answer.substring(0, head));
        return answer.startsWith("HTTP/1.1 101") || answer.contains("text/event-stream") || answer.endsWith("\r\n0\r\n\r\n")
                || length.find() && answer.length() - head - 4 >= Long.parseLong(length.group(1));
    }

    private void frames(int number) throws IOException {
        Fuzz.Frames frames = fuzz.frames(number);
        try (RawSocket socket = RawSocket.open(node.baseUri(), frames.path())) {
            RawSocket.Heard heard = said(socket, frames);
            count("frames");
            if (heard.closeCode() == INTERNAL_ERROR || heard.texts().stream().anyMatch(text -> FAILED.matcher(text).find() || STACK.matcher(text).find())) {
                faults.add("case " + number + ": " + start(frames.bytes()) + "\n=> " + heard);
            }
        } catch (SocketTimeoutException silence) {
            faults.add("case " + number + " is not ended: " + start(frames.bytes()));
        }
    }

    private static RawSocket.Heard said(RawSocket socket, Fuzz.Frames frames) throws IOException {
        try {
            socket.send(frames.bytes());
            socket.send(RawSocket.close(1000));
        } catch (SocketException closed) {
            LOG.fine(() -> "Closed in the middle of it: " + closed);
        }
        return socket.hear();
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, kind -> new AtomicInteger()).incrementAndGet();
    }

    private static String start(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, 1_500), StandardCharsets.UTF_8);
    }

    /** Waits until no thread of the node uses more of a processor than one that has little to do. */
    private void awaitCalm() {
        Map<String, Double> last = new TreeMap<>(Inside.processorSeconds(node));
        long[] looked = {System.nanoTime()};
        await().atMost(CALM).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            Map<String, Double> now = Inside.processorSeconds(node);
            double seconds = Duration.ofNanos(System.nanoTime() - looked[0]).toMillis() / 1_000d;
            Map<String, Double> busy = new TreeMap<>();
            now.forEach((thread, used) -> busy.put(thread, (used - last.getOrDefault(thread, 0d)) / seconds));
            last.clear();
            last.putAll(now);
            looked[0] = System.nanoTime();
            assertThat(busy).allSatisfy((thread, part) -> assertThat(part).as(thread).isLessThan(BUSY));
        });
    }
}
